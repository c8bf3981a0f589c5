import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SlotState } from '../../../domain/station-event.ts';
import { slotView } from '../../../test/samples/station-views.ts';
import { freeSlot, slotToPull, touchOf } from './hands.ts';
import { lessonsAfter, NO_LESSONS } from './lessons.ts';

describe('a touch', () => {
  test('puts a board into an empty slot, also where one was pulled out early', () => {
    expect(touchOf({ slot: '4', state: 'empty' }, [1, 2])).toEqual({ kind: 'insert' });
    expect(touchOf({ slot: '3', state: 'failed' }, [1, 2])).toEqual({ kind: 'insert' });
  });

  test.each(['passed', 'failed', 'needs-you'] as const)('takes out a board that is %s', (state) => {
    expect(touchOf({ slot: '2', state }, [2])).toEqual({ kind: 'eject' });
  });

  test('takes no board out of its work, and never one that is being locked', () => {
    expect(touchOf({ slot: '2', state: 'working' }, [2])).toEqual({ kind: 'in-work' });
    expect(touchOf({ slot: '2', state: 'locking' }, [2])).toEqual({ kind: 'locking' });
  });
});

test('the free slot is one of the bench, and free', () => {
  const occupied = fc.uniqueArray(fc.integer({ min: 1, max: 8 }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), occupied, (count, taken) => {
      const slot = freeSlot(count, taken);
      if (slot === null) expect(taken.filter((each) => each <= count)).toHaveLength(count);
      else expect(slot >= 1 && slot <= count && !taken.includes(slot)).toBe(true);
    }),
  );
});

test('no trick pulls a board out while it is being locked, or before it has done anything', () => {
  expect(slotToPull([slotView({ state: 'locking', stage: 'lock' })])).toBeNull();
  expect(slotToPull([slotView({ state: 'working', stage: 'connect' })])).toBeNull();
  expect(slotToPull([slotView({ slot: '3', state: 'working', stage: 'firmware' })])).toBe(3);
});

describe('a lesson', () => {
  const seen = (...states: readonly SlotState[]) =>
    states.reduce(
      (lessons, state) => lessonsAfter(lessons, { type: 'slots', slots: [{ slot: '1', state }] }),
      NO_LESSONS,
    );

  test('of the green disc is learned when a board passed', () => {
    expect(seen('empty', 'working').pass).toBe(false);
    expect(seen('empty', 'working', 'passed', 'empty').pass).toBe(true);
  });

  test('of the red octagon is learned when the failed slot has gone on', () => {
    expect(seen('working', 'failed').fail).toBe(false);
    expect(seen('working', 'failed', 'working').fail).toBe(true);
  });

  test('once learned stays learned', () => {
    const states = fc.array(fc.constantFrom(...SlotState.options), { maxLength: 20 });
    fc.assert(
      fc.property(states, states, (first, then) => {
        const before = seen(...first);
        const after = seen(...first, ...then);
        for (const lesson of ['pass', 'fail', 'scan'] as const) expect(!before[lesson] || after[lesson]).toBe(true);
      }),
    );
  });

  test('of the scanner is learned by a scan alone', () => {
    expect(lessonsAfter(seen('passed', 'failed', 'empty'), { type: 'slots', slots: [] }).scan).toBe(false);
    expect(lessonsAfter(NO_LESSONS, { type: 'scan' }).scan).toBe(true);
  });
});
