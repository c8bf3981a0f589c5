// Files of the real openssl; what nobody wrote is refused with a code, and never thrown on.
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { KeylineError } from '../domain/errors.ts';
import { opensslCas } from '../test/samples/openssl-ca.ts';
import { factsOf } from './made-for-tests.ts';
import { readPkcs12 } from './pkcs12.ts';

vi.setConfig({ testTimeout: 60_000 });

const dir = mkdtempSync(join(tmpdir(), 'keyline-p12-'));
afterAll(() => rmSync(dir, { recursive: true }));
const ca = opensslCas(dir, false);
const PASSPHRASE = 'Größe 鍵 🔑';
const utf8 = Buffer.from(PASSPHRASE);
const fileOf = (...options: string[]) => readFileSync(ca.pkcs12('x', 'issuing', ['root'], PASSPHRASE, ...options));

const SCHEMES: readonly (readonly [title: string, options: readonly string[]])[] = [
  ['as openssl writes it today', []],
  ['with the old ciphers, RC2 and 3DES', ['-legacy']],
  ['with RC2 of 128 bits', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-RC2-128']],
  ['with certificates in clear', ['-certpbe', 'NONE']],
  ['with a key in clear', ['-keypbe', 'NONE']],
  ['with AES-128 and 3DES of PBES2', ['-keypbe', 'AES-128-CBC', '-certpbe', 'DES-EDE3-CBC']],
  ['with a MAC of SHA-512', ['-macalg', 'sha512']],
  ['with 600,000 rounds', ['-iter', '600000']],
];

describe('a PKCS#12 file is read', () => {
  test.each(SCHEMES)('%s', (_title, options) => {
    const { keys, certificates } = readPkcs12(fileOf(...options), utf8);
    expect(certificates.map((der) => factsOf(der).commonName).sort()).toEqual([
      'Customer Issuing CA',
      'Customer Root CA',
    ]);
    const [key = Buffer.alloc(0), ...more] = keys;
    expect(more).toEqual([]);
    const opened = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    expect(opened.equals(createPrivateKey(ca.read('issuing.key')))).toBe(true);
    expect(new Uint8Array(createPublicKey(opened).export({ format: 'der', type: 'spki' }))).toEqual(
      factsOf(certificates.find((der) => factsOf(der).pathLength === 0) ?? Buffer.alloc(0)).spki,
    );
  });

  test.each(SCHEMES)('%s, and says that the passphrase is another', (_title, options) => {
    expect(refusal(fileOf(...options), Buffer.from('other'))).toBe('P12_PASSPHRASE_WRONG');
  });
});

function refusal(file: Uint8Array, passphrase: Uint8Array): string {
  try {
    readPkcs12(file, passphrase);
    return 'read';
  } catch (error) {
    if (error instanceof KeylineError) return error.code;
    throw error;
  }
}

test('any bytes, and any change of a file, are read or refused with a code, never thrown on', () => {
  const file = fileOf('-iter', '1', '-maciter');
  const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255));
  const changed = fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const bytes = Uint8Array.from(file);
    for (const [at, byte] of changes) bytes[at] = byte;
    return bytes;
  });
  const cut = fc.nat(file.length - 1).map((length) => file.subarray(0, length));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), changed, cut), (bytes) => {
      expect(refusal(bytes, utf8)).toMatch(/^(?:read|P12_[A-Z_]+)$/);
    }),
    { numRuns: 500 },
  );
});

test('a kind of content that no number holds is refused', () => {
  const file = Buffer.from(fileOf('-iter', '1'));
  const data = Buffer.from('06092a864886f70d010701', 'hex');
  for (let at = file.indexOf(data); at >= 0; at = file.indexOf(data, at + 1)) file.fill(0xff, at + 2, at + 10);
  expect(refusal(file, utf8)).toBe('P12_UNREADABLE');
});
