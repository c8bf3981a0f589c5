// A real station made from the first run's answers (UX.md section 4.10): its data folder with the station's row, its
// first people and its settings, all in one transaction. Refuses a folder that holds a station. Service and signing CA
// come later, by `station enrol` and `ca init`.
import type { SetUp } from '../contract/bench-api.ts';
import { freeBytes, layBallast } from '../db/disk-space.ts';
import { KeylineError } from '../domain/errors.ts';
import { Settings } from '../station/lots/settings.ts';
import { type DigestedPeople, digestPeople, recordPeople } from '../station/people/new-people.ts';
import { STATION_ACTOR } from '../station/records/recorder.ts';
import { insertStation, type OpenRecords, openRecords } from './open-folder.ts';
import type { Use } from './surroundings.ts';

/** The people bring the salt of their badges: a station that is not made yet has none. */
const NO_SALT = { badgeSalt: () => null };

/** Throws STATION_EXISTS, FIRST_OFFICER, PERSON_EXISTS, DATA_FOLDER_*, RECORDS_*, DISK_FULL: then no station was made. */
export async function makeStation(use: Use, setUp: SetUp): Promise<{ stationId: string }> {
  // Seconds for many people: before the folder is touched, so that whoever ends the program now finds no half station.
  const people = await digestPeople(use.random, NO_SALT, setUp.people);
  const open = openRecords(use);
  try {
    return { stationId: record(use, open, setUp, people) };
  } finally {
    // Without a station there is nothing in them, and the app would take them for one at its next start.
    if (open.store.station() === null) open.drop();
    else open.close();
  }
}

function record(use: Use, { folder, store, recorder }: OpenRecords, setUp: SetUp, people: DigestedPeople): string {
  const known = store.station();
  if (known) throw new KeylineError('STATION_EXISTS', known.stationId);
  const { stationId } = recorder.commit(STATION_ACTOR, (append, createdMs) => {
    const row = insertStation(use, store, append, createdMs, false);
    recordPeople(store, append, people);
    const settings = new Settings(store);
    if (setUp.bench) settings.setBench(setUp.bench);
    if (setUp.pixelMm !== null) settings.setPixelMm(setUp.pixelMm);
    return row;
  });
  layBallast(folder.ballast, freeBytes(folder.path));
  return stationId;
}
