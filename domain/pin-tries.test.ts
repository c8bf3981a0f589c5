import { expect, test } from 'vitest';
import { PIN_TRIES, pinTriesOf } from './pin-tries.ts';

test('what a token says of its PIN is understood again on the other side', () => {
  for (const [tries, text] of Object.entries(PIN_TRIES)) expect(pinTriesOf(text)).toBe(tries);
});

test('another detail says nothing of tries', () => {
  expect(pinTriesOf('')).toBeNull();
  expect(pinTriesOf('its length')).toBeNull();
});
