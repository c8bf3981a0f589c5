// The station of this computer as the first run's practice bench may touch it: it makes it once, and goes to it. A making
// that was refused leaves nothing, so that the app does not take half a station for a whole one at its next start.
import { existsSync, rmSync } from 'node:fs';
import { makeStation } from '../cli/new-station.ts';
import type { RealStation } from '../cli/practice/bench-control.ts';
import type { Use } from '../cli/surroundings.ts';

/** What SQLite puts beside a database while it is open. */
const DATABASE_FILES = ['', '-wal', '-shm'];

/** `use` is of the real station's folder. */
export function realStation(use: Use, enter: () => void): RealStation {
  const { stationDatabase } = use.folder;
  const exists = () => existsSync(stationDatabase);
  return {
    exists,
    async make(setUp) {
      const before = exists();
      try {
        return await makeStation(use, setUp);
      } catch (error) {
        if (!before) for (const end of DATABASE_FILES) rmSync(`${stationDatabase}${end}`, { force: true });
        throw error;
      }
    },
    enter,
  };
}
