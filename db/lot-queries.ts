// The station and its lots for people: each lot with what became of its devices.
import type { LotRow, LotTally, StationRow } from '../station/records/record-store.ts';
import { LOT_COLUMNS, LotShape, SELECT_STATION, StationShape, tallyQuery } from './lot-rows.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { query } from './statement.ts';

export interface LotWithTally {
  readonly lot: LotRow;
  readonly tally: LotTally;
}

export interface LotQueries {
  station(): StationRow | null;
  /** The newest last. */
  lots(): readonly LotWithTally[];
  lot(lotId: string): LotWithTally | null;
}

export function lotQueries(database: SqliteDatabase): LotQueries {
  const all = query(database, `SELECT ${LOT_COLUMNS} FROM lot ORDER BY created_ms, lot_id`, LotShape);
  const one = query(database, `SELECT ${LOT_COLUMNS} FROM lot WHERE lot_id = ?`, LotShape);
  const station = query(database, SELECT_STATION, StationShape);
  const tally = tallyQuery(database);
  return {
    station: () => station.one(),
    lots: () => all.all().map((lot) => ({ lot, tally: tally(lot.lotId) })),
    lot(lotId) {
      const lot = one.one(lotId);
      return lot && { lot, tally: tally(lotId) };
    },
  };
}
