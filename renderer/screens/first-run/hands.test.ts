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

test('the free slot has no board, and is one that waits for none of its own if there is such a one', () => {
  const states = fc.array(fc.constantFrom(...SlotState.options), { maxLength: 8 });
  fc.assert(
    fc.property(states, fc.uniqueArray(fc.integer({ min: 1, max: 8 })), (all, occupied) => {
      const slots = all.map((state, index) => slotView({ slot: String(index + 1), state }));
      const slot = freeSlot(slots, occupied);
      const free = slots.filter((each) => !occupied.includes(Number(each.slot)));
      const empty = free.filter(({ state }) => state === 'empty');
      expect(slot === null).toBe(free.length === 0);
      const best = empty.length > 0 ? empty : free;
      expect(slot === null || best.some((each) => Number(each.slot) === slot)).toBe(true);
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

  test('of the card is learned when the slot that called a person has gone on, with the sign that was seen', () => {
    expect(seen('working', 'failed').card).toBeNull();
    expect(seen('working', 'failed', 'working').card).toBe('fail');
    expect(seen('working', 'needs-you', 'empty').card).toBe('need');
  });

  test('once learned stays learned', () => {
    const states = fc.array(fc.constantFrom(...SlotState.options), { maxLength: 20 });
    fc.assert(
      fc.property(states, states, (first, then) => {
        const before = seen(...first);
        const after = seen(...first, ...then);
        expect(!before.pass || after.pass).toBe(true);
        expect(before.card === null || after.card === before.card).toBe(true);
      }),
    );
  });

  test('of the scanner is learned by a scan alone', () => {
    expect(lessonsAfter(seen('passed', 'failed', 'empty'), { type: 'slots', slots: [] }).scan).toBe(false);
    expect(lessonsAfter(NO_LESSONS, { type: 'scan' }).scan).toBe(true);
  });
});
