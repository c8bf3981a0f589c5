// Rows of audit events and of the checkpoints that pin them. Both only ever grow.

import { z } from 'zod';
import { type AuditEventType, CHAIN_START } from '../domain/audit-event.ts';
import type { SignedCheckpoint } from '../domain/checkpoint.ts';
import type { RecordStore } from '../station/records/record-store.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { change, query } from './statement.ts';

export const CheckpointShape = z
  .object({
    stationId: z.string(),
    epoch: z.number(),
    seq: z.number(),
    head: z.string(),
    prevSeq: z.number(),
    prevHead: z.string(),
    timeMs: z.number(),
    signature: z.string(),
  })
  .transform(({ signature, ...checkpoint }): SignedCheckpoint => ({ checkpoint, signature }));

export const SELECT_CHECKPOINT = `SELECT station_id AS stationId, epoch, seq, head, prev_seq AS prevSeq,
  prev_head AS prevHead, time_ms AS timeMs, signature FROM checkpoint`;

/** Before a line starts and a certificate is intended the clock was asked; a release is a supervisor's word for it. */
const SURE_EVENTS: readonly AuditEventType[] = ['line-started', 'certificate-intended', 'lot-released'];

type EventRows = Pick<
  RecordStore,
  'chainHead' | 'eventHash' | 'recordTimes' | 'insertEvent' | 'lastCheckpoint' | 'insertCheckpoint'
>;

export function eventRows(database: SqliteDatabase): EventRows {
  const head = query(
    database,
    'SELECT seq, hash, time_ms AS timeMs FROM audit_event ORDER BY seq DESC LIMIT 1',
    z.object({ seq: z.number(), hash: z.string(), timeMs: z.number() }),
  );
  const hashAt = query(database, 'SELECT hash FROM audit_event WHERE seq = ?', z.object({ hash: z.string() }));
  // From the end, where one is never far.
  const times = query(
    database,
    `SELECT coalesce((SELECT time_ms FROM audit_event ORDER BY seq DESC LIMIT 1), 0) AS lastEventMs,
       coalesce((SELECT time_ms FROM audit_event WHERE type IN (${SURE_EVENTS.map((type) => `'${type}'`).join(', ')})
         ORDER BY seq DESC LIMIT 1), 0) AS lastSureMs`,
    z.object({ lastEventMs: z.number(), lastSureMs: z.number() }),
  );
  const insertEvent = change(
    database,
    'INSERT INTO audit_event (seq, time_ms, actor_id, type, body, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const lastCheckpoint = query(database, `${SELECT_CHECKPOINT} ORDER BY epoch DESC, seq DESC LIMIT 1`, CheckpointShape);
  const insertCheckpoint = change(
    database,
    `INSERT INTO checkpoint (station_id, epoch, seq, head, prev_seq, prev_head, time_ms, signature)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  return {
    chainHead: () => head.one() ?? { seq: 0, hash: CHAIN_START, timeMs: 0 },
    eventHash: (seq) => hashAt.one(seq)?.hash ?? null,
    recordTimes: () => times.one() ?? { lastEventMs: 0, lastSureMs: 0 },
    insertEvent: (event) =>
      void insertEvent(event.seq, event.timeMs, event.actorId, event.type, event.body, event.prevHash, event.hash),
    lastCheckpoint: () => lastCheckpoint.one(),
    insertCheckpoint: ({ checkpoint, signature }) =>
      void insertCheckpoint(
        checkpoint.stationId,
        checkpoint.epoch,
        checkpoint.seq,
        checkpoint.head,
        checkpoint.prevSeq,
        checkpoint.prevHead,
        checkpoint.timeMs,
        signature,
      ),
  };
}
