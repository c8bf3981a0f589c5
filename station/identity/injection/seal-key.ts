// Makes one P-256 key and seals its private half to a board: HPKE (RFC 9180) with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256
// and AES-128-GCM, base or PSK mode. Runs in the sealing program alone: the private key is in no other process.
import { createECDH } from 'node:crypto';
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { concatBytes, fromHex } from '../../../domain/bytes.ts';
import type { SealedKey, SealingOrder } from './sealing-message.ts';

/** SubjectPublicKeyInfo of an uncompressed named-curve P-256 key up to its point (RFC 5480). */
const SPKI_HEAD = fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200');
const PRIVATE_KEY_BYTES = 32;

/** RFC 9180, 7: KEM 0x0010, KDF 0x0001, AEAD 0x0001. */
export function sealingSuite(): CipherSuite {
  return new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
}

/** Wipes the private key before it settles. Throws for a recipient that is no point of the curve. */
export async function sealNewKey({ recipient, info, aad, psk }: SealingOrder): Promise<SealedKey> {
  const suite = sealingSuite();
  const recipientPublicKey = await suite.kem.deserializePublicKey(recipient);
  const pair = createECDH('prime256v1');
  const spki = concatBytes(SPKI_HEAD, pair.generateKeys());
  const number = pair.getPrivateKey();
  const privateKey = new Uint8Array(PRIVATE_KEY_BYTES);
  privateKey.set(number, PRIVATE_KEY_BYTES - number.length);
  try {
    const { enc, ct } = await suite.seal({ recipientPublicKey, info, ...(psk && { psk }) }, privateKey, aad);
    return { spki, enc: new Uint8Array(enc), ct: new Uint8Array(ct) };
  } finally {
    privateKey.fill(0);
    number.fill(0);
  }
}
