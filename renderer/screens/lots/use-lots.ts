// The station's lots as a list that stays fresh: asked when the screen opens and when a lot changes its state, with
// what the line tells of its lot folded in between.
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { LotView } from '../../../domain/station-event.ts';
import type { StationFeed } from '../../station-feed.ts';
import { withLot } from '../../view-state/lot-row.ts';
import type { StationView } from '../../view-state/station-view.ts';

export interface Lots {
  /** Newest first; null until the station has answered. */
  readonly lots: readonly LotView[] | null;
  /** Why there is no list; null when there is one. */
  readonly refused: { readonly code: string; readonly detail: string } | null;
  readonly askAgain: () => void;
}

export function useLots({ lotTold: lot, facts }: StationView, feed: StationFeed): Lots {
  const [told, setTold] = useState<Omit<Lots, 'askAgain'>>({ lots: null, refused: null });
  const [asked, setAsked] = useState(0);
  const about = `${asked} ${lot?.lotId} ${lot?.state} ${facts.person?.personId}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the list is about is what asks for it again
  useEffect(() => {
    let open = true;
    void feed
      .ask((api) => api.lots.list())
      .then((answer) => {
        if (!open) return;
        if (answer.ok) setTold({ lots: answer.value, refused: null });
        else setTold((before) => ({ lots: before.lots, refused: answer }));
      });
    return () => {
      open = false;
    };
  }, [feed, about]);
  const askAgain = useCallback(() => setAsked((count) => count + 1), []);
  const lots = useMemo(() => (told.lots === null ? null : withLot(told.lots, lot)), [told.lots, lot]);
  return { lots, refused: told.refused, askAgain };
}
