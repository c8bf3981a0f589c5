// Vietnamese: people, as a security officer looks after them.

export const people = {
  title_other: '{{count, number}} người được dùng trạm này',
  more: 'Kỹ thuật viên đăng nhập bằng thẻ, hoặc tên và PIN; giám sát và phụ trách bảo mật quét thẻ rồi nhập PIN.',
  others: 'Phụ trách bảo mật thêm người và đổi những gì họ được làm.',
  add: 'Thêm người',
  cancel: 'Đóng, không thêm',
  badge: 'Thẻ',
  who: '{{role}} · {{language}}',
  noBadge: 'Không có thẻ',
  never: 'Chưa từng đăng nhập',
  last: 'Ở đây gần nhất {{time}}',
  role: 'Vai trò',
  pin: 'PIN mới, 4 đến 12 chữ số',
  setPin: 'Đặt PIN',
  pinWrong: 'PIN có 4 đến 12 chữ số.',
  badgeMore: 'Quét thẻ khác để thay thẻ này.',
  badgeNone: 'Quét một thẻ để cấp cho người này.',
  badgeGone: 'Thu lại thẻ',
  tookBadge: 'thẻ → {{name}}',
  notABadge: 'Đây không phải thẻ. Mã của thẻ bắt đầu bằng {{prefix}}',
  lastOfficer:
    'Phụ trách bảo mật duy nhất: chưa thêm người khác thì không đổi được vai trò và không xóa được người này.',
  erase: {
    button: 'Xóa người này',
    ask: 'Xóa {{name}}? Tên, thẻ và PIN mất hẳn. Việc họ đã làm vẫn còn trong bản ghi, dưới một mã không nói lên là ai. Các bản sao làm trước đó còn giữ tên đến khi có bản mới thay.',
    yes: 'Xóa',
    no: 'Giữ lại',
  },
  said: {
    added: 'Đã thêm {{name}}.',
    role: 'Giờ {{name}} là {{role}}, và phải đăng nhập lại.',
    pin: '{{name}} có PIN mới.',
    badge: '{{name}} có thẻ mới.',
    badgeGone: '{{name}} không còn thẻ.',
    erased: 'Đã xóa. Việc họ đã làm vẫn còn trong bản ghi.',
  },
} as const;
