// The least of DER that certificates and requests of the suite need, written and read.
import { Disagreement } from '../disagreement.ts';
import { type Bytes, fromHex, join } from '../wire/bytes.ts';

const SEQUENCE = 0x30;
const SET = 0x31;
const BIT_STRING = 0x03;
const OBJECT_ID = 0x06;

/** Content of OBJECT IDENTIFIER values. */
export const OID = {
  serialNumber: fromHex('550405'),
  commonName: fromHex('550403'),
  ecdsaWithSha256: fromHex('2a8648ce3d040302'),
  basicConstraints: fromHex('551d13'),
  /** Below the enterprise number for documentation (RFC 5612). */
  padding: fromHex('2b0601040181fd5901'),
} as const;

export function der(tag: number, ...content: readonly Uint8Array[]): Bytes {
  const body = join(...content);
  return join(Uint8Array.of(tag), lengthOf(body.length), body);
}

export function sequence(...content: readonly Uint8Array[]): Bytes {
  return der(SEQUENCE, ...content);
}

export function set(...content: readonly Uint8Array[]): Bytes {
  return der(SET, ...content);
}

export function bitString(bytes: Uint8Array): Bytes {
  return der(BIT_STRING, Uint8Array.of(0), bytes);
}

export function objectId(content: Uint8Array): Bytes {
  return der(OBJECT_ID, content);
}

function lengthOf(length: number): Bytes {
  if (length < 0x80) return Uint8Array.of(length);
  return length < 0x100 ? Uint8Array.of(0x81, length) : Uint8Array.of(0x82, length >> 8, length & 0xff);
}

export interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content. */
  readonly whole: Uint8Array;
}

/** The elements that the bytes are, one after the other. Throws Disagreement where they are no DER. */
export function elementsOf(bytes: Uint8Array): Element[] {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [tag = 0, first = 0, second = 0, third = 0] = bytes.subarray(at);
    const headBytes = first < 0x80 ? 2 : first === 0x81 ? 3 : 4;
    const length = first < 0x80 ? first : first === 0x81 ? second : (second << 8) | third;
    const end = at + headBytes + length;
    const shortest = first < 0x80 || (first === 0x81 && length >= 0x80) || (first === 0x82 && length >= 0x100);
    if (!shortest || end > bytes.length) throw new Disagreement('DER', `another encoding at byte ${at}`);
    elements.push({ tag, content: bytes.slice(at + headBytes, end), whole: bytes.slice(at, end) });
    at = end;
  }
  return elements;
}
