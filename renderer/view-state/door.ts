// Which door a person stands at: nothing to see yet, the first run, sign-in, or the station's places.
import type { BenchView } from '../../contract/bench-api.ts';
import type { StationSight } from '../station-feed.ts';

export type Door = 'plain' | 'first-run' | 'sign-in' | 'open';

export function doorOf(sight: StationSight, bench: BenchView | null): Door {
  if (sight.kind !== 'live') return 'plain';
  if (sight.view.practice && bench?.firstRun === true) return 'first-run';
  const { hasPeople, person, pinFor } = sight.view.facts;
  return pinFor !== null || (hasPeople && person === null) ? 'sign-in' : 'open';
}
