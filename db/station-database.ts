// station.db: which migrations make it, and opening it to write (one process) or to read (anyone, at the same time).
import { existsSync } from 'node:fs';
import { KeylineError } from '../domain/errors.ts';
import { firstStation } from './migrations/001-station.ts';
import { people } from './migrations/002-people.ts';
import { lineOnScreen } from './migrations/003-line.ts';
import { keyOfJob } from './migrations/004-key-of-job.ts';
import { signing } from './migrations/005-signing.ts';
import { restored } from './migrations/006-restore.ts';
import { devices } from './migrations/007-devices.ts';
import { labels } from './migrations/008-labels.ts';
import { lotPage } from './migrations/009-lot-page.ts';
import { sending } from './migrations/010-sending.ts';
import { voidAtService } from './migrations/011-void-at-service.ts';
import { countedAtService } from './migrations/012-counted-at-service.ts';
import { type Migration, openDatabase, type SqliteDatabase } from './sqlite.ts';

/** All of them, in order. A released one is never edited; a change of shape is a new file. */
const STATION_MIGRATIONS: readonly Migration[] = [
  firstStation,
  people,
  lineOnScreen,
  keyOfJob,
  signing,
  restored,
  devices,
  labels,
  lotPage,
  sending,
  voidAtService,
  countedAtService,
];

/** Opens or makes the records of a station; its holder has the folder's lock. Throws as `openDatabase` does. */
export function openStationDatabase(path: string): SqliteDatabase {
  return openDatabase(path, { kind: 'station', migrations: STATION_MIGRATIONS });
}

/** Opens the records for queries, also while a station writes. Throws NO_STATION, and as `openDatabase` does. */
export function openStationReadOnly(path: string): SqliteDatabase {
  if (!existsSync(path)) throw new KeylineError('NO_STATION');
  return openDatabase(path, { kind: 'station', migrations: STATION_MIGRATIONS, readOnly: true });
}
