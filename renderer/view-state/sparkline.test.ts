import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SPARKLINE, sparklineOf } from './sparkline.ts';

test('an hour without a board has no line', () => {
  expect(sparklineOf([null, null])).toBeNull();
});

test('a time without boards is a gap, not a fall', () => {
  expect(sparklineOf([1, 1, null, 1, null, 0.9])?.paths).toHaveLength(3);
});

test('the words tell the least, the most and the last in whole per cent, never rounded up', () => {
  expect(sparklineOf([0.999, 0.93, null])).toMatchObject({ least: 93, most: 99, last: 93 });
});

test('a hair of difference does not look like a fall', () => {
  const [path = ''] = sparklineOf([1, 0.99])?.paths ?? [];
  const [from = 0, to = 0] = path
    .slice(1)
    .split('L')
    .map((point) => Number(point.split(' ')[1]));
  expect(from).toBe(SPARKLINE.margin);
  expect(to - from).toBeLessThan(SPARKLINE.height / 6);
});

test('every point lies inside the drawing', () => {
  const shares = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(shares, (told) => {
      const line = sparklineOf(told);
      const points = (line?.paths ?? []).flatMap((path) => path.replace(/^M|h0$/g, '').split('L'));
      expect(points).toHaveLength(told.filter((share) => share !== null).length);
      for (const point of points) {
        const [x = -1, y = -1] = point.split(' ').map(Number);
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(SPARKLINE.width);
        expect(y).toBeGreaterThanOrEqual(SPARKLINE.margin);
        expect(y).toBeLessThanOrEqual(SPARKLINE.height - SPARKLINE.margin);
      }
    }),
  );
});
