// Chinese: Sign in, and the countdown before a person is signed out.

export const signIn = {
  signIn: {
    title: '请扫描工牌',
    people: '或选择姓名',
    pin: '{{name}} 的 PIN',
    digits: 'PIN 键盘',
    erase: '删除最后一位',
    enter: '登录',
    back: '返回',
    slots: '当前工位',
    looking: '还没有看到工位',
    counts: {
      empty_other: '{{count, number}} 个工位空闲',
      looking_other: '{{count, number}} 个识别中',
      work_other: '{{count, number}} 个处理中',
      pass_other: '{{count, number}} 个合格',
      fail_other: '{{count, number}} 个不合格',
      need_other: '{{count, number}} 个需要处理',
      held_other: '{{count, number}} 个已暂停',
      off_other: '{{count, number}} 个已停用',
    },
  },
  idle: {
    title: '您还在吗？',
    text_other: '{{count, number}} 秒后将退出登录。处理中的板会继续。',
    stay: '我还在',
  },
} as const;
