// The receiving half of HPKE (RFC 9180) as a device has it: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, one
// message, base or PSK mode. Written over node:crypto alone, so that what the station seals is opened by other code.
import { createDecipheriv, createECDH, createHmac, type ECDH } from 'node:crypto';
import { concatBytes } from '../domain/bytes.ts';

const HASH_BYTES = 32;
const KEY_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const EMPTY = new Uint8Array(0);
const ascii = new TextEncoder();
/** KEM 0x0010; KEM, KDF 0x0001 and AEAD 0x0001 (RFC 9180, 4.1 and 5.1). */
const KEM_SUITE = concatBytes(ascii.encode('KEM'), Uint8Array.of(0, 0x10));
const SUITE = concatBytes(ascii.encode('HPKE'), Uint8Array.of(0, 0x10, 0, 1, 0, 1));

/** Mode and secret of the recipient; 32 bytes or more of PSK. */
export interface PreSharedKey {
  readonly key: Uint8Array;
  readonly id: Uint8Array;
}

export interface Sealed {
  /** Encapsulated key, an uncompressed point of 65 bytes. */
  readonly enc: Uint8Array;
  readonly ct: Uint8Array;
}

/** Ephemeral key of one session. */
export function newRecipient(): ECDH {
  const recipient = createECDH('prime256v1');
  recipient.generateKeys();
  return recipient;
}

/** The plaintext, or null when the message does not open. Never throws on what was received. */
export function hpkeOpen(
  recipient: ECDH,
  sealed: Sealed,
  info: Uint8Array,
  aad: Uint8Array,
  psk: PreSharedKey | null,
): Uint8Array | null {
  try {
    const secret = decapsulate(recipient, sealed.enc);
    const { key, nonce } = keySchedule(secret, info, psk);
    const decipher = createDecipheriv('aes-128-gcm', key, nonce);
    decipher.setAAD(aad);
    decipher.setAuthTag(sealed.ct.subarray(-TAG_BYTES));
    const plain = concatBytes(decipher.update(sealed.ct.subarray(0, -TAG_BYTES)), decipher.final());
    return plain;
  } catch {
    return null;
  }
}

/** Decap of DHKEM (RFC 9180, 4.1). Throws for an `enc` that is no point of the curve. */
function decapsulate(recipient: ECDH, enc: Uint8Array): Uint8Array {
  const shared = recipient.computeSecret(enc);
  const context = concatBytes(enc, recipient.getPublicKey());
  const extracted = labeledExtract(KEM_SUITE, EMPTY, 'eae_prk', shared);
  return labeledExpand(KEM_SUITE, extracted, 'shared_secret', context, HASH_BYTES);
}

/** KeySchedule for the first message (RFC 9180, 5.1): sequence 0, so the nonce is the base nonce. */
export function keySchedule(
  sharedSecret: Uint8Array,
  info: Uint8Array,
  psk: PreSharedKey | null,
): { key: Uint8Array; nonce: Uint8Array } {
  const context = concatBytes(
    Uint8Array.of(psk ? 1 : 0),
    labeledExtract(SUITE, EMPTY, 'psk_id_hash', psk?.id ?? EMPTY),
    labeledExtract(SUITE, EMPTY, 'info_hash', info),
  );
  const secret = labeledExtract(SUITE, sharedSecret, 'secret', psk?.key ?? EMPTY);
  return {
    key: labeledExpand(SUITE, secret, 'key', context, KEY_BYTES),
    nonce: labeledExpand(SUITE, secret, 'base_nonce', context, NONCE_BYTES),
  };
}

function labeledExtract(suite: Uint8Array, salt: Uint8Array, label: string, ikm: Uint8Array): Uint8Array {
  const labeled = concatBytes(ascii.encode('HPKE-v1'), suite, ascii.encode(label), ikm);
  return createHmac('sha256', salt).update(labeled).digest();
}

function labeledExpand(
  suite: Uint8Array,
  prk: Uint8Array,
  label: string,
  info: Uint8Array,
  length: number,
): Uint8Array {
  const size = Uint8Array.of(length >> 8, length & 0xff);
  const labeled = concatBytes(size, ascii.encode('HPKE-v1'), suite, ascii.encode(label), info);
  // No output here is longer than one hash, so one round of HKDF-Expand is all.
  return createHmac('sha256', prk).update(labeled).update(Uint8Array.of(1)).digest().subarray(0, length);
}
