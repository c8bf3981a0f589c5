// English: recipes and the cloud, in Settings.

export const recipes = {
  add: 'Bring a recipe in',
  path: 'Recipe file on this computer',
  hint: 'Its whole path. The image that the recipe names lies beside it; the station reads and checks both, and keeps a copy.',
  read: 'Read and check',
  none: 'No recipe is here yet.',
  noneOthers: 'No recipe is here yet. The security officer brings them in.',
  added: '{{name}} {{version}} is here. Lots can use it.',
  known: '{{name}} {{version}} was here already. Nothing has changed.',
  name: '{{name}} {{version}}',
  here: 'Image here, checked',
  away: 'Image not here',
  check: 'Check again',
  checked_one: 'Recipe and image are what they say: {{count, number}} KB read.',
  checked_other: 'Recipe and image are what they say: {{count, number}} KB read.',
  firmware: 'Firmware',
  keys: 'Keys: {{terms}}',
  lots: 'Lots that use it',
  lotCount: '{{count, number}}',
  unused: 'None yet',
  newest: 'Last {{lots, list}}',
  sha: 'SHA-256 of the recipe',
} as const;

export const cloud = {
  none: 'Not enrolled at a security service',
  noneMore:
    'Boards are made all the same, and wait here. Whoever runs the service gives a token; on this computer, keyline station enrol takes it.',
  service: 'Security service of this station',
  practice: 'Practice service: nothing leaves this computer',
  test: 'Test',
  testing: 'On its way',
  tested_one: 'It answered in {{ms, number}} ms, and holds {{count, number}} device of this station.',
  tested_other: 'It answered in {{ms, number}} ms, and holds {{count, number}} devices of this station.',
  word: { answers: 'Answers', silent: 'No answer', locked: 'Key locked', unasked: 'Not asked yet' },
  daysLeft: 'Enrolment, days left',
  known: 'Known there as',
  since: 'Since {{date}} · certificate {{tail}}',
  believes: 'Believes only {{name}}',
  keyLocked: 'This station’s own key waits for its passphrase. Until it is open nothing is sent. Signing opens it.',
  lastGood: 'Last tried {{time}}: all went well.',
  lastBad: 'Last tried {{time}}. {{why}}',
  renewal: {
    due: 'The enrolment ends soon. A fresh token from whoever runs the service renews it: keyline station enrol.',
    ended: 'The enrolment has ended. Boards wait here until a fresh token renews it: keyline station enrol.',
  },
} as const;
