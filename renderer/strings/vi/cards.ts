// Vietnamese: buttons of cards, what a refusal knows beside its code, and why a slot is switched off. What a failure says
// comes from the error table.

export const cards = {
  do: {
    'try-again': 'Thử lại',
    'in-bin': 'Đã bỏ vào thùng',
    'got-it': 'Đã hiểu',
    'look-again': 'Xem lại',
    'switch-off': 'Tắt khe',
    'switch-on': 'Bật khe',
  },
  busy: 'Đang thực hiện',
  more: 'Lựa chọn khác',
  why: 'Vì sao tắt khe {{slot}}?',
  off: {
    'worn-pin': 'Chân mòn',
    'broken-cable': 'Cáp hỏng',
    'bad-contact': 'Tiếp xúc kém',
    'low-power': 'Điện áp thấp',
    'being-repaired': 'Đang sửa',
    'not-needed': 'Không cần',
  },
  doneEarlier: '{{date}}, lô {{lot}}',
  doneHere: 'Đạt ở khe {{slot}}, {{date}} lúc {{time}}',
  wrongModel: 'Bo này báo {{found}}, lô cần {{wanted}}.',
  wrongRevision: 'Bo này báo bản {{found}}, lô cần bản {{wanted}}.',
  labelUsed: 'Nhãn {{found}} là của bo khác. Bo này là {{wanted}}.',
  labelUnknown: 'Ở đây không bo nào có nhãn {{found}}. Bo này là {{wanted}}.',
  testAgain: 'Kiểm tra lại',
  unlock: 'Mở khóa',
  passphrase: 'Cụm mật khẩu của khóa ký',
  pin: 'PIN của token ký',
  tries: {
    few: 'Token đếm số PIN sai và khóa PIN sau vài lần.',
    one: 'Còn một lần thử trước khi token khóa PIN.',
    locked: 'Token đã khóa PIN.',
  },
  open: 'Mở',
  toSigning: 'Mở mục Ký',
} as const;
