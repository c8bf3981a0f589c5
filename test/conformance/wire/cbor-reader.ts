// Reads what a device sent, strictly: device protocol 2.2. Throws Disagreement on anything that a device must not send.
import { Disagreement } from '../disagreement.ts';

export type CborValue = number | string | boolean | null | Uint8Array | readonly CborValue[] | CborMap;
export type CborMap = ReadonlyMap<string, CborValue>;

/** Clause 2.2. */
const MAX_DEPTH = 8;
const INDEFINITE = 31;

/** The one map that the bytes are. */
export function readMap(bytes: Uint8Array): CborMap {
  const reader = new Reader(bytes);
  const value = reader.item(0);
  if (reader.at !== bytes.length) throw new Disagreement('nothing behind the map', `${bytes.length} bytes`, '2.2');
  if (!(value instanceof Map)) throw new Disagreement('a map', String(value), '2.2');
  return value;
}

class Reader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  item(depth: number): CborValue {
    const initial = this.#byte();
    const major = initial >> 5;
    const info = initial & 0x1f;
    if (major === 7) return simple(info);
    if (major === 6) throw new Disagreement('no tag', 'a tag', '2.2');
    const open = info === INDEFINITE && (major === 4 || major === 5);
    const argument = open ? Number.POSITIVE_INFINITY : this.#argument(info);
    switch (major) {
      case 0:
        return argument;
      case 1:
        return -1 - argument;
      case 2:
        return this.#take(argument);
      case 3:
        return new TextDecoder('utf-8', { fatal: true }).decode(this.#take(argument));
      case 4:
        return this.#array(argument, depth + 1);
      default:
        return this.#map(argument, depth + 1);
    }
  }

  #array(count: number, depth: number): CborValue[] {
    limit(depth);
    const items: CborValue[] = [];
    while (items.length < count && !this.#ends(count)) items.push(this.item(depth));
    return items;
  }

  #map(count: number, depth: number): CborMap {
    limit(depth);
    const map = new Map<string, CborValue>();
    while (map.size < count && !this.#ends(count)) {
      const key = this.item(depth);
      if (typeof key !== 'string') throw new Disagreement('a text key', String(key), '2.2');
      if (map.has(key)) throw new Disagreement('each key once', key, '2.2');
      map.set(key, this.item(depth));
    }
    return map;
  }

  /** Whether the break of an indefinite container stands here; takes it. */
  #ends(count: number): boolean {
    if (count !== Number.POSITIVE_INFINITY || this.#bytes[this.at] !== 0xff) return false;
    this.at += 1;
    return true;
  }

  #argument(info: number): number {
    if (info < 24) return info;
    if (info > 27) throw new Disagreement('well-formed CBOR', `additional information ${info}`, '2.2');
    let value = 0;
    for (let i = 0; i < 1 << (info - 24); i++) value = value * 0x100 + this.#byte();
    return value;
  }

  #take(length: number): Uint8Array {
    if (this.at + length > this.#bytes.length) throw new Disagreement('well-formed CBOR', 'it ends too early', '2.2');
    this.at += length;
    return this.#bytes.slice(this.at - length, this.at);
  }

  #byte(): number {
    const [byte = 0] = this.#take(1);
    return byte;
  }
}

function limit(depth: number): void {
  if (depth > MAX_DEPTH) throw new Disagreement(`nesting of at most ${MAX_DEPTH}`, `${depth}`, '2.2');
}

function simple(info: number): boolean | null {
  if (info === 20 || info === 21) return info === 21;
  if (info === 22) return null;
  throw new Disagreement('a value that the protocol names', `simple value ${info}`, '2.2');
}
