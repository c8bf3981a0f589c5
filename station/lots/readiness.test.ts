// "Ready to release?", row by row: what stops a lot, what is only worth a look, and the code that says why.
import { describe, expect, test } from 'vitest';
import type { LotDraft, ReadyCheck, RecipeView } from '../../contract/lots-api.ts';
import { Readiness } from '../../contract/lots-api.ts';
import { lotDraft } from '../../test/samples/live-station.ts';
import { type Findings, readiness } from './readiness.ts';

const SHA = 'a'.repeat(64);
const RECIPE: RecipeView = {
  ...{ recipeSha256: SHA, name: 'aq-200', version: '1.0.0', model: 'AQ-200', revisions: ['C'], keyMode: 'on-chip' },
  cableGuard: null,
  ...{ firmwareVersion: '2.4.1', firmwareSha256: SHA, firmwareHere: true, jobMs: 16_000 },
};

function findings(change: Partial<Findings> = {}): Findings {
  return {
    ...{ lotExists: false, recipe: RECIPE, lots: [], signing: 'ready', caFits: true, hasSpace: true, boardsFit: 1000 },
    ...{ clockDoubt: null, enrolled: true, sync: { online: true, waiting: 0 }, releasedLot: null, runningLot: null },
    boardMs: 12_000,
    hasFactorySecret: true,
    ca: { endsMs: null, left: null, warnings: [] },
    profileFault: null,
    ...change,
  };
}

function caNow(left: number | null, ...warnings: Findings['ca']['warnings']): Partial<Findings> {
  return { ca: { endsMs: null, left, warnings } };
}

function look(draft: Partial<LotDraft>, found: Partial<Findings> = {}): Readiness {
  const filledIn = lotDraft({ recipeSha256: SHA, firstSerial: 'S-01', lastSerial: 'S-10', quantity: 8, spare: 2 });
  return Readiness.parse(readiness({ ...filledIn, ...draft }, findings(found)));
}

test('a draft that is filled in, at a station that is well, meets nothing', () => {
  const { checks, estimateMs } = look({});
  expect(checks.map(({ check }) => check)).toEqual([
    ...['order', 'recipe', 'serials', 'signing', 'firmware', 'room', 'clock', 'cloud', 'line'],
  ]);
  expect(checks.filter(({ verdict, code }) => verdict !== 'ok' || code !== null)).toEqual([]);
  expect(estimateMs).toBe(96_000);
});

type Case = [string, ReadyCheck['check'], ReadyCheck['verdict'], string, Partial<LotDraft>, Partial<Findings>];

describe('a draft', () => {
  test.each<Case>([
    ['without an order', 'order', 'stop', 'LOT_NAME_INVALID', { orderId: '' }, {}],
    ['with an order that is no name', 'order', 'stop', 'LOT_NAME_INVALID', { orderId: 'WO 1/7' }, {}],
    ['whose order is a lot already', 'order', 'stop', 'LOT_EXISTS', {}, { lotExists: true }],
    ['without a recipe', 'recipe', 'stop', 'RECIPE_MISSING', {}, { recipe: 'none' }],
    ['with a recipe that is not here', 'recipe', 'stop', 'RECIPE_INVALID', {}, { recipe: 'unknown' }],
    ['without serials', 'serials', 'stop', 'RANGE_INVALID', { firstSerial: '' }, {}],
    ['with too few serials', 'serials', 'stop', 'RANGE_TOO_SMALL', { quantity: 9 }, {}],
    [
      ...(['with serials of another lot', 'serials', 'stop', 'RANGE_USED', {}] as const),
      { lots: [{ lotId: 'L', serialRange: 'S-10..S-20' }] },
    ],
    ['without a signing CA', 'signing', 'stop', 'CA_MISSING', {}, { signing: 'none' }],
    ['while the signing CA is locked', 'signing', 'stop', 'SIGNER_LOCKED', {}, { signing: 'locked' }],
    ['while its token waits for the PIN', 'signing', 'stop', 'SIGNER_LOCKED', {}, { signing: 'pin-needed' }],
    ['at a station of the other kind than its CA', 'signing', 'stop', 'PRACTICE_MISMATCH', {}, { caFits: false }],
    ['while its CA waits for its PIN', 'signing', 'stop', 'SIGNER_LOCKED', {}, { signing: 'pin-needed' }],
    ['under a CA that has ended', 'signing', 'stop', 'CA_ENDED', {}, caNow(null, 'CA_ENDED')],
    ['under a CA that has signed as often as it may', 'signing', 'stop', 'SIGNER_LIMIT', {}, caNow(0, 'SIGNER_LIMIT')],
    [
      'that its CA cannot sign for',
      'signing',
      'stop',
      'PROFILE_UNFIT',
      {},
      { profileFault: 'ends after a CA above it' },
    ],
    ['under a CA that ends soon', 'signing', 'look', 'CA_ENDS_SOON', {}, caNow(null, 'CA_ENDS_SOON')],
    ['for more boards than its CA has signatures left', 'signing', 'look', 'CA_NEARLY_SPENT', {}, caNow(9)],
    ['under a CA that is nearly spent', 'signing', 'look', 'CA_NEARLY_SPENT', {}, caNow(900, 'CA_NEARLY_SPENT')],
    [
      ...(['without its firmware', 'firmware', 'stop', 'FIRMWARE_FILE_WRONG', {}] as const),
      { recipe: { ...RECIPE, firmwareHere: false } },
    ],
    ['at a station whose disk is full', 'room', 'stop', 'DISK_LOW', {}, { hasSpace: false, boardsFit: 0 }],
    ['at a station with room for a few', 'room', 'look', 'DISK_LOW', {}, { boardsFit: 9 }],
    ['while the clock is in doubt', 'clock', 'look', 'CLOCK_UNSURE', {}, { clockDoubt: 'it jumped' }],
    ['at a station that nobody enrolled', 'cloud', 'look', 'NOT_ENROLLED', {}, { enrolled: false }],
    [
      ...(['while offline', 'cloud', 'look', 'SERVICE_UNREACHABLE', {}] as const),
      { sync: { online: false, waiting: 7 } },
    ],
    ['beside a released lot', 'line', 'stop', 'OTHER_LOT_RELEASED', {}, { releasedLot: 'WO-2' }],
    ['while the line runs another lot', 'line', 'look', 'LINE_RUNNING', {}, { runningLot: 'WO-2' }],
  ])('%s is told so, and nothing else is', (_what, check, verdict, code, draft, found) => {
    const amiss = look(draft, found).checks.filter((row) => row.verdict !== 'ok');
    expect(amiss).toMatchObject([{ check, verdict, code }]);
  });

  test('with serials of another lot is told which, and where it may start', () => {
    const { checks, suggestedFirst } = look({}, { lots: [{ lotId: 'WO-48102', serialRange: 'S-01..S-05' }] });
    const facts = { lotId: 'WO-48102', first: 'S-01', last: 'S-05', suggestedFirst: 'S-06' };
    expect(checks.find(({ check }) => check === 'serials')?.facts).toEqual(facts);
    expect(suggestedFirst).toBe('S-06');
  });

  test('of a recipe that never ran has no estimate', () => {
    expect(look({}, { boardMs: null }).estimateMs).toBeNull();
  });
});
