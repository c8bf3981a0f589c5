// How a lot has gone so far: verdicts and the last passes, read from indexes. Figures for people; no rule rests on them.
import { z } from 'zod';
import { MAX_PASSES, type RecordStore } from '../station/records/record-store.ts';
import { readStages } from '../station/records/stage-text.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { query } from './statement.ts';

const HOUR_MS = 3_600_000;

/** The progress of one lot. One walk over an index for the devices judged; the rest reads what it answers and no more. */
export function progressQuery(database: SqliteDatabase): RecordStore['lotProgress'] {
  // With one bare max(), SQLite takes the other columns from the row that holds the maximum.
  const devices = query(
    database,
    `SELECT count(*) AS judged, count(*) FILTER (WHERE outcome = 'passed' AND jobs = 1) AS firstPassed FROM (
       SELECT outcome, max(job_id), count(*) AS jobs FROM job WHERE lot_id = ? AND device_id IS NOT NULL
       GROUP BY device_id)
     WHERE outcome IN ('passed', 'failed')`,
    z.object({ judged: z.number(), firstPassed: z.number() }),
  );
  const passes = query(
    database,
    `SELECT ended_ms AS endedMs, stages FROM job WHERE lot_id = ? AND outcome = 'passed' AND outcome IN ('passed', 'failed')
     ORDER BY ended_ms DESC LIMIT ${MAX_PASSES}`,
    z.object({ endedMs: z.number(), stages: z.string().nullable().transform(readStages) }),
  );
  const verdicts = query(
    database,
    `SELECT ended_ms AS endedMs, outcome FROM job
     WHERE lot_id = ? AND ended_ms > ? AND outcome IN ('passed', 'failed')`,
    z.object({ endedMs: z.number(), outcome: z.enum(['passed', 'failed']) }),
  );
  return (lotId, nowMs) => ({
    ...(devices.one(lotId) ?? { judged: 0, firstPassed: 0 }),
    passes: passes.all(lotId),
    verdicts: verdicts.all(lotId, nowMs - HOUR_MS),
  });
}
