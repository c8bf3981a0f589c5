// The figures of the lot strip (UX.md sections 4.2 and 10): only what the lot's own counts and pace say.
import type { ErrorCode } from '../../domain/error-table.ts';
import { isErrorCode } from '../../domain/errors.ts';
import type { LotView } from '../../domain/station-event.ts';
import type { StationView } from './station-view.ts';

/** The strip's sentence: why nothing starts, else how many are left. */
export type StripSays =
  | { readonly kind: 'left' | 'stopped' | 'full' | 'draft' | 'closed' }
  /** By this many same failures in a row. */
  | { readonly kind: 'held'; readonly code: ErrorCode; readonly count: number }
  /** By a person; `by` where their name is known. */
  | { readonly kind: 'paused'; readonly by: string | null; readonly sinceMs: number };

export interface LotStripView {
  readonly passed: number;
  readonly quantity: number;
  readonly left: number;
  /** Boards that slots work on now. */
  readonly inWork: number;
  /** Of the bar, 0 to 1. */
  readonly passedShare: number;
  readonly inWorkShare: number;
  /** Devices that passed in their first job, of all that were judged, in per cent; null before the first of them. */
  readonly firstPassPercent: number | null;
  /** Seconds between boards that passed; null while too few have. */
  readonly boardSeconds: number | null;
  /** Share of boards that passed, oldest first, null where none was judged; null with nothing to show. */
  readonly lastHour: readonly (number | null)[] | null;
  readonly says: StripSays;
}

/** A line through fewer points says nothing. */
const LEAST_POINTS = 2;

export function lotStripOf(view: StationView): LotStripView | null {
  const { lot } = view;
  if (lot === null) return null;
  const { firstPass, pace, passed, quantity } = lot;
  const inWork = view.slots.filter(({ state }) => state === 'working' || state === 'locking').length;
  const passedShare = Math.min(1, passed / quantity);
  const points = pace.lastHour.filter((share) => share !== null).length;
  return {
    passed,
    quantity,
    left: Math.max(0, quantity - passed),
    inWork,
    passedShare,
    inWorkShare: Math.min(1 - passedShare, inWork / quantity),
    firstPassPercent: firstPass.judged === 0 ? null : (100 * firstPass.passed) / firstPass.judged,
    boardSeconds: pace.boardMs === null ? null : pace.boardMs / 1_000,
    lastHour: points < LEAST_POINTS ? null : pace.lastHour,
    says: saysOf(lot, view.stoppedBy),
  };
}

function saysOf(lot: LotView, stoppedBy: ErrorCode | null): StripSays {
  if (stoppedBy !== null) return { kind: 'stopped' };
  if (lot.passed >= lot.quantity && lot.state !== 'closed') return { kind: 'full' };
  if (lot.state === 'draft' || lot.state === 'closed') return { kind: lot.state };
  if (lot.state === 'released') return { kind: 'left' };
  const rule = stopRule(lot);
  return rule === null ? { kind: 'paused', by: lot.heldBy, sinceMs: lot.stateSinceMs } : { kind: 'held', ...rule };
}

/** As the station writes it down when the stop rule holds a lot. */
const STOP_RULE = /^([A-Z_]+) (\d+) times in a row$/;

/** The failures that held the lot; null where no stop rule did. */
function stopRule({ heldBecause }: LotView): { readonly code: ErrorCode; readonly count: number } | null {
  const [, code, count] = STOP_RULE.exec(heldBecause ?? '') ?? [];
  return code !== undefined && isErrorCode(code) ? { code, count: Number(count) } : null;
}
