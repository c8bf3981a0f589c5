import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SetUp } from '../../../contract/bench-api.ts';
import { FIRST_WIDTH_PX, heightOf, OUTLINE_PX, pixelMmOf, resized, screenInches } from './badge-outline.ts';

test('an outline of 310 pixels over a badge is a 24 inch screen of full HD', () => {
  const pixelMm = pixelMmOf(310);
  expect(pixelMm).toBeCloseTo(0.276, 3);
  expect(screenInches(pixelMm, { width: 1920, height: 1080 })).toBe(24);
});

test('the outline has the shape of a badge', () => expect(heightOf(856)).toBeCloseTo(539.8));

test('whatever a person presses, the measure is one that a station takes', () => {
  const presses = fc.array(fc.integer({ min: -500, max: 500 }), { maxLength: 50 });
  fc.assert(
    fc.property(presses, (steps) => {
      const widthPx = steps.reduce(resized, FIRST_WIDTH_PX);
      expect(widthPx).toBeGreaterThanOrEqual(OUTLINE_PX.least);
      expect(widthPx).toBeLessThanOrEqual(OUTLINE_PX.most);
      expect(SetUp.shape.pixelMm.safeParse(pixelMmOf(widthPx)).success).toBe(true);
    }),
  );
});

test('one step there and one back is where it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: OUTLINE_PX.least + 1, max: OUTLINE_PX.most - 1 }), (widthPx) => {
      expect(resized(resized(widthPx, 1), -1)).toBe(widthPx);
    }),
  );
});
