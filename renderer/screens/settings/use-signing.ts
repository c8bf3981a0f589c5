// The signing CAs as long as the panel is open: asked for again when the station says that it has changed, and when the
// lot on the line has used more signatures.
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { StationFeed } from '../../station-feed.ts';
import { SigningDesk, type SigningSight } from '../../view-state/signing-desk.ts';
import type { StationView } from '../../view-state/station-view.ts';

export function useSigning({ facts, lot }: StationView, feed: StationFeed): { sight: SigningSight; desk: SigningDesk } {
  const [desk] = useState(() => new SigningDesk(feed));
  const look = () => desk.sight();
  const sight = useSyncExternalStore((listener) => desk.watch(listener), look, look);
  const signatures = lot?.signatures ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the list is about is what asks for it again
  useEffect(() => void desk.look(), [desk, facts, signatures]);
  return { sight, desk };
}
