import { randomBytes } from 'node:crypto';
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
  expect(readFactorySecret(given)).toEqual(secret);
  expect(given.every((byte) => byte === 0)).toBe(true);
});

test.each([
  ['of 31 bytes', Buffer.alloc(31, 1)],
  ['of 33 bytes', Buffer.alloc(33, 1)],
  ['in hex of 31 bytes', Buffer.from('ab'.repeat(31))],
  ['in words', Buffer.from('correct horse battery staple of 1984')],
  ['of nothing', Buffer.alloc(0)],
])('one %s is refused and wiped', (_form, given) => {
  expect(() => readFactorySecret(given)).toThrow(/32 bytes/);
  expect(given.every((byte) => byte === 0)).toBe(true);
});
