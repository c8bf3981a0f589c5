// Looks at the ports as long as slots are taught, and folds what appears into the teaching.
import { useEffect, useState } from 'react';
import type { ErrorCode } from '../../../domain/error-table.ts';
import type { Fixtures } from '../../../domain/fixture.ts';
import type { StationFeed } from '../../station-feed.ts';
import { refusalCode } from '../../view-state/refusal-code.ts';
import { beginTeaching, look, type Teaching } from '../../view-state/teaching.ts';

/** A hand takes longer from one slot to the next. */
const LOOK_MS = 400;

export interface TeachingWork {
  readonly teaching: Teaching;
  readonly change: (act: (teaching: Teaching) => Teaching) => void;
  /** Why the ports cannot be looked at; null while they can. */
  readonly refused: ErrorCode | null;
}

export function useTeaching(feed: StationFeed, ports: string, fixtures: Fixtures): TeachingWork {
  const [teaching, setTeaching] = useState(() => beginTeaching(fixtures));
  const [refused, setRefused] = useState<ErrorCode | null>(null);
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const again = async () => {
      const answer = await feed.ask((api) => api.bench.find({ ports }));
      if (over) return;
      setRefused(answer.ok ? null : refusalCode(answer.code));
      if (answer.ok) setTeaching((before) => look(before, answer.value.positions));
      timer = setTimeout(() => void again(), LOOK_MS);
    };
    void again();
    return () => {
      over = true;
      if (timer !== null) clearTimeout(timer);
    };
  }, [feed, ports]);
  return { teaching, change: setTeaching, refused };
}
