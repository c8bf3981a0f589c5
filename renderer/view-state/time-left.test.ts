import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Stage } from '../../domain/job.ts';
import type { SlotView } from '../../domain/station-event.ts';
import { lotView, NOW_MS, slotView } from '../../test/samples/station-views.ts';
import { RING_EVERY_MS, type TimingMemory, timingOf } from './time-left.ts';

const USUAL = lotView().pace.stageMs;

function at(stage: Stage, sinceMs: number, change: Partial<SlotView> = {}): SlotView {
  return slotView({ state: 'working', stage, stageSinceMs: sinceMs, jobId: 1, attempt: 1, ...change });
}

function timing(slot: SlotView, nowMs: number, stageMs = USUAL) {
  return timingOf(slot, stageMs, nowMs, null)?.timing ?? null;
}

test('a slot without a board in work has no timing', () => {
  expect(timing(slotView({ state: 'failed', stage: 'verify' }), NOW_MS)).toBeNull();
  expect(timing(slotView(), NOW_MS)).toBeNull();
});

test("time left is the rest of the stage and the stages after it, from the lot's medians", () => {
  // key 2.4 s of which 1 s is over, then certificate 1.5, verify 3.1, lock 1.2
  expect(timing(at('key', NOW_MS - 1_000), NOW_MS)?.left).toEqual({ kind: 'seconds', seconds: 8 });
});

test('a share that the station tells goes before the median', () => {
  const told = timing(at('firmware', NOW_MS - 1_000, { share: 0.64 }), NOW_MS);
  expect(told?.share).toBe(0.64);
  expect(told?.progress).toBeCloseTo((1 + 0.64) / 6);
  expect(timing(at('firmware', NOW_MS - 3_500), NOW_MS)?.share).toBe(0.5);
});

test('a stage is never shown full before it is over', () => {
  expect(timing(at('verify', NOW_MS - 60_000), NOW_MS)?.share).toBeLessThan(1);
});

test('past its estimate a board takes a little longer', () => {
  expect(timing(at('lock', NOW_MS - 1_300), NOW_MS)?.left).toEqual({ kind: 'over' });
});

test('where a stage has no median, no time is told', () => {
  const { verify: _unknown, ...some } = USUAL;
  expect(timing(at('key', NOW_MS - 1_000), NOW_MS, some)?.left).toBeNull();
  expect(timing(at('verify', NOW_MS - 1_000), NOW_MS, some)?.share).toBeNull();
});

test('jobs of ten seconds and less have a ring and no seconds, jobs under a second have neither', () => {
  const tenth = Object.fromEntries(Stage.options.map((stage) => [stage, 1_500]));
  expect(timing(at('verify', NOW_MS - 750), NOW_MS, tenth)).toMatchObject({ progress: 4.5 / 6, left: null });
  const flash = Object.fromEntries(Stage.options.map((stage) => [stage, 100]));
  expect(timing(at('verify', NOW_MS - 50), NOW_MS, flash)).toMatchObject({ progress: 0, left: null });
});

test('a stage is slow at twice its usual time, unless its share still grows', () => {
  const slot = at('firmware', NOW_MS);
  expect(timing(slot, NOW_MS + 14_000)?.slow).toBe(false);
  expect(timing(slot, NOW_MS + 14_001)?.slow).toBe(true);
  const first = timingOf({ ...slot, share: 0.1 }, USUAL, NOW_MS + 7_000, null);
  const grown = timingOf({ ...slot, share: 0.2 }, USUAL, NOW_MS + 20_000, first);
  expect(grown?.timing.slow).toBe(false);
  expect(timingOf({ ...slot, share: 0.2 }, USUAL, NOW_MS + 34_001, grown)?.timing.slow).toBe(true);
});

test('the ring moves at most 4 times a second, and at once when a stage begins', () => {
  const first = timingOf(at('key', NOW_MS), USUAL, NOW_MS, null);
  expect(timingOf(at('key', NOW_MS), USUAL, NOW_MS + RING_EVERY_MS - 1, first)).toBe(first);
  expect(timingOf(at('certificate', NOW_MS + 100), USUAL, NOW_MS + 100, first)).not.toBe(first);
});

const moment = fc.record({
  afterMs: fc.integer({ min: 1, max: 4_000 }),
  on: fc.boolean(),
  share: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
  usual: fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 6, maxLength: 6 }),
});

test('whatever a station tells of one try, time left never jumps up and the ring never turns back', () => {
  fc.assert(
    fc.property(fc.array(moment, { minLength: 2, maxLength: 60 }), (moments) => {
      let [nowMs, sinceMs, stage] = [NOW_MS, NOW_MS, 0];
      let before: TimingMemory | null = null;
      let [left, progress] = [Number.POSITIVE_INFINITY, 0];
      for (const { afterMs, on, share, usual } of moments) {
        nowMs += afterMs;
        if (on && stage < Stage.options.length - 1) [stage, sinceMs] = [stage + 1, nowMs];
        const stageMs = Object.fromEntries(Stage.options.map((name, index) => [name, usual[index] ?? 1]));
        const next = timingOf(at(Stage.options[stage] ?? 'lock', sinceMs, { share }), stageMs, nowMs, before);
        before = next;
        const told = next?.timing.left ?? null;
        const shown = told === null ? left : told.kind === 'over' ? 0 : told.seconds;
        expect(shown).toBeLessThanOrEqual(left);
        expect(next?.timing.progress ?? 0).toBeGreaterThanOrEqual(progress);
        expect(next?.timing.progress ?? 0).toBeLessThanOrEqual(1);
        [left, progress] = [shown, next?.timing.progress ?? 0];
      }
    }),
  );
});

test('a new try of the same board begins anew', () => {
  const late = timingOf(at('lock', NOW_MS - 1_000), USUAL, NOW_MS, null);
  const again = timingOf(at('connect', NOW_MS + 500, { attempt: 2 }), USUAL, NOW_MS + 500, late);
  expect(again?.timing.progress).toBe(0);
  expect(again?.timing.left).toEqual({ kind: 'seconds', seconds: 16 });
});
