// Lots on record: made, released, held, closed; and the rule that stops a lot after the same failure in a row.
import { parseSerialRange, rangeSize, rangesOverlap } from '../../domain/device-serial.ts';
import type { ErrorCode } from '../../domain/error-table.ts';
import { errorRow, KeylineError } from '../../domain/errors.ts';
import type { Outcome } from '../../domain/job.ts';
import type { LotLabel } from '../../domain/label.ts';
import { type LotCommand, lotAfter } from '../../domain/lot.ts';
import { refuseAfterRestore } from './fresh-serials.ts';
import type { LotRow, RecordStore } from './record-store.ts';
import type { Append, Recorder } from './recorder.ts';

const EVENT = { release: 'lot-released', hold: 'lot-held', close: 'lot-closed' } as const;

export type NewLot = Omit<
  LotRow,
  'state' | 'createdMs' | 'stateMs' | 'serialsTaken' | 'failureRun' | 'failureCode' | 'heldBecause' | 'heldBy'
>;

export interface LotChange {
  readonly actorId: string;
  readonly lotId: string;
  readonly command: LotCommand;
  readonly because: string | null;
}

export class LotRecords {
  readonly #recorder: Recorder;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** Makes a draft. Throws LOT_EXISTS, RANGE_INVALID, RANGE_TOO_SMALL, RANGE_USED, SERIALS_UNREAD. */
  create(actorId: string, lot: NewLot): void {
    this.#recorder.commit(actorId, (append, createdMs) => this.insert(append, createdMs, lot));
  }

  /** As `create`, within a transaction of the caller's. */
  insert(append: Append, createdMs: number, lot: NewLot): void {
    const { store } = this.#recorder;
    const range = parseSerialRange(lot.serialRange);
    if ('refused' in range) throw new KeylineError('RANGE_INVALID', range.refused);
    const needed = lot.quantity + lot.spare;
    if (rangeSize(range) < needed)
      throw new KeylineError('RANGE_TOO_SMALL', `${rangeSize(range)} serials for ${needed}`);
    if (store.lot(lot.lotId)) throw new KeylineError('LOT_EXISTS', lot.lotId);
    for (const other of store.lotRanges()) {
      const used = parseSerialRange(other.serialRange);
      if (!('refused' in used) && rangesOverlap(range, used))
        throw new KeylineError('RANGE_USED', `by lot ${other.lotId}`);
    }
    const fresh = { createdMs, serialsTaken: 0, failureRun: 0, failureCode: null, heldBecause: null };
    const state = { state: 'draft', stateMs: createdMs, heldBy: null } as const;
    store.insertLot({ ...lot, ...fresh, ...state });
    refuseAfterRestore(store, range);
    const { recipe: _, ...body } = lot;
    append('lot-created', body);
  }

  /** Which label its boards get when they pass, once; within a transaction of the caller's. */
  chooseLabel(append: Append, lotId: string, label: LotLabel): void {
    if (label === 'none') return;
    this.#recorder.store.insertLotLabel(lotId, label);
    append('lot-label-chosen', { lotId, label });
  }

  /**
   * Releases, holds or closes. Throws LOT_UNKNOWN, LOT_STATE, LOT_ABANDONED, OTHER_LOT_RELEASED, LOT_HAS_OPEN_JOBS,
   * LOT_HAS_CONFLICTS.
   * The same command again changes nothing; a release is on record each time, since it is a supervisor's word that
   * the clock is right (CERTAINTY.md, Clock).
   */
  command(actorId: string, lotId: string, command: LotCommand, because: string | null): void {
    this.#recorder.commit(actorId, (append, nowMs) => this.change(append, nowMs, { actorId, lotId, command, because }));
  }

  /** As `command`, within a transaction of the caller's. */
  change(append: Append, stateMs: number, order: LotChange): void {
    const { actorId, lotId, command, because } = order;
    const { store } = this.#recorder;
    const lot = store.lot(lotId);
    if (!lot) throw new KeylineError('LOT_UNKNOWN', lotId);
    if (command === 'release' && store.isAbandoned(lotId)) throw new KeylineError('LOT_ABANDONED', lotId);
    const next = lotAfter(lot.state, command);
    if (!next) throw new KeylineError('LOT_STATE', `${lotId} is ${lot.state}`);
    if (next === lot.state) {
      if (command === 'release') append('lot-released', { lotId, because });
      // Who gives a reason takes the lot out of the hands of whoever paused it.
      if (command === 'hold' && because !== null && isPaused(lot)) {
        store.setLotState(lotId, { state: 'held', stateMs, heldBecause: because, heldBy: actorId });
        append('lot-held', { lotId, because });
      }
      return;
    }
    const other = next === 'released' ? store.releasedLot() : null;
    if (other) throw new KeylineError('OTHER_LOT_RELEASED', other.lotId);
    if (next === 'closed' && store.lotTally(lotId).running > 0) throw new KeylineError('LOT_HAS_OPEN_JOBS', lotId);
    // A conflict holds the lot open until a person has decided it (CERTAINTY.md).
    if (next === 'closed' && store.openConflicts(lotId) > 0) throw new KeylineError('LOT_HAS_CONFLICTS', lotId);
    const held = next === 'held' ? { heldBecause: because, heldBy: actorId } : { heldBecause: null, heldBy: null };
    store.setLotState(lotId, { state: next, stateMs, ...held });
    // Who may pause may not forgive failures: a pause between them leaves the stop rule where it was.
    if (next === 'released' && !isPaused(lot)) store.setFailureRun(lotId, 0, null);
    append(EVENT[command], { lotId, because });
  }
}

/** Somebody paused it: on hold without a reason, and not by the stop rule. */
export function isPaused({ state, heldBy, heldBecause }: LotRow): boolean {
  return state === 'held' && heldBy !== null && heldBecause === null;
}

/**
 * Counts the same failure in a row; a lot that reaches its limit is held in the same transaction. Also a paused one is:
 * boards in work finish in a pause, and what they say must not be passed over by whoever ends it.
 */
export function countOutcome(
  store: RecordStore,
  append: Append,
  nowMs: number,
  lotId: string,
  outcome: Outcome,
  code: ErrorCode | null,
): void {
  const lot = store.lot(lotId);
  if (!lot || outcome === 'aborted') return;
  if (outcome === 'passed') return store.setFailureRun(lotId, 0, null);
  const run = code === lot.failureCode ? lot.failureRun + 1 : 1;
  store.setFailureRun(lotId, run, code);
  // A code that stops the line says that the cause is not the board: one such job is enough.
  const limit = code !== null && errorRow(code).disposition === 'stop-line' ? 1 : lot.stopAfter;
  if (limit === 0 || run < limit || !(lot.state === 'released' || isPaused(lot))) return;
  const heldBecause = `${code} ${run} times in a row`;
  store.setLotState(lotId, { state: 'held', stateMs: nowMs, heldBecause, heldBy: null });
  append('lot-held', { lotId, because: code, run });
}
