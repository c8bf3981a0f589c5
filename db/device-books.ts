// One device's record for the desk of devices: rows of it and its place in the audit chain and the outbox. Reads only.
import { z } from 'zod';
import { AuditEvent } from '../domain/audit-event.ts';
import type { DeviceBooks } from '../station/device-books.ts';
import { MAX_PASSES } from '../station/records/record-store.ts';
import { readStages } from '../station/records/stage-text.ts';
import { AsWritten, SELECT_EVENT } from './audit-queries.ts';
import { deviceFind } from './device-find.ts';
import { deviceQueries } from './device-queries.ts';
import { CheckpointShape, SELECT_CHECKPOINT } from './event-rows.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { query } from './statement.ts';

/** Events of one device that are told: some 30 attempts of 30 events. */
const MOST_EVENTS = 1_000;

export function deviceBooks(database: SqliteDatabase): DeviceBooks {
  const { deviceBySerial, devicesByHwid, jobsOf, certificatesOf } = deviceQueries(database);
  // A device is never deleted, and its number is the next one.
  const onRecord = query(
    database,
    'SELECT coalesce(max(device_id), 0) AS devices FROM device',
    z.object({ devices: z.number() }),
  );
  const about = query(
    database,
    `SELECT seq, timeMs, actorId, type, body, prevHash, hash FROM (
       ${SELECT_EVENT} WHERE json_extract(body, '$.jobId') IN (SELECT job_id FROM job WHERE device_id = :device)
       UNION ${SELECT_EVENT} WHERE json_extract(body, '$.hwid') = :hwid AND type IN
         ('device-seen-again', 'identity-checked', 'device-reworked', 'device-scrapped', 'identity-revoked')
       UNION ${SELECT_EVENT} WHERE json_extract(body, '$.certificateId') IN
           (SELECT certificate_id FROM certificate WHERE device_id = :device)
         AND type IN ('registration-accepted', 'registration-refused', 'registration-resent', 'certificate-voided',
           'label-printed', 'label-unsure', 'label-scanned', 'label-mismatched'))
     ORDER BY seq DESC LIMIT ${MOST_EVENTS}`,
    AuditEvent,
  );
  const from = query(database, `${SELECT_EVENT} WHERE seq >= ? ORDER BY seq LIMIT ?`, AsWritten);
  const checkpoint = query(
    database,
    `${SELECT_CHECKPOINT} WHERE epoch = ? AND seq >= ? ORDER BY seq LIMIT 1`,
    CheckpointShape,
  );
  const passes = query(
    database,
    `SELECT ended_ms AS endedMs, stages FROM job WHERE lot_id = ? AND outcome = 'passed' AND outcome IN ('passed', 'failed')
     ORDER BY ended_ms DESC LIMIT ${MAX_PASSES}`,
    z.object({ endedMs: z.number(), stages: z.string().nullable().transform(readStages) }),
  );
  const entry = query(
    database,
    'SELECT id, state, code FROM outbox WHERE certificate_id = ? AND kind = ?',
    z.object({ id: z.number(), state: z.enum(['waiting', 'accepted', 'refused']), code: z.string().nullable() }),
  );
  const Count = z.object({ entries: z.number() });
  const place = query(database, "SELECT count(*) AS entries FROM outbox WHERE state = 'waiting' AND id <= ?", Count);
  const waiting = query(database, "SELECT count(*) AS entries FROM outbox WHERE state = 'waiting'", Count);
  return {
    ...deviceFind(database),
    ...{ deviceBySerial, devicesByHwid, jobsOf, certificatesOf },
    devicesOnRecord: () => onRecord.one()?.devices ?? 0,
    eventsOfDevice: ({ deviceId, hwid }) => about.named({ device: deviceId, hwid }).reverse(),
    eventsFrom: (seq, limit) => from.all(seq, limit),
    checkpointAfter: (epoch, seq) => checkpoint.one(epoch, seq),
    lastPasses: (lotId) => passes.all(lotId),
    entryOf: (certificateId, kind) => entry.one(certificateId, kind),
    placeOf: (id) => place.one(id)?.entries ?? 0,
    entriesWaiting: () => waiting.one()?.entries ?? 0,
  };
}
