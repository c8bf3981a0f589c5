import { expect, test } from 'vitest';
import type { StationStatus } from '../../contract/station-api.ts';
import { lotView, slotView, stationStatus } from '../../test/samples/station-views.ts';
import { lotStripOf } from './lot-strip.ts';
import { viewOf } from './station-view.ts';

function stripOf(change: Partial<StationStatus>) {
  return lotStripOf(viewOf(stationStatus(change)));
}

test('without a lot there are no figures', () => {
  expect(stripOf({ lot: null })).toBeNull();
});

test('a lot that judged no board yet has no yield, no pace and no hour behind it', () => {
  const pace = { boardMs: null, jobMs: null, stageMs: {}, lastHour: Array.from({ length: 12 }, () => null) };
  const lot = lotView({ passed: 0, quantity: 10, firstPass: { passed: 0, judged: 0 }, pace });
  expect(stripOf({ lot })).toMatchObject({ firstPassPercent: null, boardSeconds: null, lastHour: null, left: 10 });
});

test('first-pass yield counts devices by their first job, whatever they came to later', () => {
  expect(stripOf({ lot: lotView({ passed: 4, firstPass: { passed: 3, judged: 4 } }) })?.firstPassPercent).toBe(75);
});

test('boards in work never fill the bar beyond its end', () => {
  const slots = ['1', '2', '3'].map((slot) => slotView({ slot, state: 'working' }));
  const strip = stripOf({ lot: lotView({ quantity: 10, passed: 9 }), slots });
  expect(strip?.inWork).toBe(3);
  expect((strip?.passedShare ?? 0) + (strip?.inWorkShare ?? 0)).toBeLessThanOrEqual(1);
});

test.each([
  ['a lot that runs says what is left', {}, { kind: 'left' }],
  ['a full lot says so', { passed: 1200 }, { kind: 'full' }],
  ['a full lot that is closed says closed', { passed: 1200, state: 'closed' }, { kind: 'closed' }],
  [
    'the stop rule says what and how many',
    { state: 'held', heldBecause: 'NO_ANSWER 3 times in a row' },
    { kind: 'held', code: 'NO_ANSWER', count: 3 },
  ],
  ['a pause says since when', { state: 'held', stateSinceMs: 7 }, { kind: 'paused', by: null, sinceMs: 7 }],
  [
    'a reason that a person wrote is no stop rule',
    { state: 'held', stateSinceMs: 7, heldBecause: 'FAILED 3 times in a row' },
    { kind: 'paused', by: null, sinceMs: 7 },
  ],
  [
    'a pause says by whom where that is told',
    { state: 'held', stateSinceMs: 7, heldBy: 'María Ríos' },
    { kind: 'paused', by: 'María Ríos', sinceMs: 7 },
  ],
] as const)('%s', (_, change, says) => {
  expect(stripOf({ lot: lotView(change) })?.says).toEqual(says);
});

test('a line that stopped says that before anything of its lot', () => {
  expect(stripOf({ lot: lotView({ state: 'held' }), stoppedBy: 'SIGNER_LOCKED' })?.says).toEqual({ kind: 'stopped' });
});
