// CBOR as the device protocol uses it: maps with text keys, byte and text strings, 32-bit integers, booleans, arrays.
// cbor-x does the work; cbor-scan stands in front of it, since alone it takes tags, records, repeated and numeric keys.
import { Decoder, Encoder } from 'cbor-x';
import { scanCbor } from './cbor-scan.ts';

/** A decoded map. Byte strings are `Uint8Array` views of the bytes that were decoded. */
export type CborMap = Record<string, unknown>;

const encoder = new Encoder({ useRecords: false, tagUint8Array: false, variableMapSize: true });
const decoder = new Decoder({ useRecords: false, mapsAsObjects: true });

/** Shortest form of every integer and length; keys in the order of the object. Integers lie within 32 bits. */
export function encodeCbor(value: unknown): Uint8Array {
  const encoded = encoder.encode(value);
  return new Uint8Array(encoded.buffer, encoded.byteOffset, encoded.length);
}

/** The one item that the bytes are, or why they are none. Never throws; allocates no more than a few times the input. */
export function decodeCbor(bytes: Uint8Array): { value: unknown } | { refused: string } {
  const refused = scanCbor(bytes);
  if (refused !== null) return { refused };
  // A view of its own: the library leaves a property on the array that it reads, and Buffers would give Buffers.
  return { value: decoder.decode(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)) };
}

/** As `decodeCbor`, for a map. */
export function decodeCborMap(bytes: Uint8Array): { map: CborMap } | { refused: string } {
  const major = (bytes[0] ?? 0) >> 5;
  if (bytes.length > 0 && major !== 5) return { refused: 'the CBOR item is not a map' };
  const decoded = decodeCbor(bytes);
  return 'refused' in decoded ? decoded : { map: decoded.value as CborMap };
}
