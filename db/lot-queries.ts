// The station and its lots for people: each lot with what became of its devices.
import { z } from 'zod';
import { type KeyTerms, keyTerms, Recipe } from '../domain/recipe.ts';
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
  /** How the boards of a lot that is there come by their keys. */
  keyTerms(lotId: string): KeyTerms;
}

export function lotQueries(database: SqliteDatabase): LotQueries {
  const all = query(database, `SELECT ${LOT_COLUMNS} FROM lot ORDER BY created_ms, lot_id`, LotShape);
  const one = query(database, `SELECT ${LOT_COLUMNS} FROM lot WHERE lot_id = ?`, LotShape);
  const recipe = query(database, 'SELECT recipe FROM lot WHERE lot_id = ?', z.object({ recipe: z.string() }));
  const terms = new Map<string, KeyTerms>();
  const station = query(database, SELECT_STATION, StationShape);
  const tally = tallyQuery(database);
  const progress = progressQuery(database);
  return {
    station: () => station.one(),
    keyTerms(lotId) {
      const known = terms.get(lotId) ?? keyTerms(Recipe.parse(JSON.parse(recipe.one(lotId)?.recipe ?? '')));
      terms.set(lotId, known);
      return known;
    },
    lots: (nowMs) => all.all().map((lot) => ({ lot, tally: tally(lot.lotId), progress: progress(lot.lotId, nowMs) })),
    lot(lotId, nowMs) {
      const lot = one.one(lotId);
      return lot && { lot, tally: tally(lotId), progress: progress(lotId, nowMs) };
    },
  };
}
