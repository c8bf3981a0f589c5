import { expect, test } from 'vitest';
import { heatOf, worstOf } from './slot-heat.ts';

const slots = (...told: readonly (readonly [number, number])[]) =>
  heatOf(
    told.map((_, index) => String(index + 1)),
    told.map(([boards, failed], index) => ({ slot: String(index + 1), boards, failed })),
  );

test('a slot is measured by its fails per 100 boards, and not at all by a few boards', () => {
  expect(slots([200, 5], [10, 5], [0, 0]).map(({ per100, level }) => [per100, level])).toEqual([
    [2.5, 1],
    [null, 0],
    [null, 0],
  ]);
  expect(heatOf(['A1'], [])).toEqual([{ slot: 'A1', boards: 0, failed: 0, per100: null, level: 0 }]);
});

test('a slot stands out when it fails three times as often as the others together', () => {
  expect(worstOf(slots([100, 9], [100, 2], [100, 1]))?.slot).toBe('1');
  expect(worstOf(slots([100, 4], [100, 2], [100, 3]))).toBeNull();
});

test('two fails are chance, and one slot alone has nothing to stand out from', () => {
  expect(worstOf(slots([20, 3], [100, 0]))).toBeNull();
  expect(worstOf(slots([100, 50]))).toBeNull();
});
