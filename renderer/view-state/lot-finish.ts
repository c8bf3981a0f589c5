// When a lot will be done (UX.md section 10): clock time to the minute, from the boards left and the pace. The time left
// may fall or hold, never jump up, so a line that stalls moves the finish with the clock and no faster.
import type { LotView } from '../../domain/station-event.ts';

export interface LotFinish {
  readonly lotId: string;
  readonly passed: number;
  /** When `passed` was seen first. */
  readonly sinceMs: number;
  readonly leftMs: number;
  /** The minute that the clock will show. */
  readonly finishMs: number;
}

/** Boards before which a pace says nothing about the rest. */
const FIRST_BOARDS = 20;
const MINUTE_MS = 60_000;

/** The finish now, or null where none is told. `before` is what this gave last. */
export function finishOf(lot: LotView | null, nowMs: number, before: LotFinish | null): LotFinish | null {
  if (lot === null || lot.state !== 'released') return null;
  const { lotId, passed, quantity } = lot;
  const { boardMs } = lot.pace;
  if (boardMs === null || passed < FIRST_BOARDS || passed >= quantity) return null;
  const same = before !== null && before.lotId === lotId ? before : null;
  const sinceMs = same !== null && same.passed === passed ? same.sinceMs : nowMs;
  const estimateMs = (quantity - passed) * boardMs - Math.min(boardMs, Math.max(0, nowMs - sinceMs));
  const leftMs = Math.min(estimateMs, same?.leftMs ?? Number.POSITIVE_INFINITY);
  const exactMs = nowMs + leftMs;
  const finishMs =
    same !== null && Math.abs(exactMs - same.finishMs) < MINUTE_MS
      ? same.finishMs
      : Math.floor(exactMs / MINUTE_MS) * MINUTE_MS;
  return { lotId, passed, sinceMs, leftMs, finishMs };
}
