import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOffMs } from './back-off.ts';

test('a wait is never shorter than half a second or than the service asked, and never longer than five minutes by itself', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 0, max: 3_600_000 }),
      fc.uint8Array({ minLength: 2, maxLength: 2 }),
      (failures, retryAfterMs, bytes) => {
        const wait = backOffMs(failures, retryAfterMs, { bytes: () => bytes });
        expect(wait).toBeGreaterThanOrEqual(Math.max(500, retryAfterMs));
        expect(wait).toBeLessThanOrEqual(Math.max(300_000, retryAfterMs));
      },
    ),
  );
});
