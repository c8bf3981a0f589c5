// English: buttons of cards, what a refusal knows beside its code, and why a slot is switched off. What a failure says
// comes from the error table.

export const cards = {
  do: {
    'try-again': 'Try again',
    'in-bin': 'It is in the bin',
    'got-it': 'Got it',
    'look-again': 'Look again',
    'switch-off': 'Switch slot off',
    'switch-on': 'Switch slot on',
  },
  busy: 'On its way',
  more: 'Other choices',
  why: 'Why is slot {{slot}} switched off?',
  off: {
    'worn-pin': 'Worn pin',
    'broken-cable': 'Broken cable',
    'bad-contact': 'Bad contact',
    'low-power': 'Low power',
    'being-repaired': 'Being repaired',
    'not-needed': 'Not needed',
  },
  doneEarlier: '{{date}}, lot {{lot}}',
  doneHere: 'Passed in slot {{slot}}, {{date}} at {{time}}',
  wrongModel: 'This board says {{found}}, the lot wants {{wanted}}.',
  wrongRevision: 'This board says rev {{found}}, the lot wants rev {{wanted}}.',
  labelUsed: 'Label {{found}} is another board’s. This board is {{wanted}}.',
  labelUnknown: 'No board here has label {{found}}. This board is {{wanted}}.',
  testAgain: 'Test again',
  unlock: 'Unlock',
  passphrase: 'Passphrase of the signing key',
  pin: 'PIN of the signing token',
  tries: {
    few: 'The token counts wrong ones and locks its PIN after a few.',
    one: 'One try is left before the token locks its PIN.',
    locked: 'The token has locked its PIN.',
  },
  open: 'Open',
  toSigning: 'Open Signing',
} as const;
