import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DerError, der, readDer, TAG } from './der.ts';
import { encodeTime, NEVER_MS, notAfterMs, readTime, wholeSecond } from './time.ts';

const ascii = (text: string) => new TextEncoder().encode(text);
const textOf = (der: Uint8Array) => new TextDecoder().decode(der.subarray(2));

test('a date to 2049 is a UTCTime, after that a GeneralizedTime, and never is the last second of 9999', () => {
  expect(textOf(encodeTime(notAfterMs('2049-12-31')))).toBe('491231235959Z');
  expect(textOf(encodeTime(notAfterMs('2050-01-01')))).toBe('20500101235959Z');
  expect(textOf(encodeTime(notAfterMs('never')))).toBe('99991231235959Z');
  expect(NEVER_MS).toBe(253_402_300_799_000);
});

test('every second between 1970 and 9999 is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: NEVER_MS }), (timeMs) => {
      const written = encodeTime(timeMs);
      expect(readTime(readDer(written, written[0] ?? 0))).toBe(wholeSecond(timeMs));
    }),
  );
});

test.each([
  [TAG.utcTime, '260230000000Z'],
  [TAG.utcTime, '2601010000Z'],
  [TAG.utcTime, '260101000000+0100'],
  [TAG.utcTime, '490101000000'],
  [TAG.utcTime, '500101000000Z'],
  [TAG.generalizedTime, '20260101000000Z'],
  [TAG.generalizedTime, '20600101000000.5Z'],
  [TAG.generalizedTime, '20601301000000Z'],
  [TAG.generalizedTime, '20600101240000Z'],
  [TAG.generalizedTime, '20600101236060Z'],
  [TAG.octetString, '20600101000000Z'],
])('a time of tag %i written %s is refused', (tag, text) => {
  const value = readDer(der(tag, ascii(text)), tag);
  expect(() => readTime(value)).toThrow(DerError);
});
