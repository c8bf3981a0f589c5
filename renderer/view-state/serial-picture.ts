// The picture of a serial range against those used before (UX.md section 4.4): bars in shares of its width, each wide
// enough to be seen, none outside.
import type { Readiness } from '../../contract/lots-api.ts';

export interface Bar {
  /** Shares of the width, 0 to 1. */
  readonly from: number;
  readonly width: number;
}

export interface SerialPicture {
  /** One a lot. */
  readonly used: readonly (Bar & { readonly lotId: string })[];
  readonly range: Bar | null;
  /** Where the words under the range begin, so that they stay inside. */
  readonly wordsFrom: number;
  readonly free: number;
}

/** Share of the width that the eye still finds at 65 cm: 4 px of 860. */
const LEAST_WIDTH = 0.005;
/** "This lot, 1,200,000 free" needs this share. */
const WORDS_WIDTH = 0.4;

export function serialPictureOf({ used, range, free }: Pick<Readiness, 'used' | 'range' | 'free'>): SerialPicture {
  const bar = range === null ? null : barOf(range);
  return {
    used: used.map((one) => ({ lotId: one.lotId, ...barOf(one) })),
    range: bar,
    wordsFrom: Math.min(1 - WORDS_WIDTH, bar?.from ?? 0),
    free,
  };
}

function barOf({ from, to }: { readonly from: number; readonly to: number }): Bar {
  const [start, end] = [share(Math.min(from, to)), share(Math.max(from, to))];
  const width = Math.max(LEAST_WIDTH, end - start);
  return { from: Math.min(start, 1 - width), width };
}

function share(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}
