// What an injection binds, byte by byte (docs/device-protocol.md 5.6): `info`, AAD, the label of a device's PSK, and the
// message of one seal. Pure: the cryptography itself is the sealer's and the device's.
import { concatBytes } from '../domain/bytes.ts';
import { assert } from '../domain/errors.ts';
import { decodeCborMap, encodeCbor } from './cbor.ts';
import { InjectMessage } from './identity-group.ts';

const ascii = new TextEncoder();
const INFO_LABEL = ascii.encode('keyline-inject-v1');
const PSK_LABEL = ascii.encode('keyline-psk-v1');

/** The constant part of the header of command 5: op 2 and version 1, group, command. */
export const INJECT_AAD: Uint8Array = Uint8Array.of(0x0a, 0x4b, 0x4c, 0x05);

export interface InjectSession {
  /** 6 to 32 bytes. */
  readonly hwid: Uint8Array;
  /** Id of the station, 1 to 64 printable ASCII characters. */
  readonly station: string;
  /** The station's nonce, 16 bytes. */
  readonly nonce: Uint8Array;
  /** The device's nonce, 16 bytes. */
  readonly dn: Uint8Array;
}

/** HPKE's `info`: two sessions that differ in any part differ here. */
export function injectInfo({ hwid, station, nonce, dn }: InjectSession): Uint8Array {
  return concatBytes(INFO_LABEL, withLength(hwid), withLength(ascii.encode(station)), nonce, dn);
}

/** HKDF's `info` when a device's PSK is made of the factory secret. */
export function pskInfo(hwid: Uint8Array): Uint8Array {
  return concatBytes(PSK_LABEL, hwid);
}

/** CBOR map of `enc`, 65 bytes, and `ct`, 48; their lengths are the caller's to keep. */
export function encodeInjectMessage({ enc, ct }: { readonly enc: Uint8Array; readonly ct: Uint8Array }): Uint8Array {
  return encodeCbor({ enc, ct });
}

/** The message, or why the bytes are none: exactly `enc` and `ct` of their exact lengths. */
export function decodeInjectMessage(bytes: Uint8Array): InjectMessage | { refused: string } {
  const decoded = decodeCborMap(bytes);
  if ('refused' in decoded) return decoded;
  const message = InjectMessage.safeParse(decoded.map);
  return message.success ? message.data : { refused: 'not an inject message' };
}

function withLength(bytes: Uint8Array): Uint8Array {
  assert(bytes.length > 0 && bytes.length < 256, 'a length is one byte');
  return concatBytes(Uint8Array.of(bytes.length), bytes);
}
