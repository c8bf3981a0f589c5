// Boards that must not lose their station.
import { expect, test } from 'vitest';
import { slotView } from '../test/samples/station-views.ts';
import { WorkCount } from './work-count.ts';

const changed = (slot: string, state: 'empty' | 'looking' | 'working' | 'locking' | 'passed') =>
  ({ type: 'slot-changed', slot: slotView({ slot, state }) }) as const;

test('a station that is asked late has its boards in work already', () => {
  const count = new WorkCount([slotView({ slot: '1', state: 'working' }), slotView({ slot: '2', state: 'locking' })]);
  expect(count.work).toEqual({ working: 1, locking: 1 });
});

test('a board counts from when it is looked at until it is done', () => {
  const count = new WorkCount([]);
  const seen = (['looking', 'working', 'locking', 'passed'] as const).map((state) => {
    count.change(changed('1', state));
    return count.work;
  });
  expect(seen).toEqual([
    { working: 1, locking: 0 },
    { working: 1, locking: 0 },
    { working: 0, locking: 1 },
    { working: 0, locking: 0 },
  ]);
});

test('only another count is told', () => {
  const count = new WorkCount([]);
  expect(count.change(changed('1', 'working'))).toBe(true);
  expect(count.change(changed('1', 'working'))).toBe(false);
  expect(count.change(changed('2', 'empty'))).toBe(false);
});
