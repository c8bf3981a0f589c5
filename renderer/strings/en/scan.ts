// English: what a scan meant, and the sounds.

export const scan = {
  ready: 'Ready to scan',
  last: 'Last: {{words}} at {{time}}',
  lastShort: 'Last: {{words}}',
  untouched: 'Boards stay untouched until a lot is chosen',
  command: {
    'TRY-AGAIN': 'Try again',
    'IN-THE-BIN': 'In the bin',
    'PRINT-AGAIN': 'Print again',
    NEXT: 'Next',
    PAUSE: 'Pause',
  },
  took: {
    slot: 'slot {{slot}}',
    board: 'board {{serial}} → slot {{slot}}',
    command: '{{command}} → slot {{slot}}',
    next: 'next board that needs you, slot {{slot}}',
    badge: 'badge of {{name}}',
    paused: 'line paused',
    goesOn: 'line goes on',
    lot: 'lot {{lot}}',
  },
  notNow: {
    badge: 'This is a badge. The station is not there to sign in to.',
    slot: 'This is slot {{slot}}. Slots are on the Line.',
    command: 'This is the command "{{command}}". It works on the Line.',
    board: 'This is board {{serial}}. Boards are on the Line.',
    workOrder: 'This is work order {{order}}. It is not asked for here.',
    unknown: 'Not known here: {{text}}',
  },
  refused: {
    noSlot: 'This is slot {{slot}}. This station has no such slot.',
    noBoard: 'No board with serial {{serial}} is in a slot.',
    lotOpen: 'This is a work order. A lot is already open.',
    noLot: 'This is work order {{order}}. No lot of it is released here.',
    noCard: '"{{command}}" fits no board now.',
    noCardHere: '"{{command}}" does not fit slot {{slot}} now.',
    noNext: 'No board needs you.',
    noPause: 'No lot is open, so there is nothing to pause.',
    noLabels: 'This station prints no labels.',
  },
} as const;
