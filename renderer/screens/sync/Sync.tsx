// What is in the cloud, what waits, what was refused; the journal (UX.md section 4.7).
import type { StationFeed } from '../../station-feed.ts';
import type { StationView } from '../../view-state/station-view.ts';

export interface SyncProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  /** The wall clock, UTC milliseconds. */
  readonly nowMs: () => number;
}

export function Sync({ view }: SyncProps) {
  return <main className="page" data-station={view.stationId} />;
}
