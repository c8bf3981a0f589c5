import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lotView, NOW_MS } from '../../test/samples/station-views.ts';
import { finishOf, type LotFinish } from './lot-finish.ts';

const PACE = lotView().pace;

test('the finish is the boards left at the pace, to the minute that the clock will show', () => {
  // 338 boards at 11.8 s are 66 min 28 s after 14:32:08.
  expect(finishOf(lotView(), NOW_MS, null)?.finishMs).toBe(Date.UTC(2026, 10, 14, 15, 38));
});

test('in the first 20 boards, and while nothing starts, no finish is told', () => {
  expect(finishOf(lotView({ passed: 19 }), NOW_MS, null)).toBeNull();
  expect(finishOf(lotView({ state: 'held' }), NOW_MS, null)).toBeNull();
  expect(finishOf(lotView({ passed: 1200 }), NOW_MS, null)).toBeNull();
  expect(finishOf(lotView({ pace: { ...PACE, boardMs: null } }), NOW_MS, null)).toBeNull();
});

test('while boards come at the pace the finish stands still', () => {
  const first = finishOf(lotView(), NOW_MS, null);
  const between = finishOf(lotView(), NOW_MS + 6_000, first);
  const next = finishOf(lotView({ passed: 863 }), NOW_MS + 11_800, between);
  expect([between?.finishMs, next?.finishMs]).toEqual([first?.finishMs, first?.finishMs]);
});

test('the finish of the lot before says nothing about the next one', () => {
  const before = finishOf(lotView({ passed: 1199 }), NOW_MS, null);
  expect(finishOf(lotView({ lotId: 'WO-48214' }), NOW_MS, before)).toEqual(
    finishOf(lotView({ lotId: 'WO-48214' }), NOW_MS, null),
  );
});

const step = fc.record({
  afterMs: fc.integer({ min: 0, max: 120_000 }),
  passed: fc.integer({ min: 0, max: 3 }),
  boardMs: fc.integer({ min: 100, max: 60_000 }),
});

test('whatever the pace does, the time left never jumps up', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let [nowMs, passed] = [NOW_MS, 20];
      let before: LotFinish | null = null;
      for (const { afterMs, passed: more, boardMs } of steps) {
        nowMs += afterMs;
        passed += more;
        const next: LotFinish | null = finishOf(lotView({ passed, pace: { ...PACE, boardMs } }), nowMs, before);
        if (before !== null) expect(next?.leftMs).toBeLessThanOrEqual(before.leftMs);
        expect(Math.abs((next?.finishMs ?? 0) - nowMs - (next?.leftMs ?? 0))).toBeLessThan(60_000);
        before = next;
      }
    }),
  );
});
