// DER (X.690) in both directions: one exact spelling of each value. Refuses indefinite or padded lengths, long tags,
// trailing bytes and deep nesting, which general ASN.1 readers let pass. `DerError` is caught at every door of pki/.
import { concatBytes } from '../domain/bytes.ts';

export class DerError extends Error {
  override readonly name = 'DerError';
}

/** Throws `DerError` with the reason unless the bytes are as demanded. */
export function demand(condition: unknown, reason: string): asserts condition {
  if (!condition) throw new DerError(reason);
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

/** Tag of a constructed context-specific value `[n]`. */
export function contextTag(n: number): number {
  return 0xa0 + n;
}

// ---- writing

/** One value: tag, minimal length, contents in order. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(...contents);
  const length = [];
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest % 256);
  const head = content.length < 128 ? [tag, content.length] : [tag, 0x80 + length.length, ...length];
  return concatBytes(Uint8Array.from(head), content);
}

export function sequence(...contents: readonly Uint8Array[]): Uint8Array {
  return der(TAG.sequence, ...contents);
}

/** Non-negative INTEGER of big-endian bytes. */
export function integer(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Uint8Array.of(0) : bytes.subarray(first);
  return (digits[0] ?? 0) >= 0x80 ? der(TAG.integer, Uint8Array.of(0), digits) : der(TAG.integer, digits);
}

export function octetString(bytes: Uint8Array): Uint8Array {
  return der(TAG.octetString, bytes);
}

/** BIT STRING; `unusedBits` 0 to 7 at the end of the last byte. */
export function bitString(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  return der(TAG.bitString, Uint8Array.of(unusedBits), bytes);
}

export const TRUE = der(TAG.boolean, Uint8Array.of(0xff));

/** Ten digits, the most a recipe may write. */
const MAX_ARC = 9_999_999_999;

/** True for an object identifier whose arcs X.660 allows: root 0 or 1 has arcs 0 to 39 only. */
export function isOid(text: string): boolean {
  const [root = '', second = ''] = text.split('.');
  return /^[0-2](?:\.(?:0|[1-9][0-9]{0,9})){1,15}$/.test(text) && (root === '2' || Number(second) < 40);
}

/** OBJECT IDENTIFIER. Throws `DerError` when `isOid` refuses the text. */
export function oid(text: string): Uint8Array {
  demand(isOid(text), 'not an object identifier');
  const [root = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [];
  for (const arc of [root * 40 + second, ...rest]) {
    const digits = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) digits.unshift(128 + (left % 128));
    bytes.push(...digits);
  }
  return der(TAG.oid, Uint8Array.from(bytes));
}

// ---- reading

export interface DerValue {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content. */
  readonly whole: Uint8Array;
}

/** Value at the start of `bytes`. Throws `DerError`. */
function readFirst(bytes: Uint8Array): DerValue {
  const [tag, short] = bytes;
  demand(tag !== undefined && short !== undefined, 'cut short');
  demand((tag & 0x1f) !== 0x1f, 'long tag');
  let start = 2;
  let length = short;
  if (short >= 0x80) {
    const digits = short - 0x80;
    // Three digits reach 16 MB; nothing pki/ reads comes near it.
    demand(digits >= 1 && digits <= 3, 'indefinite or huge length');
    start += digits;
    demand(bytes.length >= start, 'cut short');
    length = bytes.subarray(2, start).reduce((sum, byte) => sum * 256 + byte, 0);
    demand(length >= 128 && bytes[2] !== 0, 'padded length');
  }
  const end = start + length;
  demand(bytes.length >= end, 'cut short');
  return { tag, content: bytes.subarray(start, end), whole: bytes.subarray(0, end) };
}

/** The one value that fills `bytes` to the last byte. Throws `DerError`. */
export function readDer(bytes: Uint8Array, tag: number): DerValue {
  const value = readFirst(bytes);
  demand(value.whole.length === bytes.length, 'trailing bytes');
  demand(value.tag === tag, `tag ${value.tag} where ${tag} belongs`);
  return value;
}

/** The values inside a constructed one, in order. Throws `DerError`. */
export function parts(value: DerValue): DerValue[] {
  demand((value.tag & 0x20) !== 0, 'no constructed value');
  const found = [];
  for (let rest = value.content; rest.length > 0; ) {
    const next = readFirst(rest);
    found.push(next);
    rest = rest.subarray(next.whole.length);
  }
  return found;
}

/** Hands out the values inside a constructed one, each with the tag it must have. */
export class DerCursor {
  readonly #values: DerValue[];
  #next = 0;

  constructor(value: DerValue) {
    this.#values = parts(value);
  }

  /** Next value. Throws `DerError` at the end or on another tag. */
  take(tag: number): DerValue {
    const value = this.#values[this.#next++];
    demand(value !== undefined, 'a field is missing');
    demand(value.tag === tag, `tag ${value.tag} where ${tag} belongs`);
    return value;
  }

  /** Next value if it has this tag. */
  optional(tag: number): DerValue | null {
    return this.#values[this.#next]?.tag === tag ? this.take(tag) : null;
  }

  /** Throws `DerError` when a value is left. */
  end(): void {
    demand(this.#next === this.#values.length, 'a field too many');
  }
}

/** Magnitude of a non-negative INTEGER, without the sign byte. Throws `DerError`. */
export function readInteger(value: DerValue): Uint8Array {
  const { tag, content } = value;
  const [first, second] = content;
  demand(tag === TAG.integer && first !== undefined && first < 0x80, 'no positive integer');
  if (first !== 0 || second === undefined) return content;
  demand(second >= 0x80, 'padded integer');
  return content.subarray(1);
}

/** Dotted text of an OBJECT IDENTIFIER with arcs of at most ten digits. Throws `DerError`. */
export function readOid(value: DerValue): string {
  const { tag, content } = value;
  demand(tag === TAG.oid && content.length > 0 && content.length <= 64, 'no object identifier');
  demand((content.at(-1) ?? 0x80) < 0x80, 'object identifier cut short');
  const arcs: number[] = [];
  let arc = 0;
  let begun = false;
  for (const byte of content) {
    demand(begun || byte !== 0x80, 'padded object identifier');
    arc = arc * 128 + (byte & 0x7f);
    // Root 2 adds 80 to the arc after it.
    demand(arc <= MAX_ARC + 80, 'object identifier out of range');
    begun = byte >= 0x80;
    if (!begun) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - 40 * root, ...rest].join('.');
}

/** Bytes of a BIT STRING without unused bits. Throws `DerError`. */
export function readWholeBits(value: DerValue): Uint8Array {
  demand(value.tag === TAG.bitString && value.content[0] === 0, 'no whole bit string');
  return value.content.subarray(1);
}

/** BOOLEAN in its one DER spelling. Throws `DerError`. */
export function readBoolean(value: DerValue): boolean {
  const [byte] = value.content;
  demand(value.tag === TAG.boolean && value.content.length === 1 && (byte === 0 || byte === 0xff), 'no boolean');
  return byte === 0xff;
}
