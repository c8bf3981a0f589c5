// When registrations were made and answered, from the audit events that say so, and the entries that were refused.
import { z } from 'zod';
import type { RefusedRow, SendingStore } from '../station/outbox/sending-store.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { change, Flag, query } from './statement.ts';

/** As the index `audit_event_of_sending` says it, or it is not read. */
const SENDING = "type IN ('certificate-live', 'registration-accepted', 'registration-refused', 'registration-resent')";
const KIND = "json_extract(body, '$.kind')";

const RefusedShape = z.object({
  id: z.number(),
  kind: z.enum(['register', 'void']),
  deviceSerial: z.string(),
  lotId: z.string(),
  fingerprint: z.string(),
  code: z.string(),
  caKnown: Flag,
}) satisfies z.ZodType<RefusedRow>;

export function sendingRows(database: SqliteDatabase): SendingStore {
  const steps = query(
    database,
    `SELECT time_ms / ? AS step, sum(CASE
         WHEN type = 'certificate-live' THEN 1
         WHEN ${KIND} <> 'register' THEN 0
         WHEN type = 'registration-resent' THEN 1 ELSE -1 END) AS change
       FROM audit_event WHERE ${SENDING} AND time_ms >= ? GROUP BY step ORDER BY step`,
    z.object({ step: z.number(), change: z.number() }),
  );
  const taken = query(
    database,
    `SELECT count(*) AS entries FROM audit_event
       WHERE ${SENDING} AND time_ms >= ? AND type = 'registration-accepted' AND ${KIND} = 'register'`,
    z.object({ entries: z.number() }),
  );
  const last = query(
    database,
    `SELECT time_ms AS timeMs FROM audit_event
       WHERE ${SENDING} AND type = 'registration-accepted' AND ${KIND} = 'register' ORDER BY time_ms DESC LIMIT 1`,
    z.object({ timeMs: z.number() }),
  );
  const refused = query(
    database,
    `SELECT outbox.id AS id, kind, device_serial AS deviceSerial, lot_id AS lotId,
         coalesce(fingerprint, json_extract(payload, '$.fingerprint')) AS fingerprint, coalesce(code, '') AS code, coalesce(registered, 0) AS caKnown
       FROM outbox JOIN certificate USING (certificate_id) LEFT JOIN ca USING (issuer_id)
       WHERE outbox.state = 'refused' AND (kind = 'void' OR certificate.state = 'live') AND outbox.id > ? ORDER BY outbox.id LIMIT ?`,
    RefusedShape,
  );
  const undecided = query(
    database,
    `SELECT count(*) AS entries FROM outbox JOIN certificate USING (certificate_id)
       WHERE outbox.state = 'refused' AND (kind = 'void' OR certificate.state = 'live')`,
    z.object({ entries: z.number() }),
  );
  // Why it was refused stays until the answer: a conflict is one until then.
  const again = change(database, "UPDATE outbox SET state = 'waiting' WHERE id = ? AND state = 'refused'");
  const entry = query(
    database,
    'SELECT kind, certificate_id AS certificateId FROM outbox WHERE id = ?',
    z.object({ kind: RefusedShape.shape.kind, certificateId: z.number() }),
  );
  return {
    waitingSteps: (sinceMs, stepMs) => steps.all(stepMs, sinceMs),
    takenSince: (sinceMs) => taken.one(sinceMs)?.entries ?? 0,
    lastTakenMs: () => last.one()?.timeMs ?? null,
    undecided: () => undecided.one()?.entries ?? 0,
    refusedAfter: (afterId, limit) => refused.all(afterId, limit),
    sendEntryAgain: (id) => (again(id).changes === 1 ? entry.one(id) : null),
  };
}
