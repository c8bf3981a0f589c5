// The station of this computer as the first run's practice bench may touch it: it makes it once, and goes to it.
import { existsSync } from 'node:fs';
import { makeStation } from '../cli/new-station.ts';
import type { RealStation } from '../cli/practice/bench-control.ts';
import type { Use } from '../cli/surroundings.ts';

/** `use` is of the real station's folder. */
export function realStation(use: Use, enter: () => void): RealStation {
  return {
    exists: () => existsSync(use.folder.stationDatabase),
    make: (setUp) => makeStation(use, setUp),
    enter,
  };
}
