import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWhole, type PinKey, pinAfter } from './pin-pad.ts';

const typed = (text: string) => [...text].reduce((pin, digit) => pinAfter(pin, { kind: 'digit', digit }), '');

const anyKey = fc.oneof(
  fc.record({ kind: fc.constant('digit' as const), digit: fc.string({ maxLength: 2 }) }),
  fc.record({ kind: fc.constant('digit' as const), digit: fc.constantFrom(...'0123456789') }),
  fc.constantFrom<PinKey>({ kind: 'erase' }, { kind: 'clear' }),
  fc.record({ kind: fc.constant('write' as const), text: fc.string() }),
);

test('whatever is pressed and pasted, the pad holds at most 12 digits and nothing else', () => {
  fc.assert(
    fc.property(fc.array(anyKey, { maxLength: 40 }), (keys) => {
      expect(keys.reduce(pinAfter, '')).toMatch(/^[0-9]{0,12}$/);
    }),
  );
});

test('erase takes the last digit back, clear takes all', () => {
  expect(pinAfter(typed('4711'), { kind: 'erase' })).toBe('471');
  expect(pinAfter('', { kind: 'erase' })).toBe('');
  expect(pinAfter(typed('4711'), { kind: 'clear' })).toBe('');
});

test('a PIN from the clipboard is taken whole, with its spaces left out', () => {
  expect(pinAfter('', { kind: 'write', text: ' 4711 0815\n' })).toBe('47110815');
});

test('text that is no PIN leaves the pad as it is', () => {
  expect(pinAfter('12', { kind: 'write', text: '12KLB:RIOS' })).toBe('12');
  expect(pinAfter('12', { kind: 'write', text: '1234567890123' })).toBe('12');
});

test('a PIN is whole from 4 digits on', () => {
  expect(isWhole(typed('471'))).toBe(false);
  expect(isWhole(typed('4711'))).toBe(true);
});
