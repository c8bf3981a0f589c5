// What main lets through from a page to a program.
import { expect, test } from 'vitest';
import { MAX_MESSAGE_CHARS, ToBench, ToStation, textOf } from './parent-messages.ts';

const data = (message: unknown) => ({ type: 'data', port: 1, data: message });

test('a text that a call can be goes on as it is', () => {
  for (const text of ['', '{', 'x'.repeat(MAX_MESSAGE_CHARS)]) {
    expect(textOf(text)).toBe(text);
    expect(ToStation.parse(data(text))).toEqual(ToBench.parse(data(text)));
  }
});

test('anything else goes on as null, and no program takes it otherwise', () => {
  const odd = ['x'.repeat(MAX_MESSAGE_CHARS + 1), new Uint8Array(9), { toString: () => '{}' }, 7, 7n, undefined, []];
  for (const message of odd) {
    expect(textOf(message)).toBeNull();
    expect(ToStation.safeParse(data(message)).success).toBe(false);
  }
  expect(ToStation.safeParse(data(null)).success).toBe(true);
});
