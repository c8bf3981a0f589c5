// A range of serials beside those that other lots have used (UX.md section 4.4): whether it is free, how it looks, and
// where the next free one begins. Pure.
import type { Readiness } from '../../contract/lots-api.ts';
import { parseSerialRange, rangeSize, rangesOverlap, type SerialRange, serialAt } from '../../domain/device-serial.ts';

export interface UsedRange {
  readonly lotId: string;
  /** As on record, `A..B`. */
  readonly serialRange: string;
}

export interface SerialPicture extends Pick<Readiness, 'used' | 'range' | 'free' | 'suggestedFirst' | 'neededLast'> {
  /** Serials in the range; null where it is none. */
  readonly size: number | null;
  /** The first serials of the range that are used, both ends included; null where none is. */
  readonly clash: { readonly lotId: string; readonly first: string; readonly last: string } | null;
}

/** Room beside the ranges, as a share of all that is shown: the next lot has a place too. */
const MARGIN = 0.2;

interface Used {
  readonly lotId: string;
  readonly range: SerialRange;
}

/** `needed`: quantity and spare, at least 1. Texts as they were typed. */
export function serialPicture(first: string, last: string, needed: number, lots: readonly UsedRange[]): SerialPicture {
  const range = rangeOf(first, last);
  const start = rangeOf(first, first) ?? range;
  const used = start ? kinOf(start, lots) : [];
  const end = start && start.first + BigInt(needed) - 1n;
  return {
    ...shares(range, used),
    size: range && rangeSize(range),
    free: range ? rangeSize(range) - used.reduce((sum, each) => sum + shared(range, each.range), 0) : 0,
    clash: range && clashOf(range, used),
    suggestedFirst: range && clashOf(range, used) ? nextFree(range, needed, used) : null,
    neededLast: start && end !== null && fits(start, end) ? textOf(start, end) : null,
  };
}

function rangeOf(first: string, last: string): SerialRange | null {
  const range = parseSerialRange(`${first}..${last}`);
  return 'refused' in range ? null : range;
}

/** Used ranges that are written alike, the lowest first. Lots never share a serial, so none overlaps another. */
function kinOf({ prefix, digits }: SerialRange, lots: readonly UsedRange[]): Used[] {
  return lots
    .flatMap(({ lotId, serialRange }) => {
      const range = parseSerialRange(serialRange);
      return 'refused' in range || range.prefix !== prefix || range.digits !== digits ? [] : [{ lotId, range }];
    })
    .sort((a, b) => (a.range.first < b.range.first ? -1 : 1));
}

function shared(a: SerialRange, b: SerialRange): number {
  if (!rangesOverlap(a, b)) return 0;
  return Number(smaller(a.last, b.last) - larger(a.first, b.first) + 1n);
}

function clashOf(range: SerialRange, used: readonly Used[]): SerialPicture['clash'] {
  const hit = used.find((each) => rangesOverlap(range, each.range));
  if (!hit) return null;
  const first = textOf(range, larger(range.first, hit.range.first));
  return { lotId: hit.lotId, first, last: textOf(range, smaller(range.last, hit.range.last)) };
}

/** The first serial from which on `needed` are free; null where the digits do not suffice. */
function nextFree(range: SerialRange, needed: number, used: readonly Used[]): string | null {
  const length = BigInt(needed);
  let from = range.first;
  for (const { range: taken } of used) {
    if (taken.last < from) continue;
    if (from + length - 1n < taken.first) break;
    from = taken.last + 1n;
  }
  return fits(range, from + length - 1n) ? textOf(range, from) : null;
}

function fits({ digits }: SerialRange, value: bigint): boolean {
  return value < 10n ** BigInt(digits);
}

function textOf(like: SerialRange, value: bigint): string {
  return serialAt({ ...like, first: value, last: value }, 0);
}

function shares(range: SerialRange | null, used: readonly Used[]): Pick<SerialPicture, 'used' | 'range'> {
  const all = [...used.map((each) => each.range), ...(range ? [range] : [])];
  const [some] = all;
  if (!some) return { used: [], range: null };
  const low = all.reduce((least, { first }) => smaller(least, first), some.first);
  const high = all.reduce((most, { last }) => larger(most, last), some.last);
  const width = Number(high - low + 1n) / (1 - MARGIN);
  const place = ({ first, last }: SerialRange) => ({
    from: Number(first - low) / width,
    to: Number(last - low + 1n) / width,
  });
  return { used: used.map(({ lotId, range: each }) => ({ lotId, ...place(each) })), range: range && place(range) };
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
