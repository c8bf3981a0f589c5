// German: recipes and the cloud, in Settings.

export const recipes = {
  add: 'Rezept hereinholen',
  path: 'Rezeptdatei auf diesem Computer',
  hint: 'Ihr ganzer Pfad. Das Image, das das Rezept nennt, liegt daneben; die Station liest und prüft beide und behält eine Kopie.',
  read: 'Lesen und prüfen',
  none: 'Noch kein Rezept ist hier.',
  noneOthers: 'Noch kein Rezept ist hier. Sicherheits\u00ADbeauftragte holen sie herein.',
  added: '{{name}} {{version}} ist hier. Lose können es benutzen.',
  known: '{{name}} {{version}} war schon hier. Nichts hat sich geändert.',
  name: '{{name}} {{version}}',
  here: 'Image hier, geprüft',
  away: 'Image nicht hier',
  check: 'Neu prüfen',
  checked_one: 'Rezept und Image sind, was sie sagen: {{count, number}} KB gelesen.',
  checked_other: 'Rezept und Image sind, was sie sagen: {{count, number}} KB gelesen.',
  firmware: 'Firmware',
  keys: 'Schlüssel: {{terms}}',
  lots: 'Lose, die es benutzen',
  lotCount: '{{count, number}}',
  unused: 'Noch keines',
  newest: 'Zuletzt {{lots, list}}',
  sha: 'SHA-256 des Rezepts',
} as const;

export const cloud = {
  none: 'Mit keinem Sicherheits\u00ADdienst verbunden',
  noneMore:
    'Platinen werden trotzdem gemacht und warten hier. Wer den Dienst betreibt, gibt ein Token; auf diesem Computer nimmt keyline station enrol es an.',
  service: 'Sicherheits\u00ADdienst dieser Station',
  practice: 'Übungsdienst: Nichts verlässt diesen Computer',
  test: 'Prüfen',
  testing: 'Unterwegs',
  tested_one: 'Er antwortete in {{ms, number}} ms und hat {{count, number}} Gerät dieser Station.',
  tested_other: 'Er antwortete in {{ms, number}} ms und hat {{count, number}} Geräte dieser Station.',
  word: {
    answers: 'Antwortet',
    silent: 'Keine Antwort',
    locked: 'Schlüssel gesperrt',
    unasked: 'Noch nicht gefragt',
  },
  daysLeft: 'Verbindung, Tage übrig',
  known: 'Dort bekannt als',
  since: 'Seit {{date}} · Zertifikat {{tail}}',
  believes: 'Vertraut nur {{name}}',
  keyLocked:
    'Der eigene Schlüssel dieser Station wartet auf seine Passphrase. Bis er offen ist, wird nichts gesendet. Er wird unter „Signieren“ geöffnet.',
  lastGood: 'Zuletzt versucht {{time}}: Alles ging gut.',
  lastBad: 'Zuletzt versucht {{time}}. {{why}}',
  renewal: {
    due: 'Die Verbindung endet bald. Ein neues Token vom Betreiber des Dienstes erneuert sie: keyline station enrol.',
    ended: 'Die Verbindung ist beendet. Platinen warten hier, bis ein neues Token sie erneuert: keyline station enrol.',
  },
} as const;
