// How the sending and the copies stand, as long as the place is open: asked for when it opens and while the station's
// counts change, at most every few seconds.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CopyState } from '../../../contract/backup-api.ts';
import type { OutboxState, RefusedPage } from '../../../contract/outbox-api.ts';
import type { SyncView } from '../../../domain/station-event.ts';
import type { StationFeed } from '../../station-feed.ts';
import { refusedRows } from '../../view-state/refused-rows.ts';

/** Three days are read from an index in some 10 ms; a busy line changes the counts twice a second. */
const LOOK_MS = 3_000;

export interface Outbox {
  readonly state: OutboxState | null;
  readonly refused: RefusedPage;
  readonly copies: CopyState | null;
  readonly askAgain: () => void;
  readonly showMore: () => void;
}

export function useOutbox(sync: SyncView, feed: StationFeed): Outbox {
  const [state, setState] = useState<OutboxState | null>(null);
  const [copies, setCopies] = useState<CopyState | null>(null);
  const [refused, setRefused] = useState<RefusedPage>({ rows: [], more: false });
  /** Rows that a person opened, at least. */
  const least = useRef(0);
  /** Counts the looks, and which one is shown: an answer to an earlier one has fewer rows. */
  const looks = useRef(0);
  const shown = useRef(0);
  const look = useCallback(async () => {
    looks.current += 1;
    const mine = looks.current;
    const [outbox, page, copied] = await Promise.all([
      feed.ask((api) => api.outbox.state()),
      refusedRows(least.current, (afterId) => feed.ask((api) => api.outbox.refused({ afterId }))),
      feed.ask((api) => api.backup.state()),
    ]);
    if (mine < shown.current) return;
    shown.current = mine;
    if (outbox.ok) setState(outbox.value);
    if (page !== null) setRefused(page);
    if (copied.ok) setCopies(copied.value);
  }, [feed]);
  const stale = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it is about is what makes it stale
  useEffect(() => {
    stale.current = true;
  }, [sync]);
  useEffect(() => {
    const refresh = () => {
      if (!stale.current) return;
      stale.current = false;
      void look();
    };
    refresh();
    const timer = setInterval(refresh, LOOK_MS);
    return () => clearInterval(timer);
  }, [look]);
  const showMore = () => {
    least.current = refused.rows.length + 1;
    void look();
  };
  return { state, refused, copies, askAgain: () => void look(), showMore };
}
