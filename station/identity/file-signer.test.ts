import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../domain/error-table.ts';
import { chance } from '../../pki/made-for-tests.ts';
import { verifySignature } from '../../pki/p256.ts';
import { decryptKey, encryptKey } from './encrypted-key.ts';
import { newKey, openFileSigner, spkiOf, writeEncryptedKey } from './file-signer.ts';
import { Secret } from './secret.ts';

const dir = mkdtempSync(join(tmpdir(), 'keyline-signer-'));
afterAll(() => rmSync(dir, { recursive: true }));
let files = 0;
const fresh = () => join(dir, `${files++}.key.pem`);

const key = newKey();
const path = fresh();
await writeEncryptedKey(path, key, Secret.fromText('correct horse'), chance);
const pem = readFileSync(path, 'utf8');

/** A file with this text. */
function file(text: string | Uint8Array): string {
  const place = fresh();
  writeFileSync(place, text);
  return place;
}

/** A key of openssl, encrypted by these options under the passphrase `p`. */
function byOpenssl(algorithm: string[], encryption: string[]): string {
  const [plain, place] = [fresh(), fresh()];
  execFileSync('openssl', ['genpkey', ...algorithm, '-out', plain], { stdio: 'pipe' });
  const encrypt = ['pkcs8', '-topk8', '-in', plain, '-out', place, '-passout', 'stdin', ...encryption];
  execFileSync('openssl', encrypt, { input: 'p\n', stdio: 'pipe' });
  return place;
}
const EC = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];
const AES = ['-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA256'];

