// The lots of this station (UX.md section 3): the list, the page of one, or the set-up of a new one. Those who may not set
// up lots see list and pages.
import { type RefObject, useCallback, useEffect, useState } from 'react';
import type { LotView } from '../../../domain/station-event.ts';
import type { StationFeed } from '../../station-feed.ts';
import { copyOf, type TypedDraft } from '../../view-state/lot-draft.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { LotList } from './LotList.tsx';
import { LotPage } from './LotPage.tsx';
import { LotSetUp } from './LotSetUp.tsx';
import './lots.css';
import { useKept } from './use-kept.ts';
import { useLots } from './use-lots.ts';

export interface LotsProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  /** The wall clock, UTC milliseconds. */
  readonly nowMs?: () => number;
  /** Opens the set-up of the saved draft first: the person comes back to it. */
  readonly setUp?: boolean;
  /** The lot whose page is open; null for none. */
  readonly seen?: RefObject<string | null>;
  /** Opens that page first: the person comes back to it. */
  readonly again?: boolean;
}

type Open =
  | { readonly page: 'list'; readonly left: string | null }
  | { readonly page: 'lot'; readonly lotId: string; readonly released: boolean }
  | { readonly page: 'set-up'; readonly start: TypedDraft | null };

const NOWHERE: RefObject<string | null> = { current: null };

export function Lots({
  view,
  feed,
  nowMs = Date.now,
  setUp: atSetUp = false,
  seen = NOWHERE,
  again = false,
}: LotsProps) {
  const [open, setOpen] = useState<Open>(() => firstOf(atSetUp, again ? seen.current : null));
  const told = useLots(view, feed);
  const kept = useKept(view, feed, open.page);
  const { recipes, draft } = kept;
  const lotOpen = open.page === 'lot' ? open.lotId : null;
  useEffect(() => {
    seen.current = lotOpen;
  }, [seen, lotOpen]);
  const setUp = useCallback((start: TypedDraft | null) => setOpen({ page: 'set-up', start }), []);
  const openLot = useCallback((lotId: string) => setOpen({ page: 'lot', lotId, released: false }), []);
  const copy = useCallback((lot: LotView) => setUp(copyOf(lot, recipes)), [setUp, recipes]);
  const toList = (left: string | null) => {
    told.askAgain();
    setOpen({ page: 'list', left });
  };
  const done = (released: string | null) => {
    told.askAgain();
    setOpen(released === null ? { page: 'list', left: null } : { page: 'lot', lotId: released, released: true });
  };
  if (open.page === 'set-up')
    return <LotSetUp {...{ view, feed, nowMs }} start={open.start} lots={told.lots ?? []} onDone={done} />;
  if (open.page === 'lot')
    return (
      <LotPage
        key={open.lotId}
        {...{ view, feed, nowMs }}
        lotId={open.lotId}
        released={open.released}
        hasDraft={draft !== null}
        onCopy={copy}
        onBack={() => toList(open.lotId)}
      />
    );
  return <LotList {...{ view, nowMs, told, draft }} left={open.left} onOpen={openLot} onSetUp={setUp} />;
}

function firstOf(atSetUp: boolean, lotId: string | null): Open {
  if (atSetUp) return { page: 'set-up', start: null };
  return lotId === null ? { page: 'list', left: null } : { page: 'lot', lotId, released: false };
}
