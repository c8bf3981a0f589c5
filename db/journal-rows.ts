// Audit events as people look them up: the newest first, of a board, by people or of lots. Any text passes as a type:
// the journal shows a changed event and does not stumble over it.
import { z } from 'zod';
import type { JournalRow, JournalStore } from '../station/journal/journal-store.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { query } from './statement.ts';

const Row = z.object({
  seq: z.number(),
  timeMs: z.number(),
  actorId: z.string(),
  type: z.string(),
  body: z.string(),
  deviceSerial: z.string().nullable(),
  hwid: z.string().nullable(),
  lotId: z.string().nullable(),
  slot: z.string().nullable(),
}) satisfies z.ZodType<JournalRow>;

/** Lots that one search may mean. */
const MOST_LOTS = 100;

const TEXT = (name: string) =>
  `CASE json_type(event.body, '$.${name}') WHEN 'text' THEN event.body ->> '$.${name}' END`;

const SELECT = `SELECT event.seq AS seq, event.time_ms AS timeMs, event.actor_id AS actorId, event.type AS type,
    event.body AS body, coalesce(${TEXT('deviceSerial')}, reserved.device_serial) AS deviceSerial,
    coalesce(device.hwid, ${TEXT('hwid')}) AS hwid,
    coalesce(${TEXT('lotId')}, job.lot_id, certificate.lot_id) AS lotId, coalesce(${TEXT('slot')}, job.slot) AS slot
  FROM audit_event AS event
    LEFT JOIN job ON job.job_id = json_extract(event.body, '$.jobId')
    LEFT JOIN certificate ON certificate.certificate_id = json_extract(event.body, '$.certificateId')
    LEFT JOIN device ON device.device_id = coalesce(job.device_id, certificate.device_id)
    LEFT JOIN serial_reservation AS reserved ON reserved.device_id = device.device_id`;

export function journalRows(database: SqliteDatabase): JournalStore {
  const before = query(database, `${SELECT} WHERE event.seq < ? ORDER BY event.seq DESC LIMIT ?`, Row);
  const ofDevice = query(
    database,
    `${SELECT} WHERE event.seq IN (
       SELECT seq FROM audit_event WHERE json_extract(body, '$.jobId') IN (SELECT job_id FROM job WHERE device_id = ?)
       UNION SELECT seq FROM audit_event WHERE json_extract(body, '$.certificateId') IN
         (SELECT certificate_id FROM certificate WHERE device_id = ?))
     AND event.seq < ? ORDER BY event.seq DESC LIMIT ?`,
    Row,
  );
  const about = query(
    database,
    `${SELECT} WHERE event.seq >= ? AND event.seq < ? AND (
       event.actor_id IN (SELECT value FROM json_each(?))
       OR coalesce(${TEXT('lotId')}, job.lot_id, certificate.lot_id) IN (SELECT value FROM json_each(?)))
     ORDER BY event.seq DESC LIMIT ?`,
    Row,
  );
  const time = query(
    database,
    'SELECT time_ms AS timeMs FROM audit_event WHERE seq = ?',
    z.object({ timeMs: z.number() }),
  );
  const device = query(
    database,
    `SELECT device_id AS deviceId FROM serial_reservation WHERE device_serial = upper(?) AND device_id IS NOT NULL
     UNION ALL SELECT device_id FROM device WHERE hwid = lower(?) LIMIT 1`,
    z.object({ deviceId: z.number() }),
  );
  const lots = query(
    database,
    'SELECT lot_id AS lotId FROM lot WHERE instr(upper(lot_id), upper(?)) > 0 LIMIT ?',
    z.object({ lotId: z.string() }),
  );
  return {
    eventsBefore: (seq, limit) => before.all(seq, limit),
    eventsOfDevice: (deviceId, seq, limit) => ofDevice.all(deviceId, deviceId, seq, limit),
    eventsAbout: ({ actorIds, lotIds }, { fromSeq, beforeSeq }, limit) =>
      about.all(fromSeq, beforeSeq, JSON.stringify(actorIds), JSON.stringify(lotIds), limit),
    eventTime: (seq) => time.one(seq)?.timeMs ?? null,
    journalWanted: (text) => ({
      deviceId: device.one(text, text)?.deviceId ?? null,
      lotIds: lots.all(text, MOST_LOTS).map(({ lotId }) => lotId),
    }),
  };
}
