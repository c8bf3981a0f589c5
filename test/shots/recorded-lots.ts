// Lots as the drawings show them: the list, drafts, and what the station says to each of them. Nothing here ships.
import type { LotPage } from '../../contract/lot-page-api.ts';
import type { LotDraft, Readiness, ReadyCheck, RecipeView, SavedDraft } from '../../contract/lots-api.ts';
import type { LotView } from '../../domain/station-event.ts';
import { lotPage, lotView, NOW_MS } from '../samples/station-views.ts';

const MINUTE_MS = 60_000;
const NO_BOARDS = {
  ...{ passed: 0, revoked: 0, inWork: 0, inRework: 0, failed: 0, noVerdict: 0, scrapped: 0, notStarted: 0, beyond: 0 },
};

export interface RecordedLots {
  readonly list: readonly LotView[];
  readonly recipes: readonly RecipeView[];
  /** Null: none is saved. */
  readonly draft: SavedDraft | null;
  readonly readiness: Readiness;
  /** Of whichever lot is opened. */
  readonly page: LotPage;
  /** Hears what the page sends. */
  readonly heard?: (call: 'save' | 'release', draft: LotDraft) => void;
}

const LIST: readonly LotView[] = [
  lotView({
    ...{ lotId: 'WO-48270', orderId: 'WO-48270', quantity: 600, passed: 0, failed: 0, aborted: 0, running: 0 },
    ...{ stateSinceMs: Date.UTC(2026, 10, 14, 11, 20), serialRange: '48270-0001..48270-0612' },
    firstPass: { passed: 0, judged: 0 },
  }),
  lotView(),
  lotView({
    ...{ lotId: 'WO-48266', orderId: 'WO-48266', quantity: 300, passed: 118, state: 'held', heldBy: 'María Ríos' },
    ...{ model: 'TS-40 Probe', revisions: ['A'], recipeName: 'ts-40', serialRange: '48266-0001..48266-0306' },
    running: 0,
  }),
  lotView({
    ...{ lotId: 'WO-48102', orderId: 'WO-48102', quantity: 420, passed: 31, failed: 5, state: 'held', running: 0 },
    heldBecause: 'NO_ANSWER 3 times in a row',
  }),
  lotView({
    ...{ lotId: 'WO-47990', orderId: 'WO-47990', quantity: 1200, passed: 1195, failed: 5, state: 'closed', running: 0 },
    ...{ createdMs: NOW_MS - 2 * 1440 * MINUTE_MS, stateSinceMs: NOW_MS - 1440 * MINUTE_MS },
  }),
];

const RECIPE_SHA256 = '9e4177b0'.repeat(8);

const RECIPES: readonly RecipeView[] = [
  {
    ...{ recipeSha256: RECIPE_SHA256, name: 'aq-200', version: '1.0.0', model: 'AQ-200 Gateway', revisions: ['C'] },
    ...{
      firmwareVersion: '2.4.1',
      firmwareSha256: `${'0c2a'.repeat(14)}9e4177b0`,
      keyMode: 'on-chip',
      cableGuard: null,
    },
    ...{ firmwareHere: true, jobMs: 16_000 },
  },
  {
    ...{
      recipeSha256: '77b0'.repeat(16),
      name: 'ts-40',
      version: '1.2.0',
      model: 'TS-40 Probe',
      revisions: ['A', 'B'],
    },
    ...{
      firmwareVersion: '1.9.0',
      firmwareSha256: '77b0'.repeat(16),
      keyMode: 'on-chip',
      cableGuard: null,
      firmwareHere: true,
    },
    jobMs: null,
  },
];

const DRAFT: LotDraft = {
  ...{ orderId: 'WO-48291', recipeSha256: RECIPE_SHA256, quantity: 1200, spare: 24, stopAfter: 3 },
  ...{ firstSerial: '48291-0001', lastSerial: '48291-1224' },
};

function check(name: ReadyCheck['check'], facts: ReadyCheck['facts'] = {}): ReadyCheck {
  return { check: name, verdict: 'ok', code: null, facts };
}

const READY: Readiness = {
  checks: [
    check('order', { lotId: 'WO-48291' }),
    check('recipe', { name: 'aq-200', version: '1.0.0', model: 'AQ-200 Gateway' }),
    check('serials', { free: 1224, needed: 1224 }),
    check('signing'),
    check('firmware', { version: '2.4.1', sha256: `${'0c2a'.repeat(14)}9e4177b0` }),
    check('room', { boards: 1_900_000, needed: 1224 }),
    check('clock'),
    { check: 'cloud', verdict: 'look', code: 'SERVICE_UNREACHABLE', facts: { waiting: 2318 } },
    check('line'),
  ],
  used: [
    { lotId: 'WO-47990', from: 0, to: 0.26 },
    { lotId: 'WO-48213', from: 0.26, to: 0.44 },
  ],
  range: { from: 0.5, to: 0.71 },
  free: 1224,
  suggestedFirst: null,
  neededLast: '48291-1224',
  estimateMs: 14_160_000,
};

