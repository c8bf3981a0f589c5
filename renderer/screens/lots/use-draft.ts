// The set-up page's draft, open as long as the page is.
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { LotView } from '../../../domain/station-event.ts';
import { later } from '../../components/later.ts';
import type { StationFeed } from '../../station-feed.ts';
import type { DraftDesk } from '../../view-state/draft-desk.ts';
import type { TypedDraft } from '../../view-state/lot-draft.ts';
import { type DraftClock, DraftWork } from './draft-work.ts';

const CLOCK: DraftClock = {
  nowMs: () => performance.now(),
  after: later,
};

/** `start` takes the place of the saved draft; `world` names what the checks depend on beside it. */
export function useDraft(
  feed: StationFeed,
  start: TypedDraft | null,
  world: string,
  onReleased: (lot: LotView) => void,
): { readonly desk: DraftDesk | null; readonly work: DraftWork } {
  const [work] = useState(() => new DraftWork(feed, CLOCK, onReleased));
  const sight = () => work.desk();
  const desk = useSyncExternalStore((listener) => work.watch(listener), sight, sight);
  useEffect(() => {
    work.open(start);
    return () => work.close();
  }, [work, start]);
  const seen = useRef(world);
  useEffect(() => {
    if (seen.current !== world) work.lookAgain();
    seen.current = world;
  }, [work, world]);
  return { desk, work };
}
