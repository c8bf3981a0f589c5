// Audit events and checkpoints as they were written: streamed whole for the chain's check, or a few for people.
import { z } from 'zod';
import { AuditEvent, type AuditEventType } from '../domain/audit-event.ts';
import type { SignedCheckpoint } from '../domain/checkpoint.ts';
import { CheckpointShape, SELECT_CHECKPOINT } from './event-rows.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { query } from './statement.ts';

export const SELECT_EVENT = `SELECT seq, time_ms AS timeMs, actor_id AS actorId, type, body, prev_hash AS prevHash, hash
  FROM audit_event`;

/** Any text passes: the chain's check has to find a changed event, not to stumble over it. */
export const AsWritten = z.object({
  seq: z.number(),
  timeMs: z.number(),
  actorId: z.string(),
  type: z.custom<AuditEventType>((value) => typeof value === 'string'),
  body: z.string(),
  prevHash: z.string(),
  hash: z.string(),
}) satisfies z.ZodType<AuditEvent>;

const RestoredBody = z.object({ epoch: z.number().int() });

export interface AuditQueries {
  /** All events in order of `seq`, one by one; for `checkChain`. */
  auditEvents(): IterableIterator<AuditEvent>;
  /** UTC ms of the last event; 0 without any. */
  lastEventMs(): number;
  /** Events that name this job, the first one first. */
  eventsOfJob(jobId: number): readonly AuditEvent[];
  /** The first one first. */
  checkpoints(): readonly SignedCheckpoint[];
  /** Restores as their events tell of them. */
  restores(): readonly ChainRestore[];
}

/** A life of the station that ended: what it recorded after this event is not in the chain. */
export interface ChainRestore {
  /** The one that began. */
  readonly epoch: number;
  /** The last event of the backup. */
  readonly backupSeq: number;
}

export function auditQueries(database: SqliteDatabase): AuditQueries {
  const all = query(database, `${SELECT_EVENT} ORDER BY seq`, AsWritten);
  const last = query(
    database,
    'SELECT time_ms AS timeMs FROM audit_event ORDER BY seq DESC LIMIT 1',
    z.object({ timeMs: z.number() }),
  );
  const ofJob = query(database, `${SELECT_EVENT} WHERE json_extract(body, '$.jobId') = ? ORDER BY seq`, AuditEvent);
  const checkpoints = query(database, `${SELECT_CHECKPOINT} ORDER BY epoch, seq`, CheckpointShape);
  // The table says where to look; the event, which the chain holds, is what counts.
  const restores = query(
    database,
    `${SELECT_EVENT} WHERE type = 'station-restored' AND seq IN (SELECT backup_seq + 1 FROM restore) ORDER BY seq`,
    AsWritten,
  );
  return {
    auditEvents: () => all.each(),
    lastEventMs: () => last.one()?.timeMs ?? 0,
    eventsOfJob: (jobId) => ofJob.all(jobId),
    checkpoints: () => checkpoints.all(),
    restores: () =>
      restores.all().flatMap(({ seq, body }) => {
        const restored = RestoredBody.safeParse(jsonOf(body));
        return restored.success ? [{ epoch: restored.data.epoch, backupSeq: seq - 1 }] : [];
      }),
  };
}

/** Null for a text that was changed into none. */
function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
