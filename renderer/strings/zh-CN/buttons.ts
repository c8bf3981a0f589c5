// Chinese: words on the buttons of cards, by the English ones of the error table.
import type { ButtonWords } from '../error-words.ts';

export const buttons: ButtonWords = {
  'Try again': '重试',
  'It is in the bin': '已放入料箱',
  'Got it': '知道了',
  Called: '已通知',
  'Test again': '再次测试',
  Call: '通知',
  'Print again': '重新打印',
  'Print waiting labels': '打印待打标签',
  'Look again': '再看一次',
  'Switch slot off': '停用工位',
  'Show how': '查看方法',
  Unlock: '解锁',
  'Copy now': '立即复制',
};
