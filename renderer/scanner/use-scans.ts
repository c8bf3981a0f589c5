// How a screen takes scans: the innermost one that is open is asked first, and says in words what came of it.
import { createContext, useContext, useEffect, useRef, useState } from 'react';
import type { Scan } from '../../domain/scan.ts';
import { CoveredContext } from '../components/covered.ts';

/** What came of a scan, for the scan bar. */
export interface ScanAnswer {
  readonly taken: boolean;
  readonly words: string;
}

export interface LastScan extends ScanAnswer {
  readonly timeMs: number;
}

/** Null: this scan is not for me, ask the screen around me. */
export type ScanHandler = (scan: Scan) => ScanAnswer | Promise<ScanAnswer> | null;

export interface ScanRoom {
  /** A place in the order of asking: a screen's is drawn after its frame's, so it is asked before. */
  readonly place: () => number;
  /** Asks this handler too; the answer ends it. */
  readonly enter: (place: number, handler: ScanHandler) => () => void;
  readonly last: LastScan | null;
}

export const ScanContext = createContext<ScanRoom | null>(null);

const NOT_FOR_ME: ScanHandler = () => null;

/** Asks this handler for each scan while the screen is open and Help does not lie over it. */
export function useScans(handler: ScanHandler): void {
  const room = useRoom();
  const covered = useContext(CoveredContext);
  const latest = useRef(handler);
  latest.current = covered ? NOT_FOR_ME : handler;
  const { place: placeOf, enter } = room;
  const [place] = useState(placeOf);
  useEffect(() => enter(place, (scan) => latest.current(scan)), [enter, place]);
}

/** The last scan and what came of it; null before the first. */
export function useLastScan(): LastScan | null {
  return useRoom().last;
}

function useRoom(): ScanRoom {
  const room = useContext(ScanContext);
  if (room === null) throw new Error('broken promise: scans are taken inside a ScanProvider');
  return room;
}
