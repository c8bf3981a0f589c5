// English: words on the buttons of cards, by themselves: the other languages are held to these.

export const buttons = {
  'Try again': 'Try again',
  'It is in the bin': 'It is in the bin',
  'Got it': 'Got it',
  Called: 'Called',
  'Test again': 'Test again',
  Call: 'Call',
  'Print again': 'Print again',
  'Print waiting labels': 'Print waiting labels',
  'Look again': 'Look again',
  'Switch slot off': 'Switch slot off',
  'Show how': 'Show how',
  Unlock: 'Unlock',
  'Copy now': 'Copy now',
} as const;
