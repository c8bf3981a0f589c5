// What a list of lots says of one (UX.md sections 4.2 and 4.4): its state, how far it is, what a person may do with it.
import { ERRORS, type ErrorCode } from '../../domain/error-table.ts';
import type { LotView, StationFacts } from '../../domain/station-event.ts';
import { allows } from './permission.ts';
import type { StationView } from './station-view.ts';

export type LotWord = 'draft' | 'released' | 'inWork' | 'paused' | 'held' | 'closed';

export interface HeldCause {
  readonly code: ErrorCode | null;
  /** Times in a row; null where it does not say. */
  readonly times: number | null;
  /** What a person wrote. */
  readonly text: string;
}

/** What holds a lot: `NO_ANSWER 3 times in a row` when a rule did, a person's word, or nothing said. */
export function heldCauseOf({ heldBecause }: Pick<LotView, 'heldBecause'>): HeldCause | null {
  if (heldBecause === null || heldBecause === '') return null;
  const [first = '', times = ''] = heldBecause.split(' ');
  const code = Object.hasOwn(ERRORS, first) ? (first as ErrorCode) : null;
  return { code, times: code !== null && /^\d{1,6}$/.test(times) ? Number(times) : null, text: heldBecause };
}

/** The lot that the line runs; null while it runs none. */
export function lotOnLine({ lot, lineRunning }: StationView): string | null {
  return lineRunning ? (lot?.lotId ?? null) : null;
}

/** `onLine`: the lot that the line runs. */
export function lotWordOf(lot: LotView, onLine: string | null): LotWord {
  if (lot.state === 'held') return heldCauseOf(lot)?.code == null ? 'paused' : 'held';
  if (lot.state !== 'released') return lot.state;
  return lot.running > 0 || onLine === lot.lotId ? 'inWork' : 'released';
}

/** Share of the quantity that passed, 0 to 1. */
export function doneShare({ passed, quantity }: Pick<LotView, 'passed' | 'quantity'>): number {
  return Math.min(1, passed / quantity);
}

/** The lots that this bench can take, the one in work first, then by state; newest first within each. */
export function benchLots(lots: readonly LotView[], onLine: string | null): readonly LotView[] {
  const rank: Readonly<Record<LotWord, number>> = { inWork: 0, released: 1, paused: 2, held: 3, draft: 4, closed: 5 };
  return lots
    .filter(({ state }) => state === 'released' || state === 'held')
    .sort((a, b) => rank[lotWordOf(a, onLine)] - rank[lotWordOf(b, onLine)] || b.createdMs - a.createdMs);
}

/** What is held by the stop rule or for a reason goes on at a supervisor's word alone; what was only paused, at anybody's. */
export function mayStart({ state, heldBecause }: LotView, facts: StationFacts): boolean {
  return allows(facts, state === 'held' && heldBecause !== null ? 'supervisor' : 'technician');
}

/** The lot of this work order among those the bench can take; null for none. */
export function lotOfOrder(lots: readonly LotView[], order: string): LotView | null {
  const able = lots.filter(({ state }) => state === 'released' || state === 'held');
  return able.find(({ lotId, orderId }) => orderId === order || lotId === order) ?? null;
}

/** The list with the lot that the line tells of as it is now, where it is one of them. */
export function withLot(lots: readonly LotView[], lot: LotView | null): readonly LotView[] {
  if (lot === null) return lots;
  const at = lots.findIndex(({ lotId }) => lotId === lot.lotId);
  return at === -1 || lots[at] === lot ? lots : lots.with(at, lot);
}
