// What the carrying of registrations by file needs of the records. db/ implements it.
import type { SignedCheckpoint } from '../../domain/checkpoint.ts';
import type { OutboxEntry } from '../outbox/outbox-store.ts';

export interface CarryStore {
  /** Waiting entries after this one, oldest first. */
  waitingAfter(afterId: number, limit: number): readonly OutboxEntry[];
  /** An entry as it was written, whatever became of it. */
  outboxEntry(id: number): OutboxEntry | null;
  /** Audit event by which this entry was last sent again; 0: never. */
  resentSeq(id: number): number;
  /** Audit event of the bundle with this seal, SHA-256; 0: none says so. */
  bundleSeq(sealSha256: string): number;
  /** From (epoch, seq) on, that one included, oldest first. */
  checkpointsFrom(epoch: number, seq: number, limit: number): readonly SignedCheckpoint[];
  /** A JSON text that is kept under this name; null: none. */
  setting(key: string): string | null;
  /** Throws DISK_FULL. */
  saveSetting(key: string, value: string): void;
}
