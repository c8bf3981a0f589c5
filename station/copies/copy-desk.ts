// When the records are copied, and how many boards are only on this disk (DESIGN 1: nothing lost). A copy counts when it
// was read back and lies on another disk. Stops the line where too many are not copied, or a copy shows damage.
import type { ErrorCode } from '../../domain/error-table.ts';
import { KeylineError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/seams.ts';
import type { SettingStore } from '../lots/settings.ts';
import { type Recorder, STATION_ACTOR } from '../records/recorder.ts';
import type { CopyMaker, MadeCopy } from './copy-maker.ts';
import { type CopyPlan, copyPlan, lastCopies, saveCopyPlan, saveLastCopies } from './copy-settings.ts';

/** Some 100 boards. */
const EVENTS_BETWEEN = 2_000;
/** A copy of 100,000 boards takes a minute: a tenth of the time at most. */
const LEAST_MS = 600_000;
/** What a shift may lose with its disk where few boards are made. */
const MOST_MS = 3_600_000;
/** After a folder that could not be written: it may be plugged in again. */
const TRY_AGAIN_MS = 300_000;
/** More than any plan stops at: to count on tells nobody more. */
const MOST_COUNTED = 1_000_000;

export interface CopyParts {
  readonly recorder: Recorder;
  readonly settings: SettingStore;
  readonly clock: Clock;
  readonly practice: boolean;
  readonly maker: CopyMaker;
  readonly log: { warn(fields: object, message: string): void };
  readonly changed: () => void;
  readonly onBug: (bug: unknown) => void;
}

export class CopyDesk {
  readonly #parts: CopyParts;
  #running: Promise<MadeCopy> | null = null;
  /** Monotonic, of the last try, good or bad. */
  #triedMs: number | null = null;
  #failed = false;
  #damaged: string | null = null;
  /** Ends the wait for a time at which no job may end. */
  #cancelWait: (() => void) | null = null;
  #closed = false;

  constructor(parts: CopyParts) {
    this.#parts = parts;
    this.#waitForTime();
  }

  get plan(): CopyPlan {
    return copyPlan(this.#parts.settings, this.#parts.practice);
  }

  /** Throws DISK_FULL. */
  setPlan(actorId: string, plan: CopyPlan): void {
    const { recorder, settings } = this.#parts;
    recorder.commit(actorId, (append) => {
      saveCopyPlan(settings, plan);
      append('copies-planned', { ...plan });
    });
    this.#parts.changed();
  }

  /** How the copies stand. */
  state(): {
    readonly last: { readonly file: string; readonly timeMs: number; readonly otherDisk: boolean } | null;
    readonly notCopied: number;
    readonly plan: CopyPlan;
  } {
    const last = lastCopies(this.#parts.settings);
    return {
      last: last && { file: last.file, timeMs: last.timeMs, otherDisk: last.otherDisk },
      notCopied: this.notCopied(),
      plan: this.plan,
    };
  }

  /** Boards that are neither in a copy on another disk nor taken by the service. */
  notCopied(): number {
    return this.#uncopied(MOST_COUNTED);
  }

  #uncopied(most: number): number {
    return this.#parts.maker.uncopied(lastCopies(this.#parts.settings)?.copiedOutboxId ?? 0, most);
  }

  /** Why no more boards may start, or null. */
  stoppedBy(): { readonly code: ErrorCode; readonly detail: string } | null {
    if (this.#damaged !== null) return { code: 'RECORDS_DAMAGED', detail: this.#damaged };
    const { stopAt } = this.plan;
    return stopAt !== null && this.#uncopied(stopAt) >= stopAt ? { code: 'NOT_COPIED', detail: '' } : null;
  }

  /** A job has ended: copies if it is time. Never waits, never throws for a copy that fails: the next one is due soon. */
  jobEnded(): void {
    if (this.#running === null && this.#due()) this.#makeSoon();
    else this.#waitForTime();
  }

  /** What has grown is copied in the end though no further job comes. */
  #waitForTime(): void {
    if (this.#closed || this.#cancelWait !== null || this.#running !== null || this.#grown() === 0) return;
    const { clock } = this.#parts;
    const since = clock.monotonicMs() - (this.#triedMs ?? clock.monotonicMs());
    this.#cancelWait = clock.after(Math.max(0, this.#mostMs - since), () => {
      this.#cancelWait = null;
      this.jobEnded();
    });
  }

  #endWait(): void {
    this.#cancelWait?.();
    this.#cancelWait = null;
  }

  /** A lot was closed: its boards leave the factory now. */
  lotClosed(): void {
    this.#makeSoon();
  }

  #due(): boolean {
    const { clock } = this.#parts;
    const since = clock.monotonicMs() - (this.#triedMs ?? 0);
    if (this.#triedMs !== null && since < (this.#failed ? TRY_AGAIN_MS : LEAST_MS)) return this.#nearStop(since);
    const grown = this.#grown();
    return grown >= EVENTS_BETWEEN || (grown > 0 && since >= this.#mostMs) || this.#nearStop(since);
  }

  /** How long what has grown may wait after the last try. */
  get #mostMs(): number {
    return this.#failed ? TRY_AGAIN_MS : MOST_MS;
  }

  /** Events since the last copy. The one that says "copied" follows the copy, and is no reason for the next. */
  #grown(): number {
    const { recorder, settings } = this.#parts;
    const grown = recorder.store.chainHead().seq - (lastCopies(settings)?.seq ?? 0);
    return grown <= 1 ? 0 : grown;
  }

  /** Another disk is there, and half of what may be only on this one is. */
  #nearStop(sinceMs: number): boolean {
    const { dir, stopAt } = this.plan;
    if (dir === null || stopAt === null || (this.#failed && sinceMs < TRY_AGAIN_MS)) return false;
    const half = Math.ceil(stopAt / 2);
    return lastCopies(this.#parts.settings)?.otherDisk !== false && this.#uncopied(half) >= half;
  }

  #makeSoon(): void {
    this.make(STATION_ACTOR, null).catch((error: unknown) => {
      if (!(error instanceof KeylineError)) return this.#parts.onBug(error);
      // Nobody is told: the next program copies what has grown.
      if (error.code === 'STATION_GONE') return;
      this.#parts.log.warn({ code: error.code, detail: error.detail }, 'the records were not copied');
    });
  }

  /**
   * A copy in `dir`, or where the plan says; who asks while one is made gets one that began after. Throws BACKUP_FAILED,
   * RECORDS_DAMAGED (then the line stops), DISK_FULL, and STATION_GONE once it was closed.
   */
  async make(actorId: string, dir: string | null): Promise<MadeCopy> {
    while (this.#running !== null) await this.#running.catch(() => {});
    if (this.#closed) throw new KeylineError('STATION_GONE');
    this.#running = this.#make(actorId, dir);
    try {
      return await this.#running;
    } finally {
      this.#running = null;
      this.#parts.changed();
      this.#waitForTime();
    }
  }

  async #make(actorId: string, dir: string | null): Promise<MadeCopy> {
    const { maker, clock, recorder, settings } = this.#parts;
    this.#endWait();
    this.#triedMs = clock.monotonicMs();
    this.#failed = true;
    try {
      const copy = await maker.make(dir ?? this.plan.dir);
      const { file, seq, head, bytes, outboxId, otherDisk } = copy;
      recorder.commit(actorId, (append, timeMs) => {
        const before = lastCopies(settings)?.copiedOutboxId ?? 0;
        const copiedOutboxId = otherDisk ? Math.max(before, outboxId) : before;
        saveLastCopies(settings, { file, timeMs, seq, otherDisk, copiedOutboxId });
        append('records-copied', { seq, head, bytes, otherDisk });
      });
      this.#failed = false;
      this.#damaged = null;
      return copy;
    } catch (error) {
      if (error instanceof KeylineError && error.code === 'RECORDS_DAMAGED') this.#damaged = error.detail;
      // What the system says of a disk, wherever it was met, is no fault of ours that ends the station.
      if (error instanceof Error && 'errno' in error) throw new KeylineError('BACKUP_FAILED', error.message, {}, error);
      throw error;
    }
  }

  /** Waits for the copy that is being made, and begins none: one of a large file takes longer than a close may. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#endWait();
    while (this.#running !== null) await this.#running.catch(() => {});
  }
}
