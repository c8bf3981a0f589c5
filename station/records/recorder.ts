// The one writer: state, audit event and outbox entry in one synchronous transaction (CERTAINTY.md). Whoever shows or
// remembers something does so after `commit` returned.
import { createHash } from 'node:crypto';
import { type AuditEventType, auditHash, canonicalJson, type JsonValue } from '../../domain/audit-event.ts';
import type { Clock } from '../../domain/seams.ts';
import type { RecordStore } from './record-store.ts';

/** Who caused an event when no person did. */
export const STATION_ACTOR = 'station';

/** Appends one audit event to the transaction in progress. The body holds ids and digests only. */
export type Append = (type: AuditEventType, body: { readonly [key: string]: JsonValue }) => void;

export function sha256Text(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

export class Recorder {
  readonly store: RecordStore;
  readonly clock: Clock;

  constructor(store: RecordStore, clock: Clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Runs `work` in one transaction with its audit events. Throws KeylineError DISK_FULL; then nothing has happened. */
  commit<T>(actorId: string, work: (append: Append, nowMs: number) => T): T {
    return this.store.transaction(() => {
      const nowMs = this.clock.nowMs();
      return work((type, body) => this.#append(actorId, nowMs, type, body), nowMs);
    });
  }

  #append(actorId: string, timeMs: number, type: AuditEventType, body: { readonly [key: string]: JsonValue }): void {
    const last = this.store.chainHead();
    const event = { seq: last.seq + 1, timeMs, actorId, type, body: canonicalJson(body), prevHash: last.hash };
    this.store.insertEvent({ ...event, hash: auditHash(event, sha256Text) });
  }
}
