// Pause and go on, as the lot's state and the person's role allow, and the words of a refusal (UX.md section 4.2).
import { useRef, useState } from 'react';
import type { ErrorCode } from '../../../domain/error-table.ts';
import type { StationFeed } from '../../station-feed.ts';
import { allows } from '../../view-state/permission.ts';
import { refusalCode } from '../../view-state/refusal-code.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { useRefusalText } from './use-card-text.ts';

export interface Pausing {
  /** Null where neither is due. */
  readonly pause: (() => void) | null;
  readonly refusal: string | null;
}

export function usePause({ lot, lineRunning, facts }: StationView, feed: StationFeed): Pausing {
  const refusalText = useRefusalText();
  const [refusedBy, setRefusedBy] = useState<ErrorCode | null>(null);
  const busy = useRef(false);
  const refusal = refusedBy === null ? null : refusalText(refusedBy);
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
    setRefusedBy(answer.ok ? null : refusalCode(answer.code));
  };
  return { pause: () => void send(), refusal };
}
