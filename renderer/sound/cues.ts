// The sounds of UX.md section 11, as data. Main energy 500 to 1,500 Hz, which ear protection and age spare most.

/** The most pressing first. */
export const CUES_IN_ORDER = [
  'line-stopped',
  'failed',
  'needs-you',
  'scan-refused',
  'scan-taken',
  'fixture-finished',
  'passed',
] as const;
export type Cue = (typeof CUES_IN_ORDER)[number];

export interface Tone {
  readonly fromHz: number;
  /** Glides there in its length. */
  readonly toHz: number;
  readonly lengthMs: number;
}

export interface CueSound {
  /** One after the other, with GAP_MS between. */
  readonly tones: readonly Tone[];
  /** When it sounds, from its moment on. */
  readonly atMs: readonly number[];
  /** Later than this it would tell of something that is over. */
  readonly staleAfterMs: number;
}

/** Between two tones of a cue: short enough to be one rhythm, long enough to count. */
export const GAP_MS = 80;

/** From the start of one cue to the start of the next (UX.md section 11). */
export const APART_MS = 1_500;

const NEVER_STALE = Number.POSITIVE_INFINITY;

function same(count: number, hertz: number, lengthMs: number): Tone[] {
  return Array.from({ length: count }, () => ({ fromHz: hertz, toHz: hertz, lengthMs }));
}

export const CUES: Readonly<Record<Cue, CueSound>> = {
  'line-stopped': {
    tones: same(3, 520, 200),
    atMs: [0, 10_000, 20_000, 30_000, 40_000, 50_000],
    staleAfterMs: NEVER_STALE,
  },
  failed: { tones: [{ fromHz: 740, toHz: 520, lengthMs: 250 }], atMs: [0], staleAfterMs: NEVER_STALE },
  'needs-you': { tones: same(2, 660, 120), atMs: [0, 20_000, 40_000], staleAfterMs: NEVER_STALE },
  // An answer that comes after the next sound is still heard as one; a later one is taken for another scan's.
  'scan-refused': { tones: same(2, 540, 140), atMs: [0], staleAfterMs: APART_MS },
  'scan-taken': { tones: same(1, 1_320, 60), atMs: [0], staleAfterMs: APART_MS },
  'fixture-finished': {
    tones: [...same(1, 880, 120), ...same(1, 1_320, 120)],
    atMs: [0],
    staleAfterMs: 10_000,
  },
  // Where anything else sounds at this moment, that says more.
  passed: { tones: same(1, 1_050, 90), atMs: [0], staleAfterMs: 1_000 },
};
