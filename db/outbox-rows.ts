// Rows of the outbox: what the security service has to learn, oldest first. Marked when answered, never deleted.
import { z } from 'zod';
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

/** `OutboxStore` but for `answered`, which is the recorder's: it writes audit events too. */
type OutboxRows = Pick<RecordStore, 'insertOutbox' | 'answerOutbox'> & Omit<OutboxStore, 'answered'>;

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
  const counts = query(
    database,
    `SELECT state, count(*) AS entries FROM outbox WHERE kind = 'register' GROUP BY state`,
    z.object({ state: Entry.shape.state, entries: z.number() }),
  );
  const checkpoints = query(
    database,
    `${SELECT_CHECKPOINT} WHERE (epoch, seq) >= (?, ?) ORDER BY epoch, seq LIMIT ?`,
    CheckpointShape,
  );
  return {
    insertOutbox: (row) => void insert(row.kind, row.payload, row.certificateId),
    answerOutbox: (id, state, code) => (answer(state, code, id).changes === 1 ? answered.one(id) : null),
    waiting: (limit) => waiting.all(limit),
    counts() {
      const entries = new Map(counts.all().map((row) => [row.state, row.entries]));
      return {
        registered: entries.get('accepted') ?? 0,
        waiting: entries.get('waiting') ?? 0,
        refused: entries.get('refused') ?? 0,
      };
    },
    checkpointsFrom: (epoch, seq, limit) => checkpoints.all(epoch, seq, limit),
  };
}
