// The figures of the lot strip (UX.md section 4.2): only what the lot's own counts say.
import type { SlotView } from '../../domain/station-event.ts';
import type { StationView } from './station-view.ts';

export interface LotStripView {
  readonly passed: number;
  readonly quantity: number;
  readonly left: number;
  /** Boards that slots work on now. */
  readonly inWork: number;
  /** Of the bar, 0 to 1. */
  readonly passedShare: number;
  readonly inWorkShare: number;
  /** Passed of passed and failed, in per cent; null before the first of them. */
  readonly yieldPercent: number | null;
  readonly full: boolean;
}

export function lotStripOf(view: StationView): LotStripView | null {
  const { lot } = view;
  if (lot === null) return null;
  const judged = lot.passed + lot.failed;
  const inWork = view.slots.filter(({ state }) => state === 'working' || state === 'locking').length;
  const passedShare = Math.min(1, lot.passed / lot.quantity);
  return {
    passed: lot.passed,
    quantity: lot.quantity,
    left: Math.max(0, lot.quantity - lot.passed),
    inWork,
    passedShare,
    inWorkShare: Math.min(1 - passedShare, inWork / lot.quantity),
    yieldPercent: judged === 0 ? null : (100 * lot.passed) / judged,
    full: lot.passed >= lot.quantity,
  };
}

/** The slot whose board passed last, or null. */
export function lastPassed({ slots }: StationView): SlotView | null {
  let last: SlotView | null = null;
  for (const slot of slots) if (slot.state === 'passed' && slot.sinceMs >= (last?.sinceMs ?? 0)) last = slot;
  return last;
}
