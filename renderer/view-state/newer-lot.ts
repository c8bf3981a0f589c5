// The lot as it was told last: what a command answers with is known before the picture that shows it, and a scan that
// follows at once must find it so.
import type { LotView } from '../../domain/station-event.ts';

/** `seen` of the picture, or `told` by an answer where that is the same lot in a later state. */
export function newerLot(seen: LotView | null, told: LotView | null): LotView | null {
  const isNewer = seen !== null && told?.lotId === seen.lotId && told.stateSinceMs > seen.stateSinceMs;
  return isNewer ? told : seen;
}
