// The find of devices: what is looked for, the one page of it that is shown, and the way back through the pages before it.
import { useEffect, useRef, useState } from 'react';
import type { FoundDevice, FoundPage } from '../../../contract/devices-api.ts';
import type { StationFeed } from '../../station-feed.ts';

export interface Wanted {
  readonly text: string;
  readonly lotId: string | null;
  /** `2026-11-14`, in the time of this computer; null: any. */
  readonly day: string | null;
}

export const ANYTHING: Wanted = { text: '', lotId: null, day: null };

export interface Find {
  readonly wanted: Wanted;
  readonly want: (wanted: Wanted) => void;
  /** What the station answered last; null until it has. */
  readonly page: FoundPage | null;
  /** The one device that fits, once the station has answered what is looked for now. */
  readonly only: FoundDevice | null;
  /** From 1. */
  readonly number: number;
  readonly refused: { readonly code: string } | null;
  /** Null where there is none. */
  readonly later: (() => void) | null;
  readonly earlier: (() => void) | null;
}

interface Told {
  readonly page: FoundPage | null;
  /** What the page answers. */
  readonly of: Wanted | null;
  readonly refused: { readonly code: string } | null;
}

/** A typist's pause: not every letter is a find. */
const PAUSE_MS = 120;

const DAY_MS = 86_400_000;

function seenOn(day: string | null) {
  const fromMs = day === null ? Number.NaN : new Date(`${day}T00:00`).getTime();
  // A day with a change of the clock is an hour longer or shorter.
  return Number.isNaN(fromMs) ? null : { fromMs, toMs: new Date(fromMs + DAY_MS * 1.1).setHours(0, 0, 0, 0) };
}

/** `rows` is how many there is room for; `about` asks again when it changes. */
export function useFind(feed: StationFeed, rows: number, about: string): Find {
  const [wanted, setWanted] = useState(ANYTHING);
  /** Cursors of the pages before and with this one; the first one has none. */
  const [trail, setTrail] = useState<readonly (string | null)[]>([null]);
  const [told, setTold] = useState<Told>({ page: null, of: null, refused: null });
  const typed = useRef(false);
  const after = trail.at(-1) ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the list is about is what asks for it again
  useEffect(() => {
    if (rows === 0) return;
    let open = true;
    const ask = async () => {
      const text = wanted.text.trim().slice(0, 64);
      const query = { text, lotId: wanted.lotId, seen: seenOn(wanted.day), after, limit: rows };
      const answer = await feed.ask((api) => api.devices.find(query));
      if (open)
        setTold((before) =>
          answer.ok ? { page: answer.value, of: wanted, refused: null } : { ...before, refused: answer },
        );
    };
    const pause = setTimeout(() => void ask(), typed.current ? PAUSE_MS : 0);
    typed.current = false;
    return () => {
      open = false;
      clearTimeout(pause);
    };
  }, [feed, rows, wanted, after, about]);
  const { page, of, refused } = told;
  // A list that answers what was looked for before is shown, but opens nothing by itself and leads no further.
  const found = of === wanted ? page : null;
  const next = found?.next ?? null;
  return {
    ...{ wanted, page, refused, number: trail.length },
    only: found?.devices.length === 1 && trail.length === 1 ? (found.devices[0] ?? null) : null,
    want(change) {
      typed.current = change.text !== wanted.text;
      setTrail([null]);
      setWanted(change);
    },
    later: next === null ? null : () => setTrail([...trail, next]),
    earlier: trail.length === 1 ? null : () => setTrail(trail.slice(0, -1)),
  };
}
