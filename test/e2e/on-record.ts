// What the station in a data folder has on record now, for claims that a screen and its records agree.
import { join } from 'node:path';
import { openQueries, type StationQueries } from '../../db/queries.ts';

export function onRecord<T>(dataDir: string, read: (records: StationQueries) => T): T {
  const records = openQueries(join(dataDir, 'station.db'));
  try {
    return records.together(() => read(records));
  } finally {
    records.close();
  }
}
