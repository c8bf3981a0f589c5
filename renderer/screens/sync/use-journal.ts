// The audit journal as long as the place is open: its newest page stays fresh, older pages and a search stand still, and
// the chain is checked once by itself where that takes no time.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { JournalPage, JournalVerdict } from '../../../contract/journal-api.ts';
import type { StationFeed } from '../../station-feed.ts';

/** As often as a person looks up from a board. */
const LOOK_MS = 5_000;
/** Entries that are checked in about a second on two cores: beyond, a person asks for it. */
const CHECK_AT_ONCE = 100_000;

interface Wanted {
  readonly before: number | null;
  readonly search: string;
}

const NEWEST: Wanted = { before: null, search: '' };

export interface Journal {
  readonly page: JournalPage | null;
  readonly wanted: Wanted;
  readonly verdict: JournalVerdict | null;
  readonly checking: boolean;
  readonly refused: { readonly code: string; readonly detail: string } | null;
  readonly show: (wanted: Partial<Wanted>) => void;
  readonly check: () => void;
}

export function useJournal(feed: StationFeed): Journal {
  const [page, setPage] = useState<JournalPage | null>(null);
  const [wanted, setWanted] = useState(NEWEST);
  const [verdict, setVerdict] = useState<JournalVerdict | null>(null);
  const [checking, setChecking] = useState(false);
  const [refused, setRefused] = useState<Journal['refused']>(null);
  /** Of the check: told until the next one, whatever a look comes to. */
  const [unchecked, setUnchecked] = useState<Journal['refused']>(null);
  const checked = useRef(false);
  const check = useCallback(async () => {
    setChecking(true);
    const answer = await feed.ask((api) => api.journal.verify());
    setChecking(false);
    setUnchecked(answer.ok ? null : answer);
    if (answer.ok) setVerdict(answer.value);
  }, [feed]);
  useEffect(() => {
    let open = true;
    const look = async () => {
      const answer = await feed.ask((api) => api.journal.list(wanted));
      if (!open) return;
      setRefused(answer.ok ? null : answer);
      if (!answer.ok) return;
      setPage(answer.value);
      if (checked.current || answer.value.head.seq > CHECK_AT_ONCE) return;
      checked.current = true;
      void check();
    };
    void look();
    const timer = wanted === NEWEST ? setInterval(() => void look(), LOOK_MS) : null;
    return () => {
      open = false;
      if (timer !== null) clearInterval(timer);
    };
  }, [feed, wanted, check]);
  const show = (change: Partial<Wanted>) => {
    const next = { ...wanted, ...change };
    setWanted(next.before === null && next.search === '' ? NEWEST : next);
  };
  return { page, wanted, verdict, checking, refused: unchecked ?? refused, show, check: () => void check() };
}
