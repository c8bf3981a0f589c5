// German: buttons of cards, what a refusal knows beside its code, and why a slot is switched off. What a failure says
// comes from the error table.

export const cards = {
  do: {
    'try-again': 'Nochmals',
    'in-bin': 'Liegt im Behälter',
    'got-it': 'Verstanden',
    'look-again': 'Neu nachsehen',
    'switch-off': 'Platz abschalten',
    'switch-on': 'Platz einschalten',
  },
  busy: 'Unterwegs',
  more: 'Andere Möglichkeiten',
  why: 'Warum ist Platz {{slot}} abgeschaltet?',
  off: {
    'worn-pin': 'Stift verschlissen',
    'broken-cable': 'Kabel gebrochen',
    'bad-contact': 'Schlechter Kontakt',
    'low-power': 'Spannung zu niedrig',
    'being-repaired': 'In Reparatur',
    'not-needed': 'Nicht gebraucht',
  },
  doneEarlier: '{{date}}, Los {{lot}}',
  doneHere: 'Auf Platz {{slot}} bestanden, {{date}} um {{time}}',
  wrongModel: 'Die Platine meldet {{found}}, das Los verlangt {{wanted}}.',
  wrongRevision: 'Die Platine meldet Rev. {{found}}, das Los verlangt Rev. {{wanted}}.',
  labelUsed: 'Etikett {{found}} gehört einer anderen Platine. Diese ist {{wanted}}.',
  labelUnknown: 'Keine Platine hier hat Etikett {{found}}. Diese ist {{wanted}}.',
  testAgain: 'Neu prüfen',
  unlock: 'Entsperren',
  passphrase: 'Passphrase des Signier\u00ADschlüssels',
  pin: 'PIN des Signier-Tokens',
  tries: {
    few: 'Der Token zählt falsche PINs und sperrt sich nach wenigen.',
    one: 'Ein Versuch bleibt, bevor der Token seine PIN sperrt.',
    locked: 'Der Token hat seine PIN gesperrt.',
  },
  open: 'Öffnen',
  toSigning: 'Signieren öffnen',
} as const;
