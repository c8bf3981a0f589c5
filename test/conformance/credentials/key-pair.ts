// P-256 keys of the suite, as the wire carries them: SubjectPublicKeyInfo, points, scalars.
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { Disagreement } from '../disagreement.ts';
import { type Bytes, equal, fromHex, join } from '../wire/bytes.ts';

/** SubjectPublicKeyInfo of P-256 up to the point (RFC 5480). */
const SPKI_PREFIX = fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200');
/** Order of the group, FIPS 186-4. */
export const GROUP_ORDER = fromHex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

export interface KeyPair {
  readonly privateKey: KeyObject;
  /** 32 bytes, big endian. */
  readonly scalar: Bytes;
  readonly spki: Bytes;
}

export function newKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { d = '' } = privateKey.export({ format: 'jwk' });
  return {
    privateKey,
    scalar: Uint8Array.from(Buffer.from(d, 'base64url')),
    spki: Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' })),
  };
}

/** Throws Disagreement where the bytes are no P-256 key on the curve, in DER. */
export function publicKeyOf(spki: Uint8Array): KeyObject {
  const rightForm = spki.length === SPKI_PREFIX.length + 65 && equal(spki.subarray(0, SPKI_PREFIX.length), SPKI_PREFIX);
  if (!rightForm) throw new Disagreement('a SubjectPublicKeyInfo of P-256', `${spki.length} bytes of another`);
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch {
    throw new Disagreement('a point of P-256', 'another');
  }
}

/** The same for an uncompressed point, 65 bytes. */
export function publicKeyOfPoint(point: Uint8Array): KeyObject {
  return publicKeyOf(join(SPKI_PREFIX, point));
}
