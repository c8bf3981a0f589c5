// Rows of the station itself and of its lots, with what a lot has used up.

import { z } from 'zod';
import { Outcome } from '../domain/job.ts';
import { Lot } from '../domain/lot.ts';
import type { LotRow, LotTally, RecordStore, StationRow } from '../station/records/record-store.ts';
import { progressQuery } from './progress-rows.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { Code, change, changeOne, Flag, query } from './statement.ts';

export const StationShape = z.object({
  stationId: z.string(),
  practice: Flag,
  epoch: z.number(),
  createdMs: z.number(),
}) satisfies z.ZodType<StationRow>;

export const SELECT_STATION = 'SELECT station_id AS stationId, practice, epoch, created_ms AS createdMs FROM station';

/** Checks and types a lot's row; its columns are `LOT_COLUMNS`. */
export const LotShape = Lot.extend({
  practice: Flag,
  createdMs: z.number(),
  stateMs: z.number(),
  heldBy: z.string().nullable(),
  recipe: z.string(),
  serialsTaken: z.number(),
  failureRun: z.number(),
  failureCode: Code.nullable(),
}) satisfies z.ZodType<LotRow>;

export const LOT_COLUMNS = `lot_id AS lotId, order_id AS orderId, state, practice, quantity, spare,
  serial_range AS serialRange, recipe, recipe_name AS recipeName, recipe_version AS recipeVersion,
  recipe_sha256 AS recipeSha256, firmware_sha256 AS firmwareSha256, stop_after AS stopAfter,
  held_because AS heldBecause, serials_taken AS serialsTaken, failure_run AS failureRun,
  failure_code AS failureCode, created_ms AS createdMs, state_ms AS stateMs, held_by AS heldBy`;

type LotRows = Pick<
  RecordStore,
  | 'station'
  | 'insertStation'
  | 'lot'
  | 'releasedLot'
  | 'lotRanges'
  | 'insertLot'
  | 'setLotState'
  | 'setFailureRun'
  | 'lotTally'
  | 'lotProgress'
>;

export function lotRows(database: SqliteDatabase): LotRows {
  const station = query(database, SELECT_STATION, StationShape);
  const insertStation = change(
    database,
    'INSERT INTO station (one, station_id, practice, epoch, created_ms) VALUES (1, ?, ?, ?, ?)',
  );
  const lot = query(database, `SELECT ${LOT_COLUMNS} FROM lot WHERE lot_id = ?`, LotShape);
  const released = query(database, `SELECT ${LOT_COLUMNS} FROM lot WHERE state = 'released'`, LotShape);
  const ranges = query(
    database,
    'SELECT lot_id AS lotId, serial_range AS serialRange FROM lot ORDER BY created_ms, lot_id',
    z.object({ lotId: z.string(), serialRange: z.string() }),
  );
  const insertLot = change(
    database,
    `INSERT INTO lot (lot_id, order_id, state, practice, quantity, spare, serial_range, recipe, recipe_name,
       recipe_version, recipe_sha256, firmware_sha256, stop_after, held_because, serials_taken, failure_run,
       failure_code, created_ms, state_ms, held_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const setState = changeOne(
    database,
    'UPDATE lot SET state = ?, state_ms = ?, held_because = ?, held_by = ? WHERE lot_id = ?',
  );
  const setFailureRun = changeOne(database, 'UPDATE lot SET failure_run = ?, failure_code = ? WHERE lot_id = ?');

  return {
    station: () => station.one(),
    insertStation: (row) => void insertStation(row.stationId, Number(row.practice), row.epoch, row.createdMs),
    lot: (lotId) => lot.one(lotId),
    releasedLot: () => released.one(),
    lotRanges: () => ranges.all(),
    insertLot: (row) =>
      void insertLot(
        row.lotId,
        row.orderId,
        row.state,
        Number(row.practice),
        row.quantity,
        row.spare,
        row.serialRange,
        row.recipe,
        row.recipeName,
        row.recipeVersion,
        row.recipeSha256,
        row.firmwareSha256,
        row.stopAfter,
        row.heldBecause,
        row.serialsTaken,
        row.failureRun,
        row.failureCode,
        row.createdMs,
        row.stateMs,
        row.heldBy,
      ),
    setLotState: (lotId, { state, stateMs, heldBecause, heldBy }) =>
      setState(state, stateMs, heldBecause, heldBy, lotId),
    setFailureRun: (lotId, run, code) => setFailureRun(run, code, lotId),
    lotTally: tallyQuery(database),
    lotProgress: progressQuery(database),
  };
}

/**
 * The tally of one lot. A device counts once, by its last job in that lot; a job whose board never said who it is
 * counts by itself. One walk over an index that holds all it needs: linear in the lot's jobs.
 */
export function tallyQuery(database: SqliteDatabase): (lotId: string) => LotTally {
  // With one bare max(), SQLite takes the other columns from the row that holds the maximum.
  const outcomes = query(
    database,
    `SELECT outcome, count(*) AS jobs FROM (
       SELECT outcome, max(job_id) FROM job WHERE lot_id = ? AND device_id IS NOT NULL GROUP BY device_id
       UNION ALL SELECT outcome, job_id FROM job WHERE lot_id = ? AND device_id IS NULL)
     GROUP BY outcome`,
    z.object({ outcome: Outcome.nullable(), jobs: z.number() }),
  );
  const signatures = query(
    database,
    'SELECT count(*) AS signed FROM certificate WHERE lot_id = ?',
    z.object({ signed: z.number() }),
  );
  return (lotId) => {
    const counted = new Map(outcomes.all(lotId, lotId).map((row) => [row.outcome, row.jobs]));
    return {
      passed: counted.get('passed') ?? 0,
      failed: counted.get('failed') ?? 0,
      errored: counted.get('errored') ?? 0,
      aborted: counted.get('aborted') ?? 0,
      running: counted.get(null) ?? 0,
      signatures: signatures.one(lotId)?.signed ?? 0,
    };
  };
}
