// What one slot's tile shows (UX.md sections 4.2 and 5), from its view and its timing: look, words, ring and stage bar.
// A figure that nobody measured is not shown.
import type { ErrorCode } from '../../domain/error-table.ts';
import { Stage } from '../../domain/job.ts';
import type { OffReason, SlotView } from '../../domain/station-event.ts';
import { adviceOf } from './card-choices.ts';
import type { Timing } from './time-left.ts';

export type Look = 'empty' | 'looking' | 'work' | 'pass' | 'fail' | 'need' | 'held' | 'off';

/** A text of the catalogue, its key below `line.` and what fills it in. */
export type TileWord =
  | { readonly kind: 'look'; readonly look: Exclude<Look, 'work'> }
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'slow' }
  | { readonly kind: 'cause'; readonly code: ErrorCode };

export type TileDetail =
  | { readonly kind: 'take-out'; readonly tail: string | null }
  | { readonly kind: 'hint'; readonly code: ErrorCode }
  | { readonly kind: 'do-not-remove' }
  | { readonly kind: 'off'; readonly reason: OffReason }
  | { readonly kind: 'work'; readonly tail: string | null; readonly left: Timing['left']; readonly attempt: number }
  | null;

export type Segment = 'done' | 'now' | 'broken' | 'ahead';

export interface TileView {
  readonly slot: string;
  readonly look: Look;
  readonly locking: boolean;
  readonly word: TileWord;
  readonly detail: TileDetail;
  /** 1-based, null without a stage. */
  readonly stageNumber: number | null;
  /** Of the whole job, 0 to 1. */
  readonly progress: number;
  /** Of the stage in work; null while nobody knows it. */
  readonly share: number | null;
  /** One a stage; empty where no stage is known. */
  readonly segments: readonly Segment[];
}

const LOOKS: Readonly<Record<SlotView['state'], Look>> = {
  empty: 'empty',
  looking: 'looking',
  working: 'work',
  locking: 'work',
  passed: 'pass',
  failed: 'fail',
  'needs-you': 'need',
  held: 'held',
  off: 'off',
};

/** Last characters of a serial that stand for it on a tile. */
const TAIL = 4;

export function tileOf(view: SlotView, timing: Timing | null): TileView {
  const look = LOOKS[view.state];
  const at = view.stage === null ? -1 : Stage.options.indexOf(view.stage);
  const staged = at >= 0 && (look === 'work' || look === 'fail');
  return {
    slot: view.slot,
    look,
    locking: view.state === 'locking',
    word: wordOf(view, look, timing),
    detail: detailOf(view, look, timing),
    stageNumber: at >= 0 ? at + 1 : null,
    progress: hundredths(timing?.progress ?? 0),
    share: timing === null ? null : shareOf(timing),
    segments: staged ? Stage.options.map((_, index) => segmentAt(index, at, look)) : [],
  };
}

/** Whether two views of a slot give the same tile at the same timing: a share alone moves the ring, not the tile. */
export function drawnAlike(a: SlotView, b: SlotView): boolean {
  return (
    a.slot === b.slot &&
    a.state === b.state &&
    a.stage === b.stage &&
    a.code === b.code &&
    a.actions[0] === b.actions[0] &&
    a.offReason === b.offReason &&
    a.deviceSerial === b.deviceSerial &&
    a.attempt === b.attempt
  );
}

/** Whether two timings give the same tile: it shows whole hundredths and whole seconds. */
export function timedAlike(a: Timing | null, b: Timing | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    hundredths(a.progress) === hundredths(b.progress) &&
    shareOf(a) === shareOf(b) &&
    a.slow === b.slow &&
    a.left?.kind === b.left?.kind &&
    (a.left?.kind !== 'seconds' || b.left?.kind !== 'seconds' || a.left.seconds === b.left.seconds)
  );
}

/** As ring and bar show a share: finer steps are less than two pixels of the largest ring. */
function hundredths(share: number): number {
  return Math.round(share * 100) / 100;
}

function shareOf(timing: Timing): number | null {
  return timing.share === null ? null : hundredths(timing.share);
}

function wordOf({ stage, code }: SlotView, look: Look, timing: Timing | null): TileWord {
  if (look === 'work') return timing?.slow ? { kind: 'slow' } : { kind: 'stage', stage: stage ?? 'connect' };
  if ((look === 'fail' || look === 'need') && code !== null) return { kind: 'cause', code };
  return { kind: 'look', look };
}

function detailOf(view: SlotView, look: Look, timing: Timing | null): TileDetail {
  const tail = view.deviceSerial === null ? null : view.deviceSerial.slice(-TAIL);
  if (look === 'pass') return { kind: 'take-out', tail };
  if ((look === 'fail' || look === 'need') && view.code !== null)
    return { kind: 'hint', code: adviceOf(view.code, view.actions) };
  if (look === 'off' && view.offReason !== null) return { kind: 'off', reason: view.offReason };
  if (look !== 'work') return null;
  if (view.state === 'locking') return { kind: 'do-not-remove' };
  const left = timing?.left ?? null;
  const attempt = view.attempt ?? 1;
  return tail === null && left === null && attempt < 2 ? null : { kind: 'work', tail, left, attempt };
}

function segmentAt(index: number, at: number, look: Look): Segment {
  if (index < at) return 'done';
  if (index > at) return 'ahead';
  return look === 'fail' ? 'broken' : 'now';
}

/** Two pulses of 600 ms (UX.md section 11), and what a drawing may come late. */
const PULSE_MS = 1500;

/** Its call is new: the outline pulses. One that stood here before pulses no more, wherever its tile is drawn again. */
export function isNewCall({ state, sinceMs }: SlotView, nowMs: number): boolean {
  return (state === 'failed' || state === 'needs-you') && Math.abs(nowMs - sinceMs) < PULSE_MS;
}

/** The looks that call loudest come first. */
const LOUDEST_FIRST: readonly Look[] = ['fail', 'need', 'work', 'held', 'looking', 'pass', 'off', 'empty'];

/** The look that stands for slots that are out of sight. */
export function worstLook(slots: readonly SlotView[]): Look {
  const looks = new Set(slots.map(({ state }) => LOOKS[state]));
  return LOUDEST_FIRST.find((look) => looks.has(look)) ?? 'empty';
}
