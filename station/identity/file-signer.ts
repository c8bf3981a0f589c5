// A signer whose key lies in an encrypted file (FORMATS, passphrase) and, while it is open, in memory. Refuses any
// curve but P-256, fewer than 600,000 rounds, and to write over a file that is there.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { KeylineError } from '../../domain/errors.ts';
import type { Random } from '../../domain/seams.ts';
import { isP256Spki } from '../../pki/p256.ts';
import { fromPem, toPem } from '../../pki/pem.ts';
import { readSmallFile, writeNewFile } from './durable-file.ts';
import { decryptKey, encryptKey } from './encrypted-key.ts';
import type { Secret } from './secret.ts';
import type { Signer } from './signer.ts';

const LABEL = 'ENCRYPTED PRIVATE KEY';

/** A new P-256 key from the operating system's random source. */
export function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

/** SubjectPublicKeyInfo, DER, of a private key. */
export function spkiOf(key: KeyObject): Uint8Array {
  return new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }));
}

/** DER of r and s, ECDSA-SHA256 over `message`. */
export function signWith(key: KeyObject, message: Uint8Array): Uint8Array {
  return new Uint8Array(sign('sha256', message, key));
}

/**
 * Writes the key, encrypted, to a new file that only its owner may read; whole or not at all.
 * Throws PASSPHRASE_MISSING on an empty passphrase, KEY_FILE_EXISTS.
 */
export async function writeEncryptedKey(
  path: string,
  key: KeyObject,
  passphrase: Secret,
  random: Random,
): Promise<void> {
  if (passphrase.isEmpty) throw new KeylineError('PASSPHRASE_MISSING', 'it is empty', { path });
  const plain = key.export({ format: 'der', type: 'pkcs8' });
  const encrypted = await encryptKey(plain, passphrase, random);
  plain.fill(0);
  await writeNewFile(path, toPem(LABEL, encrypted));
}

/** Private key of a file. Throws FILE_UNREADABLE, KEY_FILE_INVALID, PASSPHRASE_MISSING, PASSPHRASE_WRONG. */
export async function openKey(path: string, passphrase: Secret): Promise<KeyObject> {
  const [file, ...more] = fromPem(LABEL, await readSmallFile(path)) ?? [];
  if (!file || more.length > 0) throw new KeylineError('KEY_FILE_INVALID', 'not one encrypted key', { path });
  if (passphrase.isEmpty) throw new KeylineError('PASSPHRASE_MISSING', 'it is empty', { path });
  const plain = await decryptKey(file, passphrase);
  if (plain === 'format')
    throw new KeylineError('KEY_FILE_INVALID', 'not PBES2 with PBKDF2-SHA256, 600,000 rounds, AES-256-CBC', { path });
  // A wrong passphrase leaves whole padding once in 256 times, but never a key.
  const key = plain === 'passphrase' ? null : privateKeyOf(plain);
  if (!key) throw new KeylineError('PASSPHRASE_WRONG', '', { path });
  if (!isP256Spki(spkiOf(key))) throw new KeylineError('KEY_FILE_INVALID', 'not a P-256 key', { path });
  return key;
}

/** Signer over the key of a file. Throws as `openKey`. */
export async function openFileSigner(path: string, passphrase: Secret): Promise<Signer> {
  return keySigner(await openKey(path, passphrase));
}

/** Signer over a key in memory. */
export function keySigner(key: KeyObject): Signer {
  return { spki: spkiOf(key), sign: async (message) => signWith(key, message) };
}

function privateKeyOf(plain: Buffer): KeyObject | null {
  try {
    return createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' });
  } catch {
    return null;
  } finally {
    plain.fill(0);
  }
}
