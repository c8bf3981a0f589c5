// CBOR written byte by byte, well formed or not: `raw` puts any bytes where an item stands. Keys go out in the order given.
import { type Bytes, join } from './bytes.ts';

const UNSIGNED = 0;
const NEGATIVE = 1;
const BYTE_STRING = 2;
const TEXT_STRING = 3;
const ARRAY = 4;
const MAP = 5;
const BREAK = Uint8Array.of(0xff);

/** Bytes that stand where an item should. */
export interface Raw {
  readonly raw: Uint8Array;
}
export type CborItem = number | string | boolean | null | Uint8Array | Raw | readonly CborItem[] | CborFields;
/** A map; a key whose value is undefined is left out. */
export interface CborFields {
  readonly [key: string]: CborItem | undefined;
}

export function raw(...bytes: readonly number[]): Raw {
  return { raw: Uint8Array.from(bytes) };
}

/** Major type and argument; `width` 1, 2, 4 or 8 forces a longer form than needed, absent takes the shortest. */
export function head(major: number, argument: number, width?: 1 | 2 | 4 | 8): Bytes {
  const first = major << 5;
  const bytes = width ?? (argument < 24 ? 0 : argument < 0x100 ? 1 : argument < 0x1_0000 ? 2 : 4);
  if (bytes === 0) return Uint8Array.of(first | argument);
  const out = new Uint8Array(1 + bytes);
  out[0] = first | (24 + Math.log2(bytes));
  for (let i = bytes, rest = argument; i > 0; i--, rest = Math.floor(rest / 0x100)) out[i] = rest % 0x100;
  return out;
}

export function cbor(item: CborItem): Bytes {
  if (typeof item === 'number') return item < 0 ? head(NEGATIVE, -1 - item) : head(UNSIGNED, item);
  if (typeof item === 'boolean') return Uint8Array.of(item ? 0xf5 : 0xf4);
  if (item === null) return Uint8Array.of(0xf6);
  if (typeof item === 'string') return text(item);
  if (item instanceof Uint8Array) return join(head(BYTE_STRING, item.length), item);
  if (Array.isArray(item)) return join(head(ARRAY, item.length), ...item.map(cbor));
  if (isRaw(item)) return Uint8Array.from(item.raw);
  const pairs = pairsOf(item as CborFields);
  return join(head(MAP, pairs.length), ...pairs);
}

/** A map of indefinite length. */
export function indefiniteMap(fields: CborFields): Bytes {
  return join(Uint8Array.of(0xbf), ...pairsOf(fields), BREAK);
}

/** An array of indefinite length. */
export function indefiniteArray(items: readonly CborItem[]): Raw {
  return { raw: join(Uint8Array.of(0x9f), ...items.map(cbor), BREAK) };
}

/** A map whose pairs stand as given, so that a key can stand twice. */
export function mapOfPairs(pairs: readonly (readonly [CborItem, CborItem])[]): Bytes {
  return join(head(MAP, pairs.length), ...pairs.flatMap(([key, value]) => [cbor(key), cbor(value)]));
}

function text(value: string): Bytes {
  const utf8 = Buffer.from(value, 'utf8');
  return join(head(TEXT_STRING, utf8.length), utf8);
}

function isRaw(item: object): item is Raw {
  return 'raw' in item && item.raw instanceof Uint8Array;
}

function pairsOf(fields: CborFields): Bytes[] {
  return Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [join(text(key), cbor(value))]));
}
