import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COUNTDOWN_MS, IDLE_MS, idleAt } from './idle.ts';

test('for 15 minutes nothing is said', () => {
  expect(idleAt(5_000, 5_000)).toEqual({ kind: 'awake' });
  expect(idleAt(5_000, 5_000 + 15 * 60_000 - 1)).toEqual({ kind: 'awake' });
});

test('then a minute is counted down, second by second', () => {
  expect(idleAt(0, IDLE_MS)).toEqual({ kind: 'counting', secondsLeft: 60 });
  expect(idleAt(0, IDLE_MS + 59_500)).toEqual({ kind: 'counting', secondsLeft: 1 });
});

test('after it the person is signed out', () => {
  expect(idleAt(0, IDLE_MS + COUNTDOWN_MS)).toEqual({ kind: 'over' });
});

test('the countdown never goes up, and never shows more than its minute', () => {
  const order = { awake: Number.POSITIVE_INFINITY, over: 0 };
  const left = (nowMs: number) => {
    const idle = idleAt(0, nowMs);
    return idle.kind === 'counting' ? idle.secondsLeft : order[idle.kind];
  };
  const times = fc.integer({ min: 0, max: IDLE_MS + 2 * COUNTDOWN_MS });
  fc.assert(
    fc.property(times, fc.integer({ min: 0, max: 70_000 }), (nowMs, laterMs) => {
      expect(left(nowMs + laterMs)).toBeLessThanOrEqual(left(nowMs));
      expect(left(nowMs) <= 60 || left(nowMs) === Number.POSITIVE_INFINITY).toBe(true);
    }),
  );
});

test('any input begins the 15 minutes anew, in the middle of the countdown too', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: IDLE_MS + COUNTDOWN_MS - 1 }), (inputMs) => {
      expect(idleAt(inputMs, inputMs + IDLE_MS - 1)).toEqual({ kind: 'awake' });
    }),
  );
});
