// Rows of jobs: one device's provisioning attempts, the machine's state opaque beside the columns that indexes need.

import { z } from 'zod';
import { Outcome } from '../domain/job.ts';
import type { JobRow, RecordStore } from '../station/records/record-store.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { Code, change, changeOne, insertedId, query } from './statement.ts';

export const JobShape = z.object({
  jobId: z.number(),
  lotId: z.string(),
  deviceId: z.number().nullable(),
  slot: z.string(),
  state: z.string(),
  attempt: z.number(),
  crashes: z.number(),
  outcome: Outcome.nullable(),
  code: Code.nullable(),
  startedMs: z.number(),
  endedMs: z.number().nullable(),
  stages: z.string().nullable(),
}) satisfies z.ZodType<JobRow>;

export const SELECT_JOB = `SELECT job_id AS jobId, lot_id AS lotId, device_id AS deviceId, slot, state, attempt, crashes,
  outcome, code, started_ms AS startedMs, ended_ms AS endedMs, stages FROM job`;

type JobRows = Pick<
  RecordStore,
  | 'job'
  | 'runningJobOf'
  | 'lastJobOf'
  | 'jobsOf'
  | 'runningJobs'
  | 'jobsOfLot'
  | 'insertJob'
  | 'setJobState'
  | 'setJobDevice'
  | 'setJobSlot'
  | 'setJobCrashes'
  | 'endJob'
>;

export function jobRows(database: SqliteDatabase): JobRows {
  const job = query(database, `${SELECT_JOB} WHERE job_id = ?`, JobShape);
  const runningOf = query(database, `${SELECT_JOB} WHERE device_id = ? AND outcome IS NULL`, JobShape);
  const lastOf = query(database, `${SELECT_JOB} WHERE device_id = ? ORDER BY job_id DESC LIMIT 1`, JobShape);
  const countOf = query(
    database,
    'SELECT count(*) AS jobs FROM job WHERE lot_id = ? AND device_id = ?',
    z.object({ jobs: z.number() }),
  );
  const running = query(database, `${SELECT_JOB} WHERE outcome IS NULL ORDER BY job_id`, JobShape);
  const ofLot = query(
    database,
    'SELECT job_id AS jobId, device_id AS deviceId, outcome FROM job WHERE lot_id = ? ORDER BY device_id, job_id',
    JobShape.pick({ jobId: true, deviceId: true, outcome: true }),
  );
  const insertJob = change(
    database,
    `INSERT INTO job (lot_id, device_id, slot, state, attempt, crashes, outcome, code, started_ms, ended_ms, stages)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const setState = changeOne(database, 'UPDATE job SET state = ?, attempt = ?, stages = ? WHERE job_id = ?');
  const setDevice = changeOne(database, 'UPDATE job SET device_id = ? WHERE job_id = ?');
  const setSlot = changeOne(database, 'UPDATE job SET slot = ? WHERE job_id = ?');
  const setCrashes = changeOne(database, 'UPDATE job SET crashes = ? WHERE job_id = ?');
  const end = changeOne(database, 'UPDATE job SET outcome = ?, code = ?, ended_ms = ? WHERE job_id = ?');

  return {
    job: (jobId) => job.one(jobId),
    runningJobOf: (deviceId) => runningOf.one(deviceId),
    lastJobOf: (deviceId) => lastOf.one(deviceId),
    jobsOf: (deviceId, lotId) => countOf.one(lotId, deviceId)?.jobs ?? 0,
    runningJobs: () => running.all(),
    jobsOfLot: (lotId) => ofLot.each(lotId),
    insertJob: (row) =>
      insertedId(
        insertJob(
          row.lotId,
          row.deviceId,
          row.slot,
          row.state,
          row.attempt,
          row.crashes,
          row.outcome,
          row.code,
          row.startedMs,
          row.endedMs,
          row.stages,
        ),
      ),
    setJobState: (jobId, state, attempt, stages) => setState(state, attempt, stages, jobId),
    setJobDevice: (jobId, deviceId) => setDevice(deviceId, jobId),
    setJobSlot: (jobId, slot) => setSlot(slot, jobId),
    setJobCrashes: (jobId, crashes) => setCrashes(crashes, jobId),
    endJob: (jobId, outcome, code, endedMs) => end(outcome, code, endedMs, jobId),
  };
}
