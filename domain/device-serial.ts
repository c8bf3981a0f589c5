// Ranges of device serials, `A..B` inclusive: same length, same prefix, decimal tail (FORMATS.md).
import { DeviceSerial } from './ids.ts';

export interface SerialRange {
  readonly prefix: string;
  readonly first: bigint;
  readonly last: bigint;
  /** Digits of the decimal tail, leading zeros included. */
  readonly digits: number;
}

/** Range written as `A..B`, or a sentence that says why it is none. */
export function parseSerialRange(text: string): SerialRange | { refused: string } {
  const ends = text.split('..');
  const [a, b] = ends;
  if (ends.length !== 2 || a === undefined || b === undefined) return { refused: 'a range is written FIRST..LAST' };
  if (!DeviceSerial.safeParse(a).success || !DeviceSerial.safeParse(b).success)
    return { refused: 'a device serial is 1 to 32 of A-Z, 0-9 and -' };
  if (a.length !== b.length) return { refused: 'both ends of a range have the same length' };
  const tailA = /[0-9]*$/.exec(a)?.[0] ?? '';
  const tailB = /[0-9]*$/.exec(b)?.[0] ?? '';
  const digits = Math.min(tailA.length, tailB.length);
  if (digits === 0) return { refused: 'a range ends in decimal digits' };
  const prefix = a.slice(0, -digits);
  if (prefix !== b.slice(0, -digits)) return { refused: 'both ends of a range have the same prefix' };
  const first = BigInt(a.slice(-digits));
  const last = BigInt(b.slice(-digits));
  if (last < first) return { refused: 'the last serial of a range is not before the first' };
  return { prefix, first, last, digits };
}

/** Number of serials in the range. */
export function rangeSize(range: SerialRange): number {
  return Number(range.last - range.first + 1n);
}

/** Serial at `index`, 0 being the first. Throws `RangeError` outside the range. */
export function serialAt(range: SerialRange, index: number): string {
  const value = range.first + BigInt(index);
  if (index < 0 || value > range.last) throw new RangeError(`no serial ${index} in this range`);
  return range.prefix + value.toString().padStart(range.digits, '0');
}

/** True when two ranges share a serial. */
export function rangesOverlap(a: SerialRange, b: SerialRange): boolean {
  return a.prefix === b.prefix && a.digits === b.digits && a.first <= b.last && b.first <= a.last;
}
