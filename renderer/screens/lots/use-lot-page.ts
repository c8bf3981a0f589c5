// The page of one lot, kept fresh while the line works on it: asked again when the lot has changed, at most every two
// seconds, and the rarer the longer the station takes for it.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { LotPage } from '../../../contract/lot-page-api.ts';
import type { LotView } from '../../../domain/station-event.ts';
import { later } from '../../components/later.ts';
import type { StationFeed } from '../../station-feed.ts';
import { FreshAsk } from '../../view-state/fresh-ask.ts';

const LEAST_MS = 2_000;
/** Of the station's time a page that is looked at takes one part in so many. */
const SHARE = 20;

export interface LotPageNow {
  /** Null until the station has answered. */
  readonly page: LotPage | null;
  /** Why there is no newer one. */
  readonly refused: { readonly code: string } | null;
  /** A page that came as the answer to something else, as a close. */
  readonly show: (page: LotPage) => void;
  readonly askAgain: () => void;
}

/** `lot`: what the line tells of it, as long as it runs it; null else. */
export function useLotPage(
  feed: StationFeed,
  lotId: string,
  lot: LotView | null,
  monotonicMs: () => number,
): LotPageNow {
  const [told, setTold] = useState<{ page: LotPage | null; refused: LotPageNow['refused'] }>(NOTHING);
  const fresh = useRef<FreshAsk | null>(null);
  useEffect(() => {
    let open = true;
    const ask = async () => {
      const sinceMs = monotonicMs();
      const answer = await feed.ask((api) => api.lotPage.read({ lotId }));
      if (open && answer.ok) setTold({ page: answer.value, refused: null });
      else if (open) setTold((before) => ({ page: before.page, refused: answer.ok ? null : answer }));
      return Math.max(LEAST_MS, SHARE * (monotonicMs() - sinceMs));
    };
    const asks = new FreshAsk(ask, later);
    fresh.current = asks;
    asks.wantAtOnce();
    return () => {
      open = false;
      asks.end();
    };
  }, [feed, lotId, monotonicMs]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the page is about is what asks for it again
  useEffect(() => fresh.current?.want(), [lot]);
  const show = useCallback((page: LotPage) => setTold({ page, refused: null }), []);
  const askAgain = useCallback(() => fresh.current?.wantAtOnce(), []);
  return { ...told, show, askAgain };
}

const NOTHING = { page: null, refused: null } as const;
