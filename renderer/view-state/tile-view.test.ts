import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Stage } from '../../domain/job.ts';
import { OffReason, SlotCommand, SlotState } from '../../domain/station-event.ts';
import { slotView } from '../../test/samples/station-views.ts';
import { drawnAlike, isNewCall, type Look, tileOf, timedAlike, worstLook } from './tile-view.ts';
import type { Timing } from './time-left.ts';

const TIMING: Timing = { progress: 0.25, share: 0.5, left: { kind: 'seconds', seconds: 7 }, slow: false };

const LOOKS: Readonly<Record<SlotState, Look>> = {
  empty: 'empty',
  looking: 'looking',
  working: 'work',
  locking: 'work',
  passed: 'pass',
  failed: 'fail',
  'needs-you': 'need',
  held: 'held',
  off: 'off',
};

test.each(SlotState.options)('a slot that is %s has a look and a word of its own', (state) => {
  const tile = tileOf(slotView({ state }), null);
  expect(tile.look).toBe(LOOKS[state]);
  expect(tile.word).toEqual(
    tile.look === 'work' ? { kind: 'stage', stage: 'connect' } : { kind: 'look', look: tile.look },
  );
});

test('the bar is full for stages that are over, open for those to come', () => {
  const tile = tileOf(slotView({ state: 'working', stage: 'firmware' }), TIMING);
  expect(tile.segments).toEqual(['done', 'now', 'ahead', 'ahead', 'ahead', 'ahead']);
  expect(tile).toMatchObject({ stageNumber: 2, progress: 0.25, share: 0.5 });
});

test('a failed board keeps its bar, broken at the stage where its job ended', () => {
  const tile = tileOf(slotView({ state: 'failed', stage: 'verify', code: 'PROOF_FAILED', outcome: 'failed' }), null);
  expect(tile.word).toEqual({ kind: 'cause', code: 'PROOF_FAILED' });
  expect(tile.segments).toEqual(['done', 'done', 'done', 'done', 'broken', 'ahead']);
});

test('a failed board whose stage is not known shows no bar', () => {
  expect(tileOf(slotView({ state: 'failed', code: 'NO_ANSWER' }), null).segments).toEqual([]);
});

test('a board that is being locked says not to remove it, whatever else is known', () => {
  const slot = slotView({ state: 'locking', stage: 'lock', deviceSerial: 'AQ-0871' });
  expect(tileOf(slot, TIMING)).toMatchObject({ locking: true, detail: { kind: 'do-not-remove' } });
  expect(tileOf(slot, { ...TIMING, slow: true })).toMatchObject({ word: { kind: 'slow' } });
  expect(tileOf(slot, { ...TIMING, slow: true }).detail).toEqual({ kind: 'do-not-remove' });
});

test('a board in work shows the tail of its serial, its time left and its try', () => {
  const board = slotView({ state: 'working', stage: 'firmware', deviceSerial: '48213-0871', attempt: 2 });
  expect(tileOf(board, TIMING).detail).toEqual({ kind: 'work', tail: '0871', left: TIMING.left, attempt: 2 });
});

test('a slot that is off says why', () => {
  const tile = tileOf(slotView({ state: 'off', offReason: 'worn-pin' }), null);
  expect(tile.detail).toEqual({ kind: 'off', reason: 'worn-pin' });
});

test('slots out of sight are stood for by the one that calls loudest', () => {
  const looks = (...states: readonly SlotState[]) => worstLook(states.map((state) => slotView({ state })));
  expect(looks('passed', 'needs-you', 'failed', 'working')).toBe('fail');
  expect(looks('passed', 'needs-you', 'working')).toBe('need');
  expect(looks('empty', 'passed')).toBe('pass');
  expect(looks()).toBe('empty');
});

const anySlot = fc
  .record({
    state: fc.constantFrom(...SlotState.options),
    stage: fc.constantFrom(...Stage.options, null),
    share: fc.constantFrom(null, 0.2, 0.4),
    code: fc.constantFrom('NO_ANSWER', 'PROOF_FAILED', null),
    actions: fc.subarray([...SlotCommand.options]),
    offReason: fc.constantFrom(...OffReason.options, null),
    deviceSerial: fc.constantFrom('AQ-0001', 'AQ-0002', null),
    attempt: fc.constantFrom(1, 2, null),
    sinceMs: fc.nat(2),
  })
  .map(slotView);

const FIELDS = ['state', 'stage', 'share', 'code', 'actions', 'offReason', 'deviceSerial', 'attempt'] as const;

test('a tile that is not drawn anew would not look different', () => {
  fc.assert(
    fc.property(anySlot, anySlot, fc.constantFrom(...FIELDS), (one, other, field) => {
      // They differ in one field at most: each must be one that the tile does not show, or one that is looked at.
      const alike = { ...one, [field]: other[field] };
      fc.pre(drawnAlike(one, alike));
      expect(tileOf(alike, TIMING)).toEqual(tileOf(one, TIMING));
    }),
    { numRuns: 1_000 },
  );
});

const anyTiming = fc.option(
  fc.record({
    progress: fc.double({ min: 0, max: 1, noNaN: true }),
    share: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    left: fc.constantFrom<Timing['left']>(null, { kind: 'over' }, { kind: 'seconds', seconds: 7 }),
    slow: fc.boolean(),
  }),
);

test('nor would one whose timing alone went on', () => {
  const board = slotView({ state: 'working', stage: 'firmware' });
  const step = fc.double({ min: 0, max: 0.02, noNaN: true });
  fc.assert(
    fc.property(anyTiming, anyTiming, step, (one, any, by) => {
      const near = one === null ? null : { ...one, progress: Math.min(1, one.progress + by) };
      for (const other of [any, near]) {
        const same = timedAlike(one, other);
        expect(same).toBe(timedAlike(other, one));
        if (same) expect(tileOf(board, other)).toEqual(tileOf(board, one));
      }
    }),
  );
});

test('a ring moves by hundredths', () => {
  expect(timedAlike(TIMING, { ...TIMING, progress: 0.2549 })).toBe(true);
  expect(timedAlike(TIMING, { ...TIMING, progress: 0.2551 })).toBe(false);
  expect(timedAlike(TIMING, { ...TIMING, left: { kind: 'seconds', seconds: 6 } })).toBe(false);
});

test('a call is new for its two pulses, and never again when its tile is drawn anew', () => {
  const failed = slotView({ state: 'failed', code: 'NO_ANSWER', sinceMs: 10_000 });
  expect(isNewCall(failed, 10_100)).toBe(true);
  expect(isNewCall(failed, 11_200)).toBe(true);
  expect(isNewCall(failed, 12_000)).toBe(false);
  expect(isNewCall(slotView({ state: 'passed', sinceMs: 10_000 }), 10_100)).toBe(false);
});
