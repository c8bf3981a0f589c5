import { expect, test } from 'vitest';
import { fitsWhole, layoutOf, MAX_SLOTS, moved, placeOf } from './grid-layout.ts';

const COUNTS = Array.from({ length: MAX_SLOTS }, (_, index) => index + 1);

test.each(COUNTS)('%i slots have a place each, inside the grid', (slots) => {
  const layout = layoutOf(slots);
  const places = Array.from({ length: slots }, (_, index) => placeOf(index, layout));
  expect(new Set(places.map(({ row, column }) => `${row}/${column}`)).size).toBe(slots);
  expect(places.every(({ row, column }) => row < layout.rows && column < layout.columns)).toBe(true);
});

test('the densities are those of the drawings', () => {
  const sizes = [1, 3, 8, 9, 16, 17, 33, 64].map((slots) => layoutOf(slots).density);
  expect(sizes).toEqual([1, 4, 8, 16, 16, 32, 64, 64]);
});

test('arrows move over the fixture as it stands, also from block to block', () => {
  expect(moved(0, 'ArrowRight', 16)).toBe(1);
  expect(moved(0, 'ArrowDown', 16)).toBe(4);
  // Slot 4 of the first block of 64 has slot 17, the first of the second block, to its right.
  expect(moved(3, 'ArrowRight', 64)).toBe(16);
  expect(moved(12, 'ArrowDown', 64)).toBe(32);
});

test('a move that leaves the slots stays where it is', () => {
  expect(moved(0, 'ArrowUp', 16)).toBe(0);
  expect(moved(4, 'ArrowRight', 5)).toBe(4);
});

test('Home and End lead to the first and the last slot, and letters lead nowhere: a scanner types those', () => {
  expect(moved(7, 'Home', 16)).toBe(0);
  expect(moved(7, 'End', 14)).toBe(13);
  expect(moved(7, 'a', 16)).toBeNull();
});

test('64 slots are shown whole at 1440 x 900 and in banks at 1024 x 768', () => {
  expect(fitsWhole(984, 700)).toBe(true);
  expect(fitsWhole(928, 480)).toBe(false);
});
