// The lots of this station and their set-up (UX.md sections 3 and 4.4).
import type { StationFeed } from '../../station-feed.ts';
import type { StationView } from '../../view-state/station-view.ts';

export interface LotsProps {
  readonly view: StationView;
  readonly feed: StationFeed;
}

export function Lots(_props: LotsProps) {
  return <main className="main lots" />;
}
