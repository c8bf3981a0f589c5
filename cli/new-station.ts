// A real station made from the first run's answers (UX.md section 4.10): its data folder with the station's row, its
// first people and its settings, all in one transaction. Refuses a folder that holds a station. Service and signing CA
// come later, by `station enrol` and `ca init`.
import type { SetUp } from '../contract/bench-api.ts';
import { freeBytes, layBallast } from '../db/disk-space.ts';
import { KeylineError } from '../domain/errors.ts';
import { Settings } from '../station/lots/settings.ts';
import { digestPeople, recordPeople } from '../station/people/new-people.ts';
import { STATION_ACTOR } from '../station/records/recorder.ts';
import { insertStation, openRecords } from './open-folder.ts';
import type { Use } from './surroundings.ts';

/** Throws STATION_EXISTS, FIRST_OFFICER, PERSON_EXISTS, DATA_FOLDER_*, RECORDS_*, DISK_FULL: then no station is there. */
export async function makeStation(use: Use, setUp: SetUp): Promise<{ stationId: string }> {
  const { folder, store, recorder, close } = openRecords(use);
  try {
    const known = store.station();
    if (known) throw new KeylineError('STATION_EXISTS', known.stationId);
    const people = await digestPeople(use.random, store, setUp.people);
    const station = recorder.commit(STATION_ACTOR, (append, createdMs) => {
      const row = insertStation(use, store, append, createdMs, false);
      recordPeople(store, append, people);
      const settings = new Settings(store);
      if (setUp.bench) settings.setBench(setUp.bench);
      if (setUp.pixelMm !== null) settings.setPixelMm(setUp.pixelMm);
      return row;
    });
    layBallast(folder.ballast, freeBytes(folder.path));
    return { stationId: station.stationId };
  } finally {
    close();
  }
}
