// English: Sign in, and the countdown before a person is signed out.

export const signIn = {
  signIn: {
    title: 'Scan your badge',
    people: 'Or choose your name',
    pin: 'PIN of {{name}}',
    digits: 'PIN keys',
    erase: 'Erase the last digit',
    enter: 'Sign in',
    back: 'Back',
    slots: 'Slots now',
    looking: 'No slot seen yet',
    counts: {
      empty_one: '{{count, number}} slot empty',
      empty_other: '{{count, number}} slots empty',
      looking_one: '{{count, number}} looking',
      looking_other: '{{count, number}} looking',
      work_one: '{{count, number}} in work',
      work_other: '{{count, number}} in work',
      pass_one: '{{count, number}} passed',
      pass_other: '{{count, number}} passed',
      fail_one: '{{count, number}} failed',
      fail_other: '{{count, number}} failed',
      need_one: '{{count, number}} needs you',
      need_other: '{{count, number}} need you',
      held_one: '{{count, number}} held',
      held_other: '{{count, number}} held',
      off_one: '{{count, number}} switched off',
      off_other: '{{count, number}} switched off',
    },
  },
  idle: {
    title: 'Are you still there?',
    text_one: 'You are signed out in {{count, number}} second. Boards in work go on.',
    text_other: 'You are signed out in {{count, number}} seconds. Boards in work go on.',
    stay: 'Stay',
  },
} as const;
