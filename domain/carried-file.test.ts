// Files that are carried by hand: read as they were written, or refused.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { carriedText, type LineOf, readCarried } from './carried-file.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const sign = (text: string) => Buffer.from(`signed ${sha256(text)}`).toString('base64');
const HEAD = {
  ...{ keyline: 'receipt-1' as const, stationId: 'KL-1', practice: true },
  ...{ bundleSha256: '0'.repeat(64), writtenMs: 5 },
};

const Lines = fc.array(
  fc.record({
    id: fc.integer({ min: 1, max: 1_000_000 }),
    payloadSha256: fc.constant('ab'.repeat(32)),
    refused: fc.constantFrom(null, 'DEVICE_TAKEN'),
  }),
  { maxLength: 30 },
);

const text = (lines: readonly LineOf<'receipt'>[]) => carriedText('receipt', HEAD, lines, { sha256, sign });
const read = (file: string) =>
  readCarried('receipt', file, sha256, (_, sealed, signature) => signature === sign(sealed));

test('what was written is read', () => {
  fc.assert(
    fc.property(Lines, (lines) => {
      expect(read(text(lines))).toMatchObject({ ok: true, head: HEAD, lines });
    }),
  );
});

test('a file with one character changed, added or missing is refused', () => {
  fc.assert(
    fc.property(Lines, fc.nat(), fc.constantFrom('change', 'add', 'drop'), (lines, at, how) => {
      const whole = text(lines);
      const place = at % whole.length;
      const other = whole[place] === 'x' ? 'y' : 'x';
      const rest = whole.slice(how === 'add' ? place : place + 1);
      expect(read(whole.slice(0, place) + (how === 'drop' ? '' : other) + rest).ok).toBe(false);
    }),
  );
});

test('a file without its last lines is refused', () => {
  const whole = text([{ id: 1, payloadSha256: 'ab'.repeat(32), refused: null }]);
  const cut = whole.split('\n').slice(0, -2).join('\n');
  expect([read(`${cut}\n`).ok, read(cut).ok, read('').ok]).toEqual([false, false, false]);
});

test('a file of the other kind, and any bytes at all, are refused', () => {
  expect(readCarried('bundle', text([]), sha256, () => true)).toEqual({ ok: false, reason: 'it is no bundle' });
  fc.assert(
    fc.property(fc.string(), (bytes) => {
      expect(read(bytes).ok).toBe(false);
    }),
  );
});

test('a seal of somebody else is refused, however right the sum', () => {
  const forged = carriedText('receipt', HEAD, [], { sha256, sign: () => 'AAAA' });
  expect(read(forged)).toEqual({ ok: false, reason: 'its seal is of somebody else' });
});
