// Tells a scanner from a person by the rhythm of the keys (UX.md section 7) and reads it by physical key as US layout,
// so that no layout and no input method garbles it. Pure: keys in, verdicts out; its only clock is the keys' own times.
//
// What is safe to withhold: nothing before it is certain. A fast typist rolls over keys faster than a scanner's, and a
// character that is held back and given again later can come out of order, or into another field. So keys pass until
// the burst is a scan beyond doubt; then the keys from there on are withheld, and the field is put back as it was when
// the burst began. Letters and digits are no shortcuts; what would do harm is Enter, and at Enter it is always decided.
import { SCAN_PREFIXES } from '../../domain/scan.ts';
import { characterOf, isEnd, isNeutral } from './us-layout.ts';

export interface Key {
  /** Physical key, `KeyboardEvent.code`; what the layout or an input method makes of it does not count. */
  readonly code: string;
  readonly shift: boolean;
  /** With Ctrl, Alt or Meta: a shortcut, never text. */
  readonly chord: boolean;
  /** Comes from a key that is held down; no scanner holds one. */
  readonly repeat: boolean;
  readonly timeMs: number;
}

/** Keys in a row that may be a scan. */
export interface Burst {
  readonly text: string;
  readonly lastMs: number;
  /** Between its keys; at most MOST_KEYS. */
  readonly gapsMs: readonly number[];
  /** It began with one of our prefixes, at a scanner's speed. */
  readonly certain: boolean;
}

export interface Verdict {
  /** What goes on after this key; null: nothing. */
  readonly burst: Burst | null;
  /** This key opens a burst: what the field holds now is what it gets back. */
  readonly begins: boolean;
  /** A burst was going on when this key came: no hand is at a button so soon after a letter. */
  readonly inside: boolean;
  /** The key is the scanner's: neither a field nor a shortcut may see it. */
  readonly withheld: boolean;
  /** What was scanned, with its last key; null else. */
  readonly scanned: string | null;
}

/** Keys of the shortest scan, its Enter counted (UX.md section 7). */
const FEWEST_KEYS = 6;
/** Median gap of a scanner is below it (UX.md section 7). */
const MEDIAN_GAP_MS = 35;
/** A gap this long ends a burst: near three times the median's limit, for a scanner that once had to wait for its bus. */
export const BREAK_MS = 100;
/** Longer than any code that means something (68 characters); what is beyond is not kept. */
export const MOST_KEYS = 256;

const prefixes: readonly string[] = Object.values(SCAN_PREFIXES);

const PASSED: Verdict = { burst: null, begins: false, inside: false, withheld: false, scanned: null };

export function press(before: Burst | null, key: Key): Verdict {
  const burst = before !== null && key.timeMs - before.lastMs < BREAK_MS ? before : null;
  return { ...judge(burst, key), inside: burst !== null };
}

function judge(burst: Burst | null, key: Key): Verdict {
  if (isNeutral(key.code)) return { ...PASSED, burst, withheld: burst?.certain ?? false };
  if (key.chord || key.repeat) return PASSED;
  if (isEnd(key.code)) return ended(burst, key.timeMs);
  const character = characterOf(key);
  if (character === null) return PASSED;
  if (burst === null) {
    const opened = { text: character, lastMs: key.timeMs, gapsMs: [], certain: false };
    return { ...PASSED, burst: opened, begins: true };
  }
  const grown = grow(burst, character, key.timeMs);
  return { ...PASSED, burst: grown, withheld: grown.certain };
}

function grow(burst: Burst, character: string, timeMs: number): Burst {
  if (burst.text.length >= MOST_KEYS) return { ...burst, lastMs: timeMs };
  const text = burst.text + character;
  const gapsMs = [...burst.gapsMs, timeMs - burst.lastMs];
  const certain = burst.certain || (prefixes.includes(text) && gapsMs.every((gapMs) => gapMs < MEDIAN_GAP_MS));
  return { text, lastMs: timeMs, gapsMs, certain };
}

function ended(burst: Burst | null, timeMs: number): Verdict {
  if (burst === null) return PASSED;
  const gapsMs = [...burst.gapsMs, timeMs - burst.lastMs];
  const isScan = burst.certain || (gapsMs.length + 1 >= FEWEST_KEYS && median(gapsMs) < MEDIAN_GAP_MS);
  return isScan ? { ...PASSED, withheld: true, scanned: burst.text } : PASSED;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  return (lower + upper) / 2;
}
