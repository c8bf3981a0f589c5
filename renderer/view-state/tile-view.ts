// What one slot's tile shows (UX.md sections 4.2 and 5), from its view alone: look, words, ring and stage bar. A figure
// that the station does not tell is not shown.
import type { ErrorCode } from '../../domain/error-table.ts';
import { Stage } from '../../domain/job.ts';
import type { SlotView } from '../../domain/station-event.ts';

export type Look = 'empty' | 'looking' | 'work' | 'pass' | 'fail' | 'need' | 'held' | 'off';

/** A text of the catalogue, its key below `line.` and what fills it in. */
export type TileWord =
  | { readonly kind: 'look'; readonly look: Exclude<Look, 'work'> }
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'cause'; readonly code: ErrorCode };

export type TileDetail =
  | { readonly kind: 'take-out'; readonly tail: string | null }
  | { readonly kind: 'hint'; readonly code: ErrorCode }
  | { readonly kind: 'do-not-remove' }
  | { readonly kind: 'work'; readonly tail: string | null; readonly percent: number | null; readonly attempt: number }
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
  /** Of the stage in work; null while the station tells none. */
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

export function tileOf(view: SlotView): TileView {
  const look = LOOKS[view.state];
  const at = view.stage === null ? -1 : Stage.options.indexOf(view.stage);
  const staged = at >= 0 && (look === 'work' || look === 'fail');
  return {
    slot: view.slot,
    look,
    locking: view.state === 'locking',
    word: wordOf(view, look),
    detail: detailOf(view, look),
    stageNumber: at >= 0 ? at + 1 : null,
    progress: at >= 0 ? (at + (view.share ?? 0)) / Stage.options.length : 0,
    share: view.share,
    segments: staged ? Stage.options.map((_, index) => segmentAt(index, at, look)) : [],
  };
}

function wordOf({ stage, code }: SlotView, look: Look): TileWord {
  if (look === 'work') return { kind: 'stage', stage: stage ?? 'connect' };
  if ((look === 'fail' || look === 'need') && code !== null) return { kind: 'cause', code };
  return { kind: 'look', look };
}

function detailOf(view: SlotView, look: Look): TileDetail {
  const tail = view.deviceSerial === null ? null : view.deviceSerial.slice(-TAIL);
  if (look === 'pass') return { kind: 'take-out', tail };
  if ((look === 'fail' || look === 'need') && view.code !== null) return { kind: 'hint', code: view.code };
  if (look !== 'work') return null;
  if (view.state === 'locking') return { kind: 'do-not-remove' };
  const percent = view.share === null ? null : Math.floor(view.share * 100);
  const attempt = view.attempt ?? 1;
  return tail === null && percent === null && attempt < 2 ? null : { kind: 'work', tail, percent, attempt };
}

function segmentAt(index: number, at: number, look: Look): Segment {
  if (index < at) return 'done';
  if (index > at) return 'ahead';
  return look === 'fail' ? 'broken' : 'now';
}
