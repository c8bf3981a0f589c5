import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serialPictureOf } from './serial-picture.ts';

test('a lot of one serial among a million is still seen', () => {
  const { range } = serialPictureOf({ used: [], range: { from: 0.5, to: 0.500001 }, free: 1 });
  expect(range?.width).toBeGreaterThanOrEqual(0.005);
});

test('no bar and no word ever lies outside the picture', () => {
  const place = fc.record({ from: fc.double(), to: fc.double() });
  fc.assert(
    fc.property(fc.array(place, { maxLength: 5 }), fc.option(place), (used, range) => {
      const lots = used.map((one) => ({ lotId: 'WO-1', ...one }));
      const picture = serialPictureOf({ used: lots, range, free: 0 });
      for (const { from, width } of [...picture.used, ...(picture.range === null ? [] : [picture.range])]) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(width).toBeGreaterThan(0);
        expect(from + width).toBeLessThanOrEqual(1 + Number.EPSILON);
      }
      expect(picture.wordsFrom).toBeGreaterThanOrEqual(0);
      expect(picture.wordsFrom).toBeLessThanOrEqual(0.6);
    }),
  );
});
