// The Line without a lot (UX.md section 4.2, Empty): scan a work order, or touch a lot that is released to this bench.
import type { LotView } from '../../../domain/station-event.ts';
import type { Answer, StationFeed } from '../../station-feed.ts';
import type { LotsProps } from './Lots.tsx';

/** Puts the lot on this bench; one that is held is released first. */
export async function startLot(feed: StationFeed, lot: LotView): Promise<Answer<{ slots: number }>> {
  const { lotId } = lot;
  if (lot.state === 'held') {
    const order = { lotId, command: 'release', because: null, writeOff: false } as const;
    const released = await feed.ask((api) => api.lot.command(order));
    if (!released.ok) return released;
  }
  return feed.ask((api) => api.line.start({ lotId, bench: null }));
}

export function ReleasedLots(_props: LotsProps) {
  return <div className="released-lots" />;
}
