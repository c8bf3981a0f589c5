// Devices of this station: find one, see its record (UX.md section 4.6).
import type { StationFeed } from '../../station-feed.ts';
import type { StationView } from '../../view-state/station-view.ts';

export interface DevicesProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  /** The wall clock, UTC milliseconds. */
  readonly nowMs: () => number;
}

export function Devices({ view }: DevicesProps) {
  return <main className="page" data-station={view.stationId} />;
}
