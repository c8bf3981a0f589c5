// The one encryption of private keys at rest: PKCS#8 EncryptedPrivateKeyInfo with PBES2, PBKDF2-HMAC-SHA256 and
// AES-256-CBC (RFC 8018; FORMATS, passphrase). Any other scheme and fewer rounds are refused; openssl reads it.
import { createCipheriv, createDecipheriv, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { sameBytes } from '../../domain/bytes.ts';
import type { Random } from '../../domain/seams.ts';
import {
  DerCursor,
  DerError,
  demand,
  der,
  integer,
  octetString,
  oid,
  readDer,
  readInteger,
  sequence,
  TAG,
} from '../../pki/der.ts';
import { type Secret, secretBytes } from './secret.ts';

/** OWASP 2023 for PBKDF2-HMAC-SHA256; 145 ms here. Fewer are refused: a weakened file is not accepted in silence. */
const ITERATIONS = 600_000;
/** Some three seconds of work: a file may not ask for more. */
const MAX_ITERATIONS = 10_000_000;
const SALT_LENGTH = 16;
/** One AES block. */
const IV_LENGTH = 16;
/** AES-256. */
const KEY_LENGTH = 32;

const NULL = der(0x05);
const PBES2 = oid('1.2.840.113549.1.5.13');
const PBKDF2 = oid('1.2.840.113549.1.5.12');
const HMAC_WITH_SHA256 = sequence(oid('1.2.840.113549.2.9'), NULL);
const AES_256_CBC = oid('2.16.840.1.101.3.4.1.42');

interface Envelope {
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly iv: Uint8Array;
  readonly data: Uint8Array;
}

/** Derives off the event loop. */
const derive = promisify(pbkdf2);

/** EncryptedPrivateKeyInfo, DER, around a PrivateKeyInfo, DER. */
export async function encryptKey(privateKeyInfo: Uint8Array, passphrase: Secret, random: Random): Promise<Uint8Array> {
  const salt = random.bytes(SALT_LENGTH);
  const iv = random.bytes(IV_LENGTH);
  const key = await derive(passphrase.bytes, salt, ITERATIONS, KEY_LENGTH, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const data = Buffer.concat([cipher.update(privateKeyInfo), cipher.final()]);
  key.fill(0);
  return encode({ salt, iterations: ITERATIONS, iv, data });
}

/**
 * PrivateKeyInfo, DER, or why there is none: `format` when the bytes are not this encryption, `passphrase` when it
 * does not open them; a changed byte of the encrypted data looks like that too. The caller wipes it.
 */
export async function decryptKey(file: Uint8Array, passphrase: Secret): Promise<Buffer | 'format' | 'passphrase'> {
  const envelope = decode(file);
  if (!envelope) return 'format';
  const key = await derive(passphrase.bytes, envelope.salt, envelope.iterations, KEY_LENGTH, 'sha256');
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, envelope.iv);
    return gathered([decipher.update(envelope.data), decipher.final()]);
  } catch {
    return 'passphrase';
  } finally {
    key.fill(0);
  }
}

/** In one place that the caller can wipe; the parts are wiped here. */
function gathered(parts: readonly Buffer[]): Buffer {
  const whole = secretBytes(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
    part.fill(0);
  }
  return whole;
}

function encode({ salt, iterations, iv, data }: Envelope): Uint8Array {
  const rounds = Buffer.alloc(4);
  rounds.writeUInt32BE(iterations);
  const derivation = sequence(PBKDF2, sequence(octetString(salt), integer(rounds), HMAC_WITH_SHA256));
  const cipher = sequence(AES_256_CBC, octetString(iv));
  return sequence(sequence(PBES2, sequence(derivation, cipher)), octetString(data));
}

function decode(file: Uint8Array): Envelope | null {
  try {
    const outer = new DerCursor(readDer(file, TAG.sequence));
    const parameters = new DerCursor(algorithm(outer, PBES2).take(TAG.sequence));
    const derivation = new DerCursor(algorithm(parameters, PBKDF2).take(TAG.sequence));
    const salt = derivation.take(TAG.octetString).content;
    const rounds = readInteger(derivation.take(TAG.integer));
    // keyLength may be left out; it can only be that of AES-256.
    const keyLength = derivation.optional(TAG.integer);
    demand(keyLength === null || keyLength.content[0] === KEY_LENGTH, 'another key length');
    demand(sameBytes(derivation.take(TAG.sequence).whole, HMAC_WITH_SHA256), 'another hash');
    derivation.end();
    const iv = algorithm(parameters, AES_256_CBC).take(TAG.octetString).content;
    parameters.end();
    const data = outer.take(TAG.octetString).content;
    outer.end();
    demand(rounds.length <= 4, 'too many rounds');
    const iterations = rounds.reduce((sum, byte) => sum * 256 + byte, 0);
    demand(iterations >= ITERATIONS && iterations <= MAX_ITERATIONS, 'too few or too many rounds');
    demand(iv.length === IV_LENGTH && data.length > 0 && data.length % IV_LENGTH === 0, 'no whole blocks');
    return { salt, iterations, iv, data };
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}

/** Cursor behind the identifier of the next AlgorithmIdentifier, which must be this one. */
function algorithm(cursor: DerCursor, identifier: Uint8Array): DerCursor {
  const fields = new DerCursor(cursor.take(TAG.sequence));
  demand(sameBytes(fields.take(TAG.oid).whole, identifier), 'another algorithm');
  return fields;
}
