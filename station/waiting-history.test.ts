import { expect, test } from 'vitest';
import { waitingHistory } from './waiting-history.ts';

const STEP = 600_000;
const NOW = 1_000_000 * STEP + 5;

test('what waited is counted back from what waits now, by what was made and answered since', () => {
  const now = NOW / STEP;
  const { points, fromMs, stepMs } = waitingHistory(NOW, 7, () => [
    { step: Math.floor(now) - 10, change: 4 },
    { step: Math.floor(now) - 2, change: 5 },
    { step: Math.floor(now), change: -2 },
  ]);
  expect(points).toHaveLength(434);
  expect(points.slice(-13)).toEqual([0, 0, 4, 4, 4, 4, 4, 4, 4, 4, 9, 9, 7]);
  expect(fromMs + (points.length - 2) * stepMs).toBe(1_000_000 * STEP);
});

test('an event of a clock that was ahead counts as of now, and no point is below nothing', () => {
  const { points } = waitingHistory(NOW, 1, () => [{ step: 1_000_500, change: 3 }]);
  expect(points.at(-1)).toBe(1);
  expect(points.at(-2)).toBe(0);
});
