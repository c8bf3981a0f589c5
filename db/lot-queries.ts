// The station and its lots for people: each lot with what became of its devices.
import type { Figures } from '../station/records/lot-figures.ts';
import type { LotRow, StationRow } from '../station/records/record-store.ts';
import { LOT_COLUMNS, LotShape, SELECT_STATION, StationShape, tallyQuery } from './lot-rows.ts';
import { progressQuery } from './progress-rows.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { query } from './statement.ts';

export interface LotWithFigures extends Figures {
  readonly lot: LotRow;
}

export interface LotQueries {
  station(): StationRow | null;
  /** The newest last. `nowMs` is where the last hour of each lot's progress ends. */
  lots(nowMs: number): readonly LotWithFigures[];
  lot(lotId: string, nowMs: number): LotWithFigures | null;
}

export function lotQueries(database: SqliteDatabase): LotQueries {
  const all = query(database, `SELECT ${LOT_COLUMNS} FROM lot ORDER BY created_ms, lot_id`, LotShape);
  const one = query(database, `SELECT ${LOT_COLUMNS} FROM lot WHERE lot_id = ?`, LotShape);
  const station = query(database, SELECT_STATION, StationShape);
  const tally = tallyQuery(database);
  const progress = progressQuery(database);
  return {
    station: () => station.one(),
    lots: (nowMs) => all.all().map((lot) => ({ lot, tally: tally(lot.lotId), progress: progress(lot.lotId, nowMs) })),
    lot(lotId, nowMs) {
      const lot = one.one(lotId);
      return lot && { lot, tally: tally(lotId), progress: progress(lotId, nowMs) };
    },
  };
}
