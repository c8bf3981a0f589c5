// The signing CAs as long as the panel is open: asked for again when the station says that it has changed, when the lot
// on the line has used more signatures, and while one is away, for the station looks for its token when it is asked.
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { StationFeed } from '../../station-feed.ts';
import { SigningDesk, type SigningSight } from '../../view-state/signing-desk.ts';
import type { StationView } from '../../view-state/station-view.ts';

/** As soon as a person who plugged a token in looks up. */
const LOOK_AGAIN_MS = 2_000;

export function useSigning({ facts, lot }: StationView, feed: StationFeed): { sight: SigningSight; desk: SigningDesk } {
  const [desk] = useState(() => new SigningDesk(feed));
  const look = () => desk.sight();
  const sight = useSyncExternalStore((listener) => desk.watch(listener), look, look);
  const signatures = lot?.signatures ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the list is about is what asks for it again
  useEffect(() => void desk.look(), [desk, facts, signatures]);
  const isAway = sight.cas?.some(({ signing }) => signing === 'unreachable') ?? false;
  useEffect(() => {
    if (!isAway) return;
    const timer = setInterval(() => void desk.look(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [desk, isAway]);
  return { sight, desk };
}
