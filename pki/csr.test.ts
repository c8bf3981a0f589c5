import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { concatBytes, fromHex } from '../domain/bytes.ts';
import { buildCsr, checkCsr, checkStationCsr } from './csr.ts';
import { bitString, contextTag, der, integer, oid, sequence } from './der.ts';
import { madeKey } from './made-for-tests.ts';
import { encodeName, type NameAttribute } from './names.ts';
import { OID } from './oids.ts';
import { sha256Hex } from './p256.ts';

const expected = { deviceSerial: 'KL-7' };
const subject: NameAttribute = { type: OID.serialNumber, value: 'KL-7' };
const device = madeKey();
const good = buildCsr(subject, device.spki, device.sign);

const dir = mkdtempSync(join(tmpdir(), 'keyline-csr-'));
afterAll(() => rmSync(dir, { recursive: true }));

/** DER of a request made by openssl with these options; its key is thrown away with the folder. */
function byOpenssl(...options: string[]): Uint8Array {
  const out = join(dir, 'request.der');
  const common = ['req', '-new', '-nodes', '-keyout', join(dir, 'key'), '-outform', 'DER', '-out', out];
  execFileSync('openssl', [...common, '-subj', '/serialNumber=KL-7', ...options], { stdio: 'pipe' });
  return new Uint8Array(readFileSync(out));
}
const P256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];

/** A request of any parts, well signed unless a signature is given. */
function request({
  version = 0,
  name = encodeName([subject]),
  spki = device.spki,
  attributes = der(contextTag(0)),
  algorithm = sequence(oid(OID.ecdsaWithSha256)),
  signature = undefined as Uint8Array | undefined,
} = {}): Uint8Array {
  const info = sequence(integer(Uint8Array.of(version)), name, spki, attributes);
  return sequence(info, algorithm, bitString(signature ?? device.sign(info)));
}

describe('a device request', () => {
  test('of exactly the profile is taken, and its key handed out', () => {
    expect(checkCsr(good, expected)).toEqual({ ok: true, spki: device.spki, spkiSha256: sha256Hex(device.spki) });
    expect(checkCsr(request(), expected)).toMatchObject({ ok: true });
    expect(checkCsr(byOpenssl(...P256, '-sha256'), expected)).toMatchObject({ ok: true });
  });

  test('is read from the middle of a larger buffer', () => {
    const larger = concatBytes(Uint8Array.of(1, 2, 3), good, Uint8Array.of(4));
    expect(checkCsr(larger.subarray(3, -1), expected)).toMatchObject({ ok: true, spki: device.spki });
  });

  test('that openssl verifies is what we write', () => {
    const path = join(dir, 'ours.der');
    writeFileSync(path, good);
    const run = () =>
      execFileSync('openssl', ['req', '-inform', 'DER', '-in', path, '-verify', '-noout'], { stdio: 'pipe' });
    expect(run).not.toThrow();
  });

  const other = madeKey();
  const compressed = fromHex('3039301306072a8648ce3d020106082a8648ce3d030107032200');
  const flipped = (at: number) => good.map((byte, i) => (i === (at + good.length) % good.length ? byte ^ 1 : byte));
  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'cut short'],
    ['one byte too many', concatBytes(good, Uint8Array.of(0)), 'trailing bytes'],
    ['one byte too few', good.slice(0, -1), 'cut short'],
    ['another serial', buildCsr({ ...subject, value: 'KL-8' }, device.spki, device.sign), 'subject'],
    ['a serial as CN', buildCsr({ ...subject, type: OID.commonName }, device.spki, device.sign), 'subject'],
    ['no subject', request({ name: encodeName([]) }), 'subject'],
    ['a subject twice', request({ name: encodeName([subject, subject]) }), 'subject'],
    [
      'an attribute too many',
      request({ name: encodeName([subject, { type: OID.organization, value: 'X' }]) }),
      'subject',
    ],
    ['another version', request({ version: 1 }), 'version'],
    ['no attributes field', request({ attributes: new Uint8Array() }), 'missing'],
    ['another request inside', sequence(good, good), 'SHA-256'],
    ['a wish for extensions', byOpenssl(...P256, '-sha256', '-addext', 'keyUsage=keyCertSign'), 'asks for'],
    ['an RSA key', byOpenssl('-newkey', 'rsa:2048', '-sha256'), 'SHA-256'],
    ['a P-384 key', byOpenssl('-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-sha256'), 'P-256'],
    ['SHA-384', byOpenssl(...P256, '-sha384'), 'SHA-256'],
    ['explicit curve parameters', byOpenssl(...P256, '-sha256', '-pkeyopt', 'ec_param_enc:explicit'), 'P-256'],
    ['a compressed point', request({ spki: concatBytes(compressed, device.spki.subarray(26, 59)) }), 'P-256'],
    ['a point off the curve', request({ spki: concatBytes(device.spki.subarray(0, 90), Uint8Array.of(0)) }), 'P-256'],
    ['the signature of another key', buildCsr(subject, device.spki, other.sign), 'own key'],
    ['an empty signature', request({ signature: new Uint8Array() }), 'own key'],
    ['a changed signature', flipped(-1), 'own key'],
    ['parameters beside the algorithm', request({ algorithm: sequence(oid(OID.ecdsaWithSha256), der(5)) }), 'SHA-256'],
    ['more than 2048 bytes', request({ attributes: der(contextTag(0), new Uint8Array(2048)) }), 'longer'],
  ])('with %s is refused', (_title, bytes, reason) => {
    expect(checkCsr(bytes, expected)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });

  test('signed with another hash than it names is refused', () => {
    const info = sequence(integer(Uint8Array.of(0)), encodeName([subject]), device.spki, der(contextTag(0)));
    const signature = new Uint8Array(sign('sha384', info, device.key));
    expect(checkCsr(request({ signature }), expected)).toMatchObject({ ok: false });
  });

  test('of a P-256 point with an Edwards signature is refused', () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const spki = new Uint8Array(
      createPublicKey(publicKey.export({ format: 'pem', type: 'spki' })).export({ format: 'der', type: 'spki' }),
    );
    expect(checkCsr(request({ spki }), expected)).toMatchObject({ ok: false, reason: 'not a P-256 key' });
  });
});

test('a station request names the station as CN and nothing else', () => {
  const station = buildCsr({ type: OID.commonName, value: 'line-4' }, device.spki, device.sign);
  expect(checkStationCsr(station, { stationId: 'line-4' })).toMatchObject({ ok: true, spki: device.spki });
  expect(checkStationCsr(station, { stationId: 'line-5' })).toMatchObject({ ok: false });
  expect(checkStationCsr(good, { stationId: 'KL-7' })).toMatchObject({ ok: false });
});
