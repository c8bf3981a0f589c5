// The lots of this station (UX.md section 3): the list, or the set-up of a new one. Those who may not set up lots see
// the list alone.
import { useCallback, useState } from 'react';
import type { StationFeed } from '../../station-feed.ts';
import type { TypedDraft } from '../../view-state/lot-draft.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { LotList } from './LotList.tsx';
import { LotSetUp } from './LotSetUp.tsx';
import './lots.css';
import { useLots } from './use-lots.ts';

export interface LotsProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  /** The wall clock, UTC milliseconds. */
  readonly nowMs?: () => number;
  /** Opens the set-up of the saved draft first: the person comes back to it. */
  readonly setUp?: boolean;
}

/** The list, with the lot that was released just now; or set-up, of the saved draft or of a copy. */
type Open =
  | { readonly page: 'list'; readonly released: string | null }
  | { readonly page: 'set-up'; readonly start: TypedDraft | null };

export function Lots({ view, feed, nowMs = Date.now, setUp: atSetUp = false }: LotsProps) {
  const [open, setOpen] = useState<Open>(atSetUp ? { page: 'set-up', start: null } : { page: 'list', released: null });
  const told = useLots(view, feed);
  const setUp = useCallback((start: TypedDraft | null) => setOpen({ page: 'set-up', start }), []);
  const toList = (released: string | null) => {
    told.askAgain();
    setOpen({ page: 'list', released });
  };
  if (open.page === 'set-up')
    return <LotSetUp {...{ view, feed, nowMs }} start={open.start} lots={told.lots ?? []} onDone={toList} />;
  return <LotList {...{ view, feed, nowMs, told }} released={open.released} onSetUp={setUp} />;
}
