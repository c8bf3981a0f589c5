// Factory secrets of device models, one file each below `keys/psk/`, encrypted under the station's passphrase like its
// keys. Refuses to replace one. In memory as bytes while the station is unlocked, and in no text.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sameBytes } from '../../domain/bytes.ts';
import { KeylineError } from '../../domain/errors.ts';
import { PRACTICE_SECRET_NAME } from '../../domain/practice-secret.ts';
import { SecretName } from '../../domain/recipe.ts';
import type { Random } from '../../domain/seams.ts';
import { fromPem, toPem } from '../../pki/pem.ts';
import { exists, readSmallFile, syncFolder, writeNewFile } from './durable-file.ts';
import { decryptKey, encryptKey } from './encrypted-key.ts';
import { type Secret, secretBytes } from './secret.ts';

const FOLDER = 'psk';
const LABEL = 'KEYLINE ENCRYPTED SECRET';
const SECRET_BYTES = 32;
/** SHA-256 in front of it. */
const CHECK_BYTES = 32;
/** Opening one takes a seventh of a second; a station serves no more models than this. */
const MAX_SECRETS = 16;

/** Names of the secrets that are there; no passphrase needed. */
export function factorySecretNames(keysDir: string): readonly string[] {
  const place = join(keysDir, FOLDER);
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .filter((name) => SecretName.safeParse(name).success)
    .sort();
}

export interface SecretImport {
  readonly name: string;
  /** 32 bytes; the caller wipes them. */
  readonly secret: Uint8Array;
  readonly passphrase: Secret;
  readonly random: Random;
}

/** Throws PSK_EXISTS, PSK_INVALID, and USAGE for a name that is none, that practice has, or that would be one too many. */
export async function importFactorySecret(keysDir: string, order: SecretImport): Promise<void> {
  const { name, secret, passphrase, random } = order;
  if (!SecretName.safeParse(name).success || name === PRACTICE_SECRET_NAME)
    throw new KeylineError('USAGE', 'a secret is named in lower-case letters, digits and -, and not practice');
  if (secret.length !== SECRET_BYTES || secret.every((byte) => byte === secret[0]))
    throw new KeylineError('PSK_INVALID', 'not 32 bytes of a secret');
  const place = join(keysDir, FOLDER);
  if (await exists(join(place, name))) throw new KeylineError('PSK_EXISTS', name);
  if (factorySecretNames(keysDir).length >= MAX_SECRETS)
    throw new KeylineError('USAGE', `a station holds ${MAX_SECRETS} factory secrets at most`);
  await mkdir(place, { recursive: true, mode: 0o700 });
  await syncFolder(keysDir);
  const plain = secretBytes(CHECK_BYTES + SECRET_BYTES);
  plain.set(checkOf(name, secret));
  plain.set(secret, CHECK_BYTES);
  const encrypted = await encryptKey(plain, passphrase, random);
  plain.fill(0);
  await writeNewFile(join(place, name), toPem(LABEL, encrypted));
}

/** All of them by name. Throws PASSPHRASE_WRONG, KEY_FILE_INVALID, FILE_UNREADABLE. */
export async function openFactorySecrets(
  keysDir: string,
  passphrase: Secret,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const secrets = new Map<string, Uint8Array>();
  for (const name of factorySecretNames(keysDir).slice(0, MAX_SECRETS)) {
    secrets.set(name, await openSecret(join(keysDir, FOLDER, name), name, passphrase));
  }
  return secrets;
}

async function openSecret(path: string, name: string, passphrase: Secret): Promise<Uint8Array> {
  const [file, ...more] = fromPem(LABEL, await readSmallFile(path)) ?? [];
  if (!file || more.length > 0) throw new KeylineError('KEY_FILE_INVALID', 'not one factory secret', { path });
  const plain = await decryptKey(file, passphrase);
  if (plain === 'format') throw new KeylineError('KEY_FILE_INVALID', 'not encrypted as keys are', { path });
  if (plain === 'passphrase') throw new KeylineError('PASSPHRASE_WRONG', '', { path });
  const secret = new Uint8Array(secretBytes(SECRET_BYTES).buffer);
  const whole = plain.length === CHECK_BYTES + SECRET_BYTES;
  if (whole) secret.set(plain.subarray(CHECK_BYTES));
  const check = Uint8Array.from(plain.subarray(0, CHECK_BYTES));
  plain.fill(0);
  // A wrong passphrase leaves whole padding once in 256 times; a file that was renamed holds another model's secret.
  if (whole && sameBytes(check, checkOf(name, secret))) return secret;
  secret.fill(0);
  throw new KeylineError('PASSPHRASE_WRONG', '', { path });
}

function checkOf(name: string, secret: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`keyline factory secret ${name}\n`).update(secret).digest());
}
