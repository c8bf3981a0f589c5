// German: Sign in, and the countdown before a person is signed out.

export const signIn = {
  signIn: {
    title: 'Ausweis scannen',
    people: 'Oder den Namen wählen',
    pin: 'PIN von {{name}}',
    digits: 'PIN-Tasten',
    erase: 'Letzte Ziffer löschen',
    enter: 'Anmelden',
    back: 'Zurück',
    slots: 'Plätze jetzt',
    looking: 'Noch kein Platz gesehen',
    counts: {
      empty_one: '{{count, number}} Platz leer',
      empty_other: '{{count, number}} Plätze leer',
      looking_one: '{{count, number}} in Erkennung',
      looking_other: '{{count, number}} in Erkennung',
      work_one: '{{count, number}} in Arbeit',
      work_other: '{{count, number}} in Arbeit',
      pass_one: '{{count, number}} bestanden',
      pass_other: '{{count, number}} bestanden',
      fail_one: '{{count, number}} nicht bestanden',
      fail_other: '{{count, number}} nicht bestanden',
      need_one: '{{count, number}} braucht Sie',
      need_other: '{{count, number}} brauchen Sie',
      held_one: '{{count, number}} gehalten',
      held_other: '{{count, number}} gehalten',
      off_one: '{{count, number}} abgeschaltet',
      off_other: '{{count, number}} abgeschaltet',
    },
  },
  idle: {
    title: 'Sind Sie noch da?',
    text_one: 'In {{count, number}} Sekunde werden Sie abgemeldet. Platinen in Arbeit laufen weiter.',
    text_other: 'In {{count, number}} Sekunden werden Sie abgemeldet. Platinen in Arbeit laufen weiter.',
    stay: 'Bleiben',
  },
} as const;
