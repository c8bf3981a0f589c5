// Which serials a station may give out that was restored: none that another life of it can have given out (CERTAINTY.md,
// Restore).
import { parseSerialRange, rangesOverlap, type SerialRange, serialAt } from '../../domain/device-serial.ts';
import { KeylineError } from '../../domain/errors.ts';
import type { RecordStore } from './record-store.ts';
import type { RestoreStore } from './restore-store.ts';

/**
 * A restored station gives out serials that nobody can have had: none that the service knows and, before the service
 * was asked, only of the range that a person named as new. Throws SERIALS_UNREAD, RANGE_USED.
 */
export function refuseAfterRestore(store: RestoreStore, range: SerialRange): void {
  const restore = store.restoration();
  if (!restore) return;
  const [first, last] = [serialAt(range, 0), serialAt(range, Number(range.last - range.first))];
  const used = store.usedSerialBetween(first, last);
  if (used !== null) throw new KeylineError('RANGE_USED', `${used}, before this station was restored`);
  if (restore.serialsReadMs === null && !within(range, restore.freshRange)) throw new KeylineError('SERIALS_UNREAD');
}

function within(range: SerialRange, fresh: string | null): boolean {
  const outer = fresh === null ? null : parseSerialRange(fresh);
  if (outer === null || 'refused' in outer) return false;
  const alike = outer.prefix === range.prefix && outer.digits === range.digits;
  return alike && outer.first <= range.first && range.last <= outer.last;
}

/** Whether this range may be named as new: it shares no serial with a lot on record. Throws RANGE_INVALID, RANGE_USED. */
export function refuseKnownRange(store: RecordStore, text: string): void {
  const fresh = parseSerialRange(text);
  if ('refused' in fresh) throw new KeylineError('RANGE_INVALID', fresh.refused);
  for (const { lotId, serialRange } of store.lotRanges()) {
    const known = parseSerialRange(serialRange);
    if (!('refused' in known) && rangesOverlap(fresh, known)) throw new KeylineError('RANGE_USED', `by lot ${lotId}`);
  }
}
