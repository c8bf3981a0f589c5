import { expect, test } from 'vitest';
import { CableGuard } from '../../domain/recipe.ts';
import { keyWordOf } from './key-word.ts';

test('a key that is made on the board says so alone', () => {
  expect(keyWordOf({ keyMode: 'on-chip', cableGuard: null })).toBe('on-chip');
});

test('a key that is sent says what stands against a relay on the cable', () => {
  for (const cableGuard of CableGuard.options) expect(keyWordOf({ keyMode: 'injected', cableGuard })).toBe(cableGuard);
  expect(keyWordOf({ keyMode: 'injected', cableGuard: null })).toBe('injected');
});
