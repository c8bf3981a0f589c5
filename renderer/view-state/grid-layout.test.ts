import { expect, test } from 'vitest';
import { slotsOf } from '../../domain/fixture.ts';
import { bankFixtures, fitsWhole, layoutOf, MAX_SLOTS, moved, placeOf } from './grid-layout.ts';

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

const strips = (count: number, rows: number, columns: number) =>
  Array.from({ length: count }, () => ({ rows, columns }));

test.each([
  ['four of 4 x 4', strips(4, 4, 4), { rows: 8, columns: 8, across: 2, density: 64 }],
  ['two strips of 2 x 8, one below the other', strips(2, 2, 8), { rows: 4, columns: 8, across: 1, density: 32 }],
  ['two of 2 x 2, side by side', strips(2, 2, 2), { rows: 2, columns: 4, across: 2, density: 8 }],
  ['a rack of 16 x 1', strips(1, 16, 1), { rows: 16, columns: 1, across: 1, density: 64 }],
])('%s are drawn as they stand', (_what, fixtures, drawn) => {
  const layout = layoutOf(slotsOf(fixtures), fixtures);
  expect(layout).toMatchObject(drawn);
  const places = Array.from({ length: slotsOf(fixtures) }, (_, index) => placeOf(index, layout));
  expect(new Set(places.map(({ row, column }) => `${row}/${column}`)).size).toBe(places.length);
  expect(places.every(({ row, column }) => row < layout.rows && column < layout.columns)).toBe(true);
});

test('fixtures of another bench change nothing', () => {
  expect(layoutOf(16, strips(1, 2, 2))).toBe(layoutOf(16));
});

test('arrows move from fixture to fixture', () => {
  const layout = layoutOf(8, strips(2, 2, 2));
  expect(moved(1, 'ArrowRight', 8, layout)).toBe(4);
  expect(moved(4, 'ArrowDown', 8, layout)).toBe(6);
});

test('a bank shows fixtures only where it cuts none', () => {
  expect(bankFixtures(strips(4, 4, 4), 32, 32)).toHaveLength(2);
  expect(bankFixtures(strips(3, 4, 5), 0, 32)).toBeNull();
  expect(bankFixtures(null, 0, 32)).toBeNull();
});
