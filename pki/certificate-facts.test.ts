import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { concatBytes, toHex } from '../domain/bytes.ts';
import { assembleCertificate, encodeTbs, hardwareModule } from './certificate.ts';
import { readCertificate } from './certificate-facts.ts';
import { bitString, der, octetString, oid, sequence, TRUE } from './der.ts';
import { factsOf, MADE_MS, madeCas, madeKey, madeLeaf } from './made-for-tests.ts';
import { encodeName } from './names.ts';
import { OID } from './oids.ts';
import { NEVER_MS } from './time.ts';

const cas = await madeCas({ practice: true });
const spki = madeKey().spki;
const leaf = madeLeaf(cas, { spki });

const dir = mkdtempSync(join(tmpdir(), 'keyline-facts-'));
afterAll(() => rmSync(dir, { recursive: true }));

test('a leaf says who it is, and Node reads the same', () => {
  const facts = factsOf(leaf);
  const node = new X509Certificate(leaf);
  expect(facts).toMatchObject({
    deviceSerial: 'KL-000123',
    organization: 'Größe & Söhne',
    commonName: null,
    notBeforeMs: MADE_MS,
    notAfterMs: NEVER_MS,
    isCa: false,
    pathLength: null,
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: [OID.clientAuth],
    hardwareType: '1.3.6.1.4.1.32473.1',
    hwid: '0badc0ffee42',
    practice: true,
    authorityKeyId: cas.issuing.subjectKeyId,
    issuerName: cas.issuing.subjectName,
    spki,
  });
  expect(facts.fingerprint).toBe(node.fingerprint256.replaceAll(':', '').toLowerCase());
  expect(facts.certificateSerialNumber).toBe(node.serialNumber.toLowerCase());
  expect(toHex(facts.spki)).toBe(node.publicKey.export({ format: 'der', type: 'spki' }).toString('hex'));
});

test('a CA says how far it reaches', () => {
  const signing = ['keyCertSign', 'cRLSign'];
  expect(cas.root).toMatchObject({ isCa: true, pathLength: null, keyUsage: signing, deviceSerial: null, hwid: null });
  expect(cas.issuing).toMatchObject({
    isCa: true,
    pathLength: 0,
    keyUsage: signing,
    authorityKeyId: cas.root.subjectKeyId,
  });
});

describe('a certificate is refused', () => {
  /** Certificate of openssl with these options, DER. */
  function byOpenssl(...options: string[]): Uint8Array {
    const out = join(dir, 'certificate.der');
    const common = ['req', '-x509', '-nodes', '-keyout', join(dir, 'key'), '-outform', 'DER', '-out', out];
    execFileSync('openssl', [...common, '-subj', '/CN=Foreign', ...options], { stdio: 'pipe' });
    return new Uint8Array(readFileSync(out));
  }
  const P256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];

  /** A certificate with these extensions, or other fields, signed with the leaf's algorithm. */
  function odd(extensions: Uint8Array[], fields: Partial<Parameters<typeof encodeTbs>[0]> = {}): Uint8Array {
    return assembleCertificate(encodeTbs({ ...factsOf(leaf), extensions, ...fields }), cas.issuingKey.sign(leaf));
  }
  const extension = (type: string, value: Uint8Array) => sequence(oid(type), octetString(value));

  test('not when openssl made it with P-256 and SHA-256', () => {
    expect(readCertificate(byOpenssl(...P256, '-sha256'))).toMatchObject({
      ok: true,
      facts: { commonName: 'Foreign' },
    });
    expect(readCertificate(odd([]))).toMatchObject({ ok: true });
  });

  test.each<[string, Uint8Array, string]>([
    ['with an RSA key', byOpenssl('-newkey', 'rsa:2048', '-sha256'), 'SHA-256'],
    ['with a P-384 key', byOpenssl('-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-sha256'), 'P-256'],
    ['signed with SHA-384', byOpenssl(...P256, '-sha384'), 'SHA-256'],
    ['with a byte after it', concatBytes(leaf, Uint8Array.of(0)), 'trailing'],
    ['cut short', leaf.slice(0, -1), 'cut short'],
    ['longer than 4096 bytes', odd([extension('1.2.3', new Uint8Array(5000))]), 'longer'],
    ['with the serial number 0', odd([], { certificateSerialNumber: '00' }), 'serial number'],
    ['with a serial number of 21 bytes', odd([], { certificateSerialNumber: '11'.repeat(21) }), 'serial number'],
    [
      'with an unknown critical extension',
      odd([sequence(oid('1.2.3'), TRUE, octetString(der(5)))]),
      'unknown critical',
    ],
    ['with an extension twice', odd([hardwareModule('1.2.3', 'aa'), hardwareModule('1.2.3', 'aa')]), 'twice'],
    [
      'with CA:FALSE written out',
      odd([extension(OID.basicConstraints, sequence(der(1, Uint8Array.of(0))))]),
      'default',
    ],
    [
      'with a path length and no CA',
      odd([extension(OID.basicConstraints, sequence(der(2, Uint8Array.of(0))))]),
      'without a CA',
    ],
    ['with an empty key usage', odd([extension(OID.keyUsage, bitString(new Uint8Array()))]), 'key usage'],
    ['with a padded key usage', odd([extension(OID.keyUsage, bitString(Uint8Array.of(0x80)))]), 'key usage'],
    ['with a name in an old alphabet', odd([], { subjectName: name(0x1e, [0x4b]) }), 'old kind'],
    ['with a name that is not UTF-8', odd([], { subjectName: name(0x0c, [0xff]) }), 'UTF-8'],
    ['with a line feed in a printable name', odd([], { subjectName: name(0x13, [0x0a]) }), 'ASCII'],
    ['without version 3', sequence(sequence(der(2, Uint8Array.of(1)))), 'missing'],
  ])('%s', (_title, bytes, reason) => {
    expect(readCertificate(bytes)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });

  function name(tag: number, content: number[]): Uint8Array {
    return sequence(der(0x31, sequence(oid(OID.commonName), der(tag, Uint8Array.from(content)))));
  }
});

test('a serial number that is repeated in the subject names no device', () => {
  const serial = (value: string) => ({ type: OID.serialNumber, value });
  const subjectName = encodeName([serial('KL-1'), serial('KL-2')]);
  const bytes = assembleCertificate(encodeTbs({ ...factsOf(leaf), subjectName, extensions: [] }), new Uint8Array(8));
  expect(factsOf(bytes).deviceSerial).toBeNull();
});

test('any bytes, and any change of a certificate, are read or refused, never thrown on', () => {
  const change = fc.tuple(fc.nat(leaf.length - 1), fc.nat(255));
  const changed = fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const bytes = Uint8Array.from(leaf);
    for (const [at, byte] of changes) bytes[at] = byte;
    return bytes;
  });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), changed), (bytes) => {
      expect(typeof readCertificate(bytes).ok).toBe('boolean');
    }),
    { numRuns: 2000 },
  );
});
