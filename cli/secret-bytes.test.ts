import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFactorySecret } from './secret-bytes.ts';

const secret = Uint8Array.from(randomBytes(32));
const text = Buffer.from(secret);

test.each([
  ['raw', () => Buffer.from(secret)],
  ['in hex', () => Buffer.from(`${text.toString('hex')}\n`)],
  ['in upper-case hex', () => Buffer.from(text.toString('hex').toUpperCase())],
  ['in Base64', () => Buffer.from(`${text.toString('base64')}\r\n`)],
  ['in Base64 for addresses', () => Buffer.from(text.toString('base64url'))],
])('a factory secret %s is read, and what it came in is wiped', (_form, make) => {
  const given = make();
  const read = readFactorySecret(given);
  expect(Uint8Array.from(read)).toEqual(secret);
  // Not in the engine's heap, nor in the pool that small buffers share.
  expect([read.buffer.byteLength, read.byteOffset]).toEqual([32, 0]);
  expect(given.every((byte) => byte === 0)).toBe(true);
});

test('every secret is read alike in each of its forms, and each digit that is none is refused', () => {
  const forms = ['hex', 'base64', 'base64url'] as const;
  const one = fc.record({ bytes: fc.uint8Array({ minLength: 32, maxLength: 32 }), form: fc.constantFrom(...forms) });
  fc.assert(
    fc.property(one, fc.nat(42), ({ bytes, form }, at) => {
      const written = Buffer.from(Buffer.from(bytes).toString(form));
      const spoiled = Buffer.from(written);
      spoiled[at] = 0x21;
      expect(Uint8Array.from(readFactorySecret(written))).toEqual(bytes);
      expect(() => readFactorySecret(spoiled)).toThrow(/32 bytes/);
    }),
  );
});

test.each([
  ['of 31 bytes', Buffer.alloc(31, 1)],
  ['of 33 bytes', Buffer.alloc(33, 1)],
  ['in hex of 31 bytes', Buffer.from('ab'.repeat(31))],
  ['in Base64 of two alphabets', Buffer.from(`+_${'A'.repeat(41)}`)],
  ['in words', Buffer.from('correct horse battery staple of 1984')],
  ['of nothing', Buffer.alloc(0)],
])('one %s is refused and wiped', (_form, given) => {
  expect(() => readFactorySecret(given)).toThrow(/32 bytes/);
  expect(given.every((byte) => byte === 0)).toBe(true);
});
