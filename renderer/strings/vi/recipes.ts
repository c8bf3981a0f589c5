// Vietnamese: recipes and the cloud, in Settings.

export const recipes = {
  add: 'Nhập công thức',
  path: 'Tệp công thức trên máy này',
  hint: 'Đường dẫn đầy đủ. Ảnh firmware mà công thức nêu nằm cạnh nó; trạm đọc, kiểm tra cả hai và giữ một bản sao.',
  read: 'Đọc và kiểm tra',
  none: 'Ở đây chưa có công thức nào.',
  noneOthers: 'Ở đây chưa có công thức nào. Phụ trách bảo mật nhập vào.',
  added: 'Đã có {{name}} {{version}} ở đây. Các lô dùng được.',
  known: 'Đã có {{name}} {{version}} từ trước. Không đổi gì.',
  name: '{{name}} {{version}}',
  here: 'Có ảnh firmware, đã kiểm tra',
  away: 'Không có ảnh firmware',
  check: 'Kiểm tra lại',
  checked_other: 'Công thức và ảnh đúng như đã nêu: đã đọc {{count, number}} KB.',
  firmware: 'Firmware',
  keys: 'Khóa: {{terms}}',
  lots: 'Các lô dùng nó',
  lotCount: '{{count, number}}',
  unused: 'Chưa có',
  newest: 'Gần nhất {{lots, list}}',
  sha: 'SHA-256 của công thức',
} as const;

export const cloud = {
  none: 'Chưa ghi danh với dịch vụ bảo mật nào',
  noneMore:
    'Bo mạch vẫn làm được và chờ ở đây. Người vận hành dịch vụ cấp token; trên máy này, keyline station enrol nhận nó.',
  service: 'Dịch vụ bảo mật của trạm này',
  practice: 'Dịch vụ luyện tập: không gì rời máy này',
  test: 'Thử',
  testing: 'Đang thực hiện',
  tested_other: 'Phản hồi trong {{ms, number}} ms, và giữ {{count, number}} thiết bị của trạm này.',
  word: { answers: 'Có phản hồi', silent: 'Không phản hồi', locked: 'Khóa chưa mở', unasked: 'Chưa hỏi' },
  daysLeft: 'Ghi danh, số ngày còn lại',
  known: 'Tên trạm ở đó',
  since: 'Từ {{date}} · chứng chỉ {{tail}}',
  believes: 'Chỉ tin {{name}}',
  keyLocked: 'Khóa riêng của trạm chờ cụm mật khẩu. Trước khi mở, không gửi gì. Mở khóa ở mục Ký.',
  lastGood: 'Thử gần nhất {{time}}: mọi thứ đều tốt.',
  lastBad: 'Thử gần nhất {{time}}. {{why}}',
  renewal: {
    due: 'Ghi danh sắp hết hạn. Xin token mới từ người vận hành dịch vụ để gia hạn: keyline station enrol.',
    ended: 'Ghi danh đã hết hạn. Bo mạch chờ ở đây đến khi gia hạn bằng token mới: keyline station enrol.',
  },
} as const;
