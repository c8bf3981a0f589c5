import fc from 'fast-check';
import { expect, test } from 'vitest';
import { screenScale } from './screen-scale.ts';

const FULL_HD = { width: 1920, height: 1080 };

test('a screen that nobody measured is drawn as it is', () => expect(screenScale(null, FULL_HD)).toBe(1));

test('on 24 inches of full HD a target of 44 px is wide enough as it is', () => {
  expect(screenScale(531 / 1920, FULL_HD)).toBe(1);
});

test('on 17 inches of full HD a target of 44 px is drawn 11 mm wide', () => {
  const pixelMm = 376 / 1920;
  expect(44 * pixelMm * screenScale(pixelMm, FULL_HD)).toBeCloseTo(11);
});

test('no measure makes anything smaller, nor leaves less room than the layout of that window needs', () => {
  const sizes = fc.record({ width: fc.integer({ min: 800, max: 4000 }), height: fc.integer({ min: 600, max: 3000 }) });
  fc.assert(
    fc.property(fc.double({ min: 0.02, max: 1, noNaN: true }), sizes, (pixelMm, { width, height }) => {
      const scale = screenScale(pixelMm, { width, height });
      expect(scale).toBeGreaterThanOrEqual(1);
      if (scale === 1) return;
      const roomy = width > 1100 && height > 800;
      expect(width / scale).toBeGreaterThanOrEqual(roomy ? 1100 : 1023.9);
      expect(height / scale).toBeGreaterThanOrEqual(roomy ? 800 : 767.9);
    }),
  );
});
