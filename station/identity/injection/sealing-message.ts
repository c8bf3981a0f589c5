// What is said between the station and its sealing program: one order in, one sealed key out, both as bare bytes of known
// length, since text could not be wiped. Refuses anything longer, shorter or of another shape.
import { concatBytes } from '../../../domain/bytes.ts';
import { assert } from '../../../domain/errors.ts';

/** What a key is sealed to and bound to (HPKE, RFC 9180). */
export interface SealingOrder {
  /** Uncompressed P-256 point, 65 bytes. */
  readonly recipient: Uint8Array;
  /** At most 255 bytes. */
  readonly info: Uint8Array;
  /** At most 255 bytes. */
  readonly aad: Uint8Array;
  /** PSK mode: key of 32 bytes, id of 1 to 255; null is base mode. */
  readonly psk: { readonly key: Uint8Array; readonly id: Uint8Array } | null;
}

export interface SealedKey {
  /** SubjectPublicKeyInfo of the key inside, DER, 91 bytes. */
  readonly spki: Uint8Array;
  readonly enc: Uint8Array;
  readonly ct: Uint8Array;
}

const POINT_BYTES = 65;
const PSK_BYTES = 32;
const SPKI_BYTES = 91;
const ENC_BYTES = 65;
/** A private key of 32 bytes and the tag of 16. */
const CT_BYTES = 48;

export const ANSWER_BYTES: number = SPKI_BYTES + ENC_BYTES + CT_BYTES;
/** Longest order: three fields with a length of one byte each, the point and a PSK. */
export const MAX_ORDER_BYTES: number = POINT_BYTES + PSK_BYTES + 3 * 256;

/** The caller wipes it: it holds the PSK. */
export function encodeOrder({ recipient, info, aad, psk }: SealingOrder): Uint8Array {
  assert(recipient.length === POINT_BYTES, 'a recipient is a point of P-256');
  assert(psk === null || psk.key.length === PSK_BYTES, 'a PSK has 32 bytes');
  return concatBytes(
    recipient,
    field(info),
    field(aad),
    field(psk?.id ?? new Uint8Array(0)),
    psk?.key ?? new Uint8Array(0),
  );
}

/** The order, its parts copies of their own, or null. */
export function decodeOrder(bytes: Uint8Array): SealingOrder | null {
  let at = 0;
  const take = (length: number): Uint8Array => {
    const part = Uint8Array.from(bytes.subarray(at, at + length));
    // Beyond the end too: what is short of a byte is no order.
    at += length;
    return part;
  };
  const takeField = () => take(take(1)[0] ?? 0);
  const recipient = take(POINT_BYTES);
  const [info, aad, id] = [takeField(), takeField(), takeField()];
  const psk = id.length === 0 ? null : { key: take(PSK_BYTES), id };
  return at === bytes.length && recipient[0] === 4 ? { recipient, info, aad, psk } : null;
}

export function encodeAnswer({ spki, enc, ct }: SealedKey): Uint8Array {
  return concatBytes(spki, enc, ct);
}

/** Null for bytes of another length. */
export function decodeAnswer(bytes: Uint8Array): SealedKey | null {
  if (bytes.length !== ANSWER_BYTES) return null;
  const copy = (from: number, to: number) => Uint8Array.from(bytes.subarray(from, to));
  return {
    spki: copy(0, SPKI_BYTES),
    enc: copy(SPKI_BYTES, SPKI_BYTES + ENC_BYTES),
    ct: copy(SPKI_BYTES + ENC_BYTES, ANSWER_BYTES),
  };
}

function field(bytes: Uint8Array): Uint8Array {
  assert(bytes.length < 256, 'a length is one byte');
  return concatBytes(Uint8Array.of(bytes.length), bytes);
}
