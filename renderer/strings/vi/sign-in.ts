// Vietnamese: Sign in, and the countdown before a person is signed out.

export const signIn = {
  signIn: {
    title: 'Quét thẻ của bạn',
    people: 'Hoặc chọn tên bạn',
    pin: 'PIN của {{name}}',
    digits: 'Phím PIN',
    erase: 'Xóa chữ số cuối',
    enter: 'Đăng nhập',
    back: 'Trở lại',
    slots: 'Các khe lúc này',
    looking: 'Chưa thấy khe nào',
    counts: {
      empty_other: '{{count, number}} khe trống',
      looking_other: '{{count, number}} đang nhận dạng',
      work_other: '{{count, number}} đang làm',
      pass_other: '{{count, number}} đạt',
      fail_other: '{{count, number}} không đạt',
      need_other: '{{count, number}} cần bạn',
      held_other: '{{count, number}} tạm giữ',
      off_other: '{{count, number}} đã tắt',
    },
  },
  idle: {
    title: 'Bạn còn ở đó không?',
    text_other: 'Bạn sẽ bị đăng xuất sau {{count, number}} giây. Bo đang làm vẫn tiếp tục.',
    stay: 'Ở lại',
  },
} as const;
