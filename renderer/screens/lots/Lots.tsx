// The lots of this station (UX.md section 3): the list, the page of one, or the set-up of a new one. Those who may not set
// up lots see list and pages.
import { useCallback, useState } from 'react';
import type { LotView } from '../../../domain/station-event.ts';
import type { StationFeed } from '../../station-feed.ts';
import { copyOf, type TypedDraft } from '../../view-state/lot-draft.ts';
import { allows } from '../../view-state/permission.ts';
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
}

type Open =
  | { readonly page: 'list'; readonly left: string | null }
  | { readonly page: 'lot'; readonly lotId: string; readonly released: boolean }
  | { readonly page: 'set-up'; readonly start: TypedDraft | null };

const LIST: Open = { page: 'list', left: null };

export function Lots({ view, feed, nowMs = Date.now }: LotsProps) {
  const [chosen, setOpen] = useState(LIST);
  // A person whose role became another one meanwhile may not set up any more.
  const open = chosen.page === 'set-up' && !allows(view.facts, 'supervisor') ? LIST : chosen;
  const told = useLots(view, feed);
  const kept = useKept(view, feed, open.page);
  const { recipes, draft } = kept;
  const setUp = useCallback((start: TypedDraft | null) => setOpen({ page: 'set-up', start }), []);
  const openLot = useCallback((lotId: string) => setOpen({ page: 'lot', lotId, released: false }), []);
  const copy = useCallback((lot: LotView) => setUp(copyOf(lot, recipes)), [setUp, recipes]);
  const toList = (left: string | null) => {
    told.askAgain();
    setOpen({ page: 'list', left });
  };
  const done = (released: string | null) => {
    told.askAgain();
    setOpen(released === null ? LIST : { page: 'lot', lotId: released, released: true });
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
