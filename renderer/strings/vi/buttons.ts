// Vietnamese: words on the buttons of cards, by the English ones of the error table.
import type { ButtonWords } from '../error-words.ts';

export const buttons: ButtonWords = {
  'Try again': 'Thử lại',
  'It is in the bin': 'Đã bỏ vào thùng',
  'Got it': 'Đã hiểu',
  Called: 'Đã gọi',
  'Test again': 'Kiểm tra lại',
  Call: 'Gọi',
  'Print again': 'In lại',
  'Print waiting labels': 'In các nhãn đang chờ',
  'Look again': 'Xem lại',
  'Switch slot off': 'Tắt khe',
  'Show how': 'Xem cách làm',
  Unlock: 'Mở khóa',
  'Copy now': 'Sao chép ngay',
};
