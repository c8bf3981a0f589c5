// A lot as told to those who watch.
import type { LotView } from '../../domain/station-event.ts';
import type { LotRow, LotTally } from '../records/record-store.ts';

export function lotView(row: LotRow, tally: LotTally): LotView {
  const { lotId, state, quantity, spare, heldBecause } = row;
  return { lotId, state, quantity, spare, heldBecause, ...tally };
}
