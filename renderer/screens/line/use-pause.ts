// Pause and go on, as the lot's state and the person's role allow, and the words of a refusal (UX.md section 4.2).
import { useRef, useState } from 'react';
import type { ErrorCode } from '../../../domain/error-table.ts';
import { useLastScan } from '../../scanner/use-scans.ts';
import type { StationFeed } from '../../station-feed.ts';
import { allows } from '../../view-state/permission.ts';
import { refusalCode } from '../../view-state/refusal-code.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { useRefusalText } from './use-card-text.ts';

export interface Pausing {
  /** Null where neither is due. */
  readonly pause: (() => void) | null;
  /** Why the last one was refused, until the lot is another, somebody else is there, or something is scanned. */
  readonly refusal: string | null;
}

export function usePause({ lot, lineRunning, facts }: StationView, feed: StationFeed): Pausing {
  const refusalText = useRefusalText();
  const lastScan = useLastScan();
  const [refused, setRefused] = useState<{ readonly code: ErrorCode; readonly about: string } | null>(null);
  const busy = useRef(false);
  const about = [lot?.lotId, lot?.stateSinceMs, facts.person?.personId, lastScan?.timeMs].join(' ');
  const refusal = refused?.about === about ? refusalText(refused.code) : null;
  if (lot === null || !lineRunning || (lot.state !== 'released' && lot.state !== 'held'))
    return { pause: null, refusal };
  // Held by the stop rule or for a reason that was given: a supervisor looks at it first.
  const needed = lot.state === 'held' && lot.heldBecause !== null ? 'supervisor' : 'technician';
  if (!allows(facts, needed)) return { pause: null, refusal };
  const command = lot.state === 'held' ? ('release' as const) : ('hold' as const);
  const order = { lotId: lot.lotId, command, because: null, writeOff: false };
  const send = async () => {
    if (busy.current) return;
    busy.current = true;
    const answer = await feed.ask((api) => api.lot.command(order));
    busy.current = false;
    setRefused(answer.ok ? null : { code: refusalCode(answer.code), about });
  };
  return { pause: () => void send(), refusal };
}
