// What the outbox needs of a database. db/ implements it; records/ writes the entries, nobody deletes one.
import type { SignedCheckpoint } from '../../domain/checkpoint.ts';

export type OutboxState = 'waiting' | 'accepted' | 'refused';

/** A fact that leaves for the security service. */
export interface OutboxEntry {
  /** Grows with time: the order in which entries leave. */
  readonly id: number;
  readonly kind: 'register' | 'void';
  /** JSON text, fixed when it was written. */
  readonly payload: string;
  readonly state: OutboxState;
  /** Why it was refused, in the service's words; null otherwise. */
  readonly code: string | null;
}

/** made = registered + waiting + refused, where the last three are register entries. */
export interface OutboxCounts {
  /** Devices that passed: counted from the jobs, so that the equation can fail. */
  readonly made: number;
  readonly registered: number;
  readonly waiting: number;
  readonly refused: number;
  /** Void entries that wait. */
  readonly voidsWaiting: number;
}

export interface OutboxStore {
  /** The oldest waiting entries of both kinds, oldest first. */
  waiting(limit: number): readonly OutboxEntry[];
  /**
   * Marks the answers of one batch in one transaction, together with their audit events.
   * An entry that waits no longer keeps its mark.
   */
  answered(answers: readonly OutboxAnswer[]): void;
  counts(): OutboxCounts;
  /** Checkpoints from (epoch, seq) on, that one included, oldest first. */
  checkpointsFrom(epoch: number, seq: number, limit: number): readonly SignedCheckpoint[];
}

export type OutboxAnswer =
  | { readonly id: number; readonly state: 'accepted' }
  | { readonly id: number; readonly state: 'refused'; readonly code: string };
