// What the steps of the first run stand on.
import type { BenchView } from '../../../contract/bench-api.ts';
import type { BenchFeed } from '../../bench-feed.ts';
import type { Preferring } from '../../components/use-preferences.ts';
import type { StationFeed } from '../../station-feed.ts';
import type { StationView } from '../../view-state/station-view.ts';
import type { FirstRunMemory } from './use-first-run.ts';

export interface FirstRunProps extends FirstRunMemory {
  readonly view: StationView;
  readonly feed: StationFeed;
  readonly bench: BenchFeed;
  readonly benchView: BenchView;
  readonly preferring: Preferring;
  readonly nowMs: () => number;
  readonly onPractise: () => void;
  readonly onHelp: () => void;
}
