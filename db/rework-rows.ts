// Rows of re-work and scrap: what people decided about a device that did not pass as it should.
import { z } from 'zod';
import type { ReworkStore } from '../station/records/rework-store.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { change, query } from './statement.ts';

const One = z.object({ one: z.literal(1) });

export function reworkRows(database: SqliteDatabase): ReworkStore {
  const waiting = query(database, 'SELECT 1 AS one FROM rework WHERE device_id = ? AND job_id IS NULL', One);
  const ofJob = query(database, 'SELECT 1 AS one FROM rework WHERE job_id = ?', One);
  const insert = change(database, 'INSERT INTO rework (device_id, reason, actor_id, ordered_ms) VALUES (?, ?, ?, ?)');
  const take = change(database, 'UPDATE rework SET job_id = ? WHERE device_id = ? AND job_id IS NULL');
  const scrap = query(database, 'SELECT 1 AS one FROM scrap WHERE device_id = ?', One);
  const insertScrap = change(
    database,
    'INSERT INTO scrap (device_id, reason, actor_id, scrapped_ms) VALUES (?, ?, ?, ?)',
  );
  const keys = query(
    database,
    'SELECT spki_sha256 AS spkiSha256 FROM job CROSS JOIN key USING (job_id) WHERE job.device_id = ? AND discarded = 0',
    z.object({ spkiSha256: z.string() }),
  );
  return {
    inRework: (deviceId) => waiting.one(deviceId) !== null,
    isRework: (jobId) => ofJob.one(jobId) !== null,
    insertRework: (order) => void insert(order.deviceId, order.reason, order.actorId, order.nowMs),
    takeRework: (deviceId, jobId) => void take(jobId, deviceId),
    scrapped: (deviceId) => scrap.one(deviceId) !== null,
    insertScrap: (order) => void insertScrap(order.deviceId, order.reason, order.actorId, order.nowMs),
    standingKeys: (deviceId) => keys.all(deviceId).map(({ spkiSha256 }) => spkiSha256),
  };
}