describe('a key file', () => {
  test('opens with its passphrase and signs what the public key verifies', async () => {
    const signer = await openFileSigner(path, Secret.fromText('correct horse'));
    expect(signer.spki).toEqual(spkiOf(key));
    const message = new TextEncoder().encode('a to-be-signed body');
    const signature = await signer.sign(message);
    expect(verifySignature(signer.spki, message, signature)).toBe(true);
    expect(verifySignature(signer.spki, message.subarray(1), signature)).toBe(false);
  });

  test('is read by openssl, and one by openssl is read here', async () => {
    const read = ['pkcs8', '-in', path, '-passin', 'stdin'];
    const plain = execFileSync('openssl', read, { input: 'correct horse\n', stdio: 'pipe' });
    expect(spkiOf(createPrivateKey(plain))).toEqual(spkiOf(key));
    const theirs = byOpenssl(EC, [...AES, '-iter', '600000']);
    expect((await openFileSigner(theirs, Secret.fromText('p'))).spki).toHaveLength(91);
  });

  test('is its owner’s only, whole, and leaves nothing beside it', () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  test('holds no key in clear', () => {
    expect(pem).toContain('BEGIN ENCRYPTED PRIVATE KEY');
    const encrypted = Buffer.from(pem.split('\n').slice(1, -2).join(''), 'base64');
    const { d = '' } = key.export({ format: 'jwk' });
    expect(encrypted.includes(Buffer.from(d, 'base64url'))).toBe(false);
  });

  test('replaces what a power cut left of an earlier attempt', async () => {
    const place = fresh();
    writeFileSync(`${place}.partial`, 'half a ke');
    await writeEncryptedKey(place, key, Secret.fromText('p'), chance);
    expect((await openFileSigner(place, Secret.fromText('p'))).spki).toEqual(spkiOf(key));
  });

  test('is never written over', async () => {
    const dangling = fresh();
    symlinkSync(join(dir, 'nowhere'), dangling);
    for (const taken of [path, dangling])
      await expect(writeEncryptedKey(taken, newKey(), Secret.fromText('p'), chance)).rejects.toMatchObject({
        code: 'KEY_FILE_EXISTS',
      });
    expect(readFileSync(path, 'utf8')).toBe(pem);
  });

  test('is not written under an empty passphrase', async () => {
    const place = fresh();
    await expect(writeEncryptedKey(place, key, Secret.fromText(''), chance)).rejects.toMatchObject({
      code: 'PASSPHRASE_MISSING',
    });
    expect(() => statSync(place)).toThrow('ENOENT');
  });
});

describe('a key file is refused', () => {
  const inBase64 = pem.indexOf('\n') + 1;
  const changedData = `${pem.slice(0, -60)}${pem.at(-60) === 'A' ? 'B' : 'A'}${pem.slice(-59)}`;
  const { privateKey: clear } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  test.each<[string, string, string, ErrorCode]>([
    ['with a wrong passphrase', path, 'wrong horse', 'PASSPHRASE_WRONG'],
    ['with an empty passphrase', path, '', 'PASSPHRASE_MISSING'],
    ['with changed encrypted data', file(changedData), 'correct horse', 'PASSPHRASE_WRONG'],
    ['that is not there', join(dir, 'absent'), 'p', 'FILE_UNREADABLE'],
    ['that is a folder', dir, 'p', 'FILE_UNREADABLE'],
    ['that is endless', file('A'.repeat(70_000)), 'p', 'FILE_UNREADABLE'],
    ['that is empty', file(''), 'p', 'KEY_FILE_INVALID'],
    ['cut short', file(pem.slice(0, 200)), 'correct horse', 'KEY_FILE_INVALID'],
    ['cut by a line', file(pem.split('\n').toSpliced(2, 1).join('\n')), 'correct horse', 'KEY_FILE_INVALID'],
    ['changed in its head', file(`${pem.slice(0, inBase64)}A${pem.slice(inBase64 + 1)}`), 'p', 'KEY_FILE_INVALID'],
    ['with two keys', file(pem + pem), 'correct horse', 'KEY_FILE_INVALID'],
    ['in clear', file(clear.export({ format: 'pem', type: 'pkcs8' })), 'p', 'KEY_FILE_INVALID'],
    ['in the old form', file(clear.export({ format: 'pem', type: 'sec1' })), 'p', 'KEY_FILE_INVALID'],
    ['of bytes', file(Uint8Array.of(0x30, 0x82, 0xff, 0xff)), 'p', 'KEY_FILE_INVALID'],
    ['with 2,048 rounds', byOpenssl(EC, AES), 'p', 'KEY_FILE_INVALID'],
    ['with another cipher', byOpenssl(EC, ['-v2', 'aes-128-cbc', '-iter', '600000']), 'p', 'KEY_FILE_INVALID'],
    ['with another hash', byOpenssl(EC, ['-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA1']), 'p', 'KEY_FILE_INVALID'],
    ['with scrypt', byOpenssl(EC, ['-scrypt']), 'p', 'KEY_FILE_INVALID'],
    [
      'with a P-384 key',
      byOpenssl(['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'], [...AES, '-iter', '600000']),
      'p',
      'KEY_FILE_INVALID',
    ],
    ['with an RSA key', byOpenssl(['-algorithm', 'RSA'], [...AES, '-iter', '600000']), 'p', 'KEY_FILE_INVALID'],
  ])('%s', async (_title, place, passphrase, code) => {
    await expect(openFileSigner(place, Secret.fromText(passphrase))).rejects.toMatchObject({ code });
  });

  test('and the refusal says nothing of the passphrase', async () => {
    const refusal = await openFileSigner(path, Secret.fromText('wrong horse')).catch((error: unknown) => error);
    expect(JSON.stringify(refusal) + String(refusal)).not.toContain('horse');
  });
});

test('any bytes as an encrypted key are refused, never thrown on', async () => {
  const envelope = await encryptKey(key.export({ format: 'der', type: 'pkcs8' }), Secret.fromText('p'), chance);
  const cut = fc.nat(envelope.length - 1).map((length) => envelope.slice(0, length));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), cut), async (bytes) => {
      expect(await decryptKey(bytes, Secret.fromText('p'))).toBe('format');
    }),
  );
});
