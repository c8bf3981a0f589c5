// Rows of the outbox: what the security service has to learn, oldest first. Marked when answered, never deleted.
import { z } from 'zod';
import type { CarryStore } from '../station/carry/carry-store.ts';
import type { CopyMaker } from '../station/copies/copy-maker.ts';
import type { OutboxEntry, OutboxStore } from '../station/outbox/outbox-store.ts';
import type { RecordStore } from '../station/records/record-store.ts';
import { CheckpointShape, SELECT_CHECKPOINT } from './event-rows.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { change, query } from './statement.ts';

const Entry = z.object({
  id: z.number(),
  kind: z.enum(['register', 'void']),
  payload: z.string(),
  state: z.enum(['waiting', 'accepted', 'refused']),
  code: z.string().nullable(),
}) satisfies z.ZodType<OutboxEntry>;

/** As contract/security-service/registration.ts has them. */
const CONFLICTS = ['DEVICE_TAKEN', 'CERTIFICATE_TAKEN', 'SERIAL_TAKEN', 'KEY_TAKEN'];
/**
 * Condition on a row of the outbox: another board or certificate stands in its place, and nobody decided yet. Sending it
 * again decides nothing: it stands until the service has answered.
 */
export const IS_CONFLICT = `outbox.state <> 'accepted' AND coalesce(outbox.code, '') IN (${CONFLICTS.map((code) => `'${code}'`).join(', ')})`;

/** `OutboxStore` but for `answered`, which is the recorder's: it writes audit events too. */
type OutboxRows = Pick<RecordStore, 'insertOutbox' | 'answerOutbox' | 'openConflicts'> &
  Omit<OutboxStore, 'answered'> &
  Pick<CopyMaker, 'uncopied'> &
  Omit<CarryStore, 'setting' | 'saveSetting'>;

export function outboxRows(database: SqliteDatabase): OutboxRows {
  const insert = change(database, 'INSERT INTO outbox (kind, payload, certificate_id) VALUES (?, ?, ?)');
  const answer = change(database, "UPDATE outbox SET state = ?, code = ? WHERE id = ? AND state = 'waiting'");
  const answered = query(
    database,
    'SELECT kind, certificate_id AS certificateId FROM outbox WHERE id = ?',
    z.object({ kind: Entry.shape.kind, certificateId: z.number() }),
  );
  const waiting = query(
    database,
    "SELECT id, kind, payload, state, code FROM outbox WHERE state = 'waiting' ORDER BY id LIMIT ?",
    Entry,
  );
  const waitingAfter = query(
    database,
    "SELECT id, kind, payload, state, code FROM outbox WHERE state = 'waiting' AND id > ? ORDER BY id LIMIT ?",
    Entry,
  );
  const entry = query(database, 'SELECT id, kind, payload, state, code FROM outbox WHERE id = ?', Entry);
  const Seq = z.object({ seq: z.number() });
  const resent = query(
    database,
    `SELECT coalesce(max(seq), 0) AS seq FROM audit_event JOIN outbox
       ON json_extract(body, '$.certificateId') = certificate_id AND json_extract(body, '$.kind') = kind
     WHERE outbox.id = ? AND type = 'registration-resent'`,
    Seq,
  );
  // Reads all events: asked once a receipt at most, and only where one of its entries was sent again.
  const bundle = query(
    database,
    `SELECT coalesce(max(seq), 0) AS seq FROM audit_event
     WHERE type = 'bundle-written' AND json_extract(body, '$.sealSha256') = ?`,
    Seq,
  );
  const counts = query(
    database,
    'SELECT kind, state, count(*) AS entries FROM outbox GROUP BY kind, state',
    z.object({ kind: Entry.shape.kind, state: Entry.shape.state, entries: z.number() }),
  );
  const made = query(
    database,
    "SELECT count(DISTINCT device_id) AS devices FROM job WHERE outcome = 'passed'",
    z.object({ devices: z.number() }),
  );
  const uncopied = query(
    database,
    `SELECT count(*) AS boards FROM (SELECT 1 FROM outbox
       WHERE kind = 'register' AND state IN ('waiting', 'refused') AND id > ? LIMIT ?)`,
    z.object({ boards: z.number() }),
  );
  const conflicts = query(
    database,
    `SELECT count(*) AS entries FROM outbox JOIN certificate USING (certificate_id)
       WHERE kind = 'register' AND lot_id = ? AND certificate.state = 'live' AND ${IS_CONFLICT}`,
    z.object({ entries: z.number() }),
  );
  const checkpoints = query(
    database,
    `${SELECT_CHECKPOINT} WHERE (epoch, seq) >= (?, ?) ORDER BY epoch, seq LIMIT ?`,
    CheckpointShape,
  );
  return {
    insertOutbox: (row) => void insert(row.kind, row.payload, row.certificateId),
    answerOutbox: (id, state, code) => (answer(state, code, id).changes === 1 ? answered.one(id) : null),
    waitingAfter: (afterId, limit) => waitingAfter.all(afterId, limit),
    outboxEntry: (id) => entry.one(id),
    resentSeq: (id) => resent.one(id)?.seq ?? 0,
    bundleSeq: (sealSha256) => bundle.one(sealSha256)?.seq ?? 0,
    waiting: (limit) => waiting.all(limit),
    counts: database.transaction(() => {
      const rows = counts.all();
      const of = (kind: string, state: string) =>
        rows.find((row) => row.kind === kind && row.state === state)?.entries ?? 0;
      return {
        made: made.one()?.devices ?? 0,
        registered: of('register', 'accepted'),
        waiting: of('register', 'waiting'),
        refused: of('register', 'refused'),
        voidsWaiting: of('void', 'waiting'),
      };
    }),
    openConflicts: (lotId) => conflicts.one(lotId)?.entries ?? 0,
    uncopied: (afterId, most) => uncopied.one(afterId, most)?.boards ?? 0,
    checkpointsFrom: (epoch, seq, limit) => checkpoints.all(epoch, seq, limit),
  };
}