export const READY_LOTS: RecordedLots = {
  ...{ list: LIST, recipes: RECIPES, draft: { draft: DRAFT, savedMs: NOW_MS - MINUTE_MS }, readiness: READY },
  page: lotPage(),
};

/** Serials that an earlier lot used, and another lot on the line. */
export const STOPPED_LOTS: RecordedLots = {
  ...READY_LOTS,
  draft: {
    draft: { ...DRAFT, firstSerial: '48291-0400', lastSerial: '48291-1623' },
    savedMs: NOW_MS - MINUTE_MS,
  },
  readiness: {
    ...READY,
    checks: READY.checks.map((one): ReadyCheck => {
      const facts = { lotId: 'WO-48102', first: '48291-0400', last: '48291-0420' };
      if (one.check === 'serials') return { check: 'serials', verdict: 'stop', code: 'RANGE_USED', facts };
      if (one.check !== 'line') return one;
      return { check: 'line', verdict: 'stop', code: 'OTHER_LOT_RELEASED', facts: { lotId: 'WO-48213' } };
    }),
    ...{ free: 1203, suggestedFirst: '48291-0421', neededLast: '48291-1623', estimateMs: null },
    used: [{ lotId: 'WO-48102', from: 0, to: 0.2 }],
    range: { from: 0.19, to: 0.8 },
  },
};

/** Boards of an older recipe that is sent its keys over the cable. */
export const SENT_LOTS: RecordedLots = {
  ...READY_LOTS,
  list: LIST.map((lot) => ({ ...lot, keyMode: 'injected', cableGuard: 'risk-accepted' })),
  recipes: RECIPES.map((recipe) => ({ ...recipe, keyMode: 'injected', cableGuard: 'risk-accepted' })),
};

/** Nothing typed yet. */
const CLOSED = lotView({
  state: 'closed',
  running: 0,
  passed: 1195,
  failed: 5,
  aborted: 0,
  stateSinceMs: NOW_MS - MINUTE_MS,
});

/** Closed, its report signed. */
export const CLOSED_LOTS: RecordedLots = {
  ...READY_LOTS,
  page: lotPage({
    ...{ lot: CLOSED, counts: { ...NO_BOARDS, passed: 1195, scrapped: 5 }, notPassed: [], inRework: [] },
    records: { sealed: 1195, registered: 1195, waiting: 0, refused: 0, conflicts: 0, notCopied: 0 },
    labels: { due: 1195, printed: 1195, scannedBack: 1193, again: 4 },
    report: {
      ...{ reportId: '7C21', reportSha256: '7c21'.repeat(16), signedMs: NOW_MS - MINUTE_MS, printed: true },
      folder: '/var/lib/keyline/reports/WO-48213',
    },
  }),
};

/** Released, no board was put in yet. */
export const FRESH_LOTS: RecordedLots = {
  ...READY_LOTS,
  page: lotPage({
    ...{ lot: lotView({ passed: 0, failed: 0, aborted: 0, running: 0, firstPass: { passed: 0, judged: 0 } }) },
    ...{ counts: { ...NO_BOARDS, notStarted: 1200 }, startedMs: null },
    ...{ halfHours: [], time: null, failures: [], notPassed: [], inRework: [] },
    ...{ records: { sealed: 0, registered: 0, waiting: 0, refused: 0, conflicts: 0, notCopied: 0 }, labels: null },
  }),
};

export const BLANK_LOTS: RecordedLots = {
  ...READY_LOTS,
  draft: null,
  readiness: {
    checks: [
      { check: 'order', verdict: 'stop', code: 'LOT_NAME_INVALID', facts: { lotId: '' } },
      { check: 'recipe', verdict: 'stop', code: 'RECIPE_MISSING', facts: {} },
      { check: 'serials', verdict: 'stop', code: 'RANGE_INVALID', facts: {} },
      check('signing'),
      check('room', { boards: 1_900_000, needed: 1 }),
      { check: 'clock', verdict: 'look', code: 'CLOCK_UNSURE', facts: { why: 'it was set back' } },
      { check: 'cloud', verdict: 'look', code: 'NOT_ENROLLED', facts: { waiting: 0 } },
      check('line'),
    ],
    ...{ used: [], range: null, free: 0, suggestedFirst: null, neededLast: null, estimateMs: null },
  },
};

export const NO_LOTS: RecordedLots = { ...BLANK_LOTS, list: [] };
