// P-256 key pairs of virtual devices, fresh or from a private number. The private half belongs into one device record,
// or nowhere.
import { createPrivateKey, createPublicKey, type ECDH, generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface KeyPair {
  readonly privateKey: KeyObject;
  /** DER. */
  readonly spki: Uint8Array;
}

export function newKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateKey, spki: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })) };
}

/** The pair that a private number makes, both DER. */
export function p256KeyPair(holder: ECDH): { readonly pkcs8: Uint8Array; readonly spki: Uint8Array } {
  const point = holder.getPublicKey();
  const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url');
  const d = Buffer.alloc(32);
  const number = holder.getPrivateKey();
  number.copy(d, 32 - number.length);
  const jwk = { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33), d: d.toString('base64url') };
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  return {
    pkcs8: new Uint8Array(key.export({ format: 'der', type: 'pkcs8' })),
    spki: new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' })),
  };
}
