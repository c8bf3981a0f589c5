// Walks untrusted CBOR without building anything, and says why the library must not see it (RFC 8949).
// Refuses: tags, 8-byte integers, indefinite strings, keys that are not text, repeated keys, `__proto__`, bad UTF-8,
// simple values but false, true, null and undefined, too deep, truncated, trailing bytes.
import { isUtf8 } from 'node:buffer';

/** The length field of SMP has 16 bits: no payload is longer. */
const MAX_CBOR_BYTES = 0xffff;

/** The deepest answer in use, image state, nests three; the rest is reserve. Keeps the walk off the stack's end. */
const MAX_CBOR_DEPTH = 8;

const INDEFINITE = 31;
const BREAK = 0xff;

class Refusal extends Error {}

/** Null when the bytes are exactly one item that may be decoded; else the reason. Holds one map's keys at a time a level. */
export function scanCbor(bytes: Uint8Array): string | null {
  if (bytes.length > MAX_CBOR_BYTES) return `${bytes.length} bytes of CBOR are more than ${MAX_CBOR_BYTES}`;
  try {
    const end = new Scan(bytes).item(0, 0);
    return end === bytes.length ? null : `${bytes.length - end} bytes after the CBOR item`;
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.message;
    throw refusal;
  }
}

/** Whether a float stands in bytes that `scanCbor` let pass: decoded, 0.0 would pass for an integer. */
export function holdsFloat(bytes: Uint8Array): boolean {
  const scan = new Scan(bytes);
  scan.item(0, 0);
  return scan.floats > 0;
}

class Scan {
  readonly #bytes: Uint8Array;
  floats = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Position after the item that starts at `at`. */
  item(at: number, depth: number): number {
    const initial = this.#byte(at);
    const major = initial >> 5;
    const info = initial & 0x1f;
    if (major === 7) return this.#simple(at, info);
    if (major === 6) throw new Refusal(`a CBOR tag at byte ${at}`);
    if (info === INDEFINITE && (major === 4 || major === 5)) return this.#container(at + 1, major, null, depth + 1);
    const { value, next } = this.#argument(at, info);
    if (major <= 1) return next;
    if (value > this.#bytes.length - next) throw new Refusal(`CBOR ends before what byte ${at} announces`);
    if (major >= 4) return this.#container(next, major, value, depth + 1);
    if (major === 3 && !isUtf8(this.#bytes.subarray(next, next + value))) throw new Refusal(`bad UTF-8 at byte ${at}`);
    return next + value;
  }

  /** Items of an array (major 4) or pairs of a map (major 5); `count` null until a break byte. */
  #container(start: number, major: number, count: number | null, depth: number): number {
    if (depth > MAX_CBOR_DEPTH) throw new Refusal(`CBOR nested deeper than ${MAX_CBOR_DEPTH}`);
    const keys = new Set<string>();
    let at = start;
    for (let i = 0; count === null || i < count; i++) {
      if (count === null && this.#byte(at) === BREAK) return at + 1;
      if (major === 5) at = this.#key(at, keys);
      at = this.item(at, depth);
    }
    return at;
  }

  #key(at: number, keys: Set<string>): number {
    if (this.#byte(at) >> 5 !== 3) throw new Refusal(`a map key at byte ${at} is not text`);
    const end = this.item(at, MAX_CBOR_DEPTH);
    const { next } = this.#argument(at, this.#byte(at) & 0x1f);
    const key = Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + next, end - next).toString('utf8');
    if (key === '__proto__') throw new Refusal('a map key named __proto__');
    if (keys.has(key)) throw new Refusal(`a map key at byte ${at} stands twice`);
    keys.add(key);
    return end;
  }

  #simple(at: number, info: number): number {
    if (info >= 20 && info <= 23) return at + 1;
    const floatBytes = { 25: 2, 26: 4, 27: 8 }[info];
    if (floatBytes === undefined) throw new Refusal(`an unknown simple value at byte ${at}`);
    if (at + 1 + floatBytes > this.#bytes.length) throw new Refusal('CBOR ends inside a number');
    this.floats += 1;
    return at + 1 + floatBytes;
  }

  #argument(at: number, info: number): { value: number; next: number } {
    if (info < 24) return { value: info, next: at + 1 };
    if (info > 26) throw new Refusal(`a CBOR length or integer that is not allowed at byte ${at}`);
    const width = 1 << (info - 24);
    let value = 0;
    for (let i = 1; i <= width; i++) value = value * 256 + this.#byte(at + i);
    return { value, next: at + 1 + width };
  }

  #byte(at: number): number {
    const byte = this.#bytes[at];
    if (byte === undefined) throw new Refusal('CBOR ends in the middle of an item');
    return byte;
  }
}
