// A real station made from the first run's answers (UX.md section 4.10): its data folder with the station's row, its
// first people and its settings. The records are made beside their place and stand there once they are whole, so a power
// cut leaves no station or all of it. Refuses a folder that holds a station. Service and signing CA come later.
import { existsSync, rmSync } from 'node:fs';
import type { SetUp } from '../contract/bench-api.ts';
import { openDataFolder } from '../db/data-folder.ts';
import { freeBytes, layBallast } from '../db/disk-space.ts';
import { lockFolder } from '../db/folder-lock.ts';
import { openStationStore } from '../db/station-store.ts';
import { putInPlace } from '../db/whole-file.ts';
import { KeylineError } from '../domain/errors.ts';
import { Settings } from '../station/lots/settings.ts';
import { type DigestedPeople, digestPeople, recordPeople } from '../station/people/new-people.ts';
import { Recorder, STATION_ACTOR } from '../station/records/recorder.ts';
import { insertStation } from './open-folder.ts';
import type { Use } from './surroundings.ts';

/** What SQLite puts beside a database while it is open. */
const LOG = '-wal';
const DATABASE_FILES = ['', LOG, '-shm'];

/** The people bring the salt of their badges: a station that is not made yet has none. */
const NO_SALT = { badgeSalt: () => null };

/** Throws STATION_EXISTS, FIRST_OFFICER, PERSON_EXISTS, DATA_FOLDER_*, RECORDS_*, DISK_FULL: then no station was made. */
export async function makeStation(use: Use, setUp: SetUp): Promise<{ stationId: string }> {
  // Seconds for many people: before the folder is held.
  const people = await digestPeople(use.random, NO_SALT, setUp.people);
  const folder = openDataFolder(use.folder.path, use.around.platform);
  const unlock = lockFolder(folder.lock);
  const beside = `${folder.stationDatabase}-new`;
  try {
    refuseStation(folder.stationDatabase);
    remove(beside);
    // Whatever can be refused is refused before the station stands.
    layBallast(folder.ballast, freeBytes(folder.path));
    const stationId = makeRecords(beside, use, setUp, people);
    // SQLite closes without a word where it could not move its log into the database: records would stay behind in it.
    if (existsSync(`${beside}${LOG}`)) throw new KeylineError('DISK_FULL', 'the new records could not be closed');
    putInPlace(beside, folder.stationDatabase);
    return { stationId };
  } finally {
    remove(beside);
    unlock();
  }
}

/** Records without a station hold nothing. Opened to write, so that no log of theirs stays beside the new ones. */
function refuseStation(database: string): void {
  if (!existsSync(database)) return;
  const { store, close } = openStationStore(database);
  const known = store.station();
  close();
  if (known) throw new KeylineError('STATION_EXISTS', known.stationId);
}

function makeRecords(database: string, use: Use, setUp: SetUp, people: DigestedPeople): string {
  const { store, close } = openStationStore(database);
  try {
    return new Recorder(store, use.clock).commit(STATION_ACTOR, (append, createdMs) => {
      const { stationId } = insertStation(use, store, append, createdMs, false);
      recordPeople(store, append, people);
      const settings = new Settings(store);
      if (setUp.bench) settings.setBench(setUp.bench);
      if (setUp.pixelMm !== null) settings.setPixelMm(setUp.pixelMm);
      return stationId;
    });
  } finally {
    close();
  }
}

function remove(database: string): void {
  for (const end of DATABASE_FILES) rmSync(`${database}${end}`, { force: true });
}
