// P-256 keys and ECDSA-SHA256 over bytes: the only key and signature kind Keyline accepts. Refuses other curves,
// compressed and explicit parameters, and points that are not on the curve (RFC 5480).
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { concatBytes, fromHex, sameBytes } from '../domain/bytes.ts';
import { integer, sequence } from './der.ts';

/** SubjectPublicKeyInfo of an uncompressed named-curve P-256 key up to, with, the 04 before x and y. */
const SPKI_HEAD = fromHex('3059301306072a8648ce3d020106082a8648ce3d03010703420004');
/** Head, x and y (RFC 5480). */
const SPKI_LENGTH = SPKI_HEAD.length + 64;

/** True for the DER of a named-curve, uncompressed P-256 key whose point is on the curve. Never throws. */
export function isP256Spki(spki: Uint8Array): boolean {
  return publicKeyOf(spki) !== null;
}

/** The key, or null when `isP256Spki` refuses it. */
function publicKeyOf(spki: Uint8Array): KeyObject | null {
  if (spki.length !== SPKI_LENGTH || !sameBytes(spki.subarray(0, SPKI_HEAD.length), SPKI_HEAD)) return null;
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

/** SubjectPublicKeyInfo, DER, of an uncompressed point of 65 bytes, or null when that is no point of the curve. */
export function p256SpkiOf(point: Uint8Array): Uint8Array | null {
  const spki = concatBytes(SPKI_HEAD.subarray(0, -1), point);
  return isP256Spki(spki) ? spki : null;
}

/** DER of r and s from their 64 bytes as a token gives them, r first (PKCS#11 v2.40, 2.3.1). */
export function signatureDer(raw: Uint8Array): Uint8Array {
  return sequence(integer(raw.subarray(0, 32)), integer(raw.subarray(32)));
}

/** True when `signature` (DER of r and s) is ECDSA-SHA256 over `message` by the key. Never throws. */
export function verifySignature(spki: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = publicKeyOf(spki);
  if (!key) return false;
  try {
    return verify('sha256', message, key, signature);
  } catch {
    return false;
  }
}

/** SHA-256, 64 hex digits. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Key identifier of 20 bytes: the left 160 bits of SHA-256 over the point (RFC 7093 section 2, method 1). */
export function keyId(spki: Uint8Array): Uint8Array {
  const point = spki.subarray(SPKI_HEAD.length - 1);
  return new Uint8Array(createHash('sha256').update(point).digest().subarray(0, 20));
}
