import { expect, test } from 'vitest';
import { rateLimit } from './rate-limit.ts';

function world() {
  const clock = { ms: 0, nowMs: () => 0, monotonicMs: () => clock.ms, after: () => () => undefined };
  return { clock, ask: rateLimit(clock) };
}

test('an address that asks too often waits, another does not, and time gives back', () => {
  const { clock, ask } = world();
  const waits = Array.from({ length: 2001 }, () => ask('a'));
  expect(waits.filter((seconds) => seconds > 0)).toEqual([1]);
  expect(ask('b')).toBe(0);
  clock.ms = 1000;
  expect(ask('a')).toBe(0);
});

test('addresses are forgotten, oldest first, before memory runs out', () => {
  const { ask } = world();
  for (let i = 0; i < 2001; i++) ask('first');
  expect(ask('first')).toBe(1);
  for (let i = 0; i < 10_000; i++) ask(`other ${i}`);
  expect(ask('first')).toBe(0);
});
