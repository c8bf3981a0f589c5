// What leaves this station for the security service: the outbox, and the checkpoints that pin the audit chain. Both take
// the station's own key, so they begin when it is open. It tells each change of how the sending stands. A fork of this station stops everything (CERTAINTY.md).
import { isDeepStrictEqual } from 'node:util';
import type { ErrorCode } from '../domain/error-table.ts';
import { KeylineError } from '../domain/errors.ts';
import type { StationEvent, SyncView } from '../domain/station-event.ts';
import type { ClaimDesk } from './claim-desk.ts';
import { CloudReach, type Reach } from './cloud-reach.ts';
import { ForkMark } from './fork-mark.ts';
import type { Refusal } from './line/line.ts';
import { makeOutbox, type Outbox } from './outbox/outbox.ts';
import type { OutboxStore } from './outbox/outbox-store.ts';
import type { Checkpoints } from './records/checkpoints.ts';
import { recordAnswers } from './records/outbox-records.ts';
import type { Recorder } from './records/recorder.ts';
import type { OpenKeys, StationParts, StationStores } from './station-parts.ts';

export interface SyncParts {
  readonly parts: Pick<StationParts, 'clock' | 'random' | 'log' | 'onBug'> & {
    readonly stores: Pick<StationStores, 'outbox' | 'enrolments' | 'settings'>;
  };
  readonly recorder: Recorder;
  readonly claims: Pick<ClaimDesk, 'waiting' | 'registered'>;
  readonly tell: (event: StationEvent) => void;
  /** Boards that are only on this disk. */
  readonly notCopied: () => number;
}

/** Counting takes 25 ms with 100,000 devices on record, and a busy line changes it many times a second. */
const TELL_MS = 500;

/** Nobody plans by less, and watchers hear of each change. */
function wholeSeconds(ms: number | null): number | null {
  return ms === null ? null : Math.ceil(ms / 1000) * 1000;
}

export class SyncDesk {
  readonly #parts: SyncParts['parts'];
  readonly #claims: SyncParts['claims'];
  readonly #recorder: Recorder;
  readonly #tell: SyncParts['tell'];
  readonly #notCopied: SyncParts['notCopied'];
  readonly #closing = new AbortController();
  readonly #reach: CloudReach;
  readonly #fork: ForkMark;
  #checkpoints: Checkpoints | null = null;
  #outbox: Outbox | null = null;
  #last: { readonly timeMs: number; readonly code: ErrorCode | null } | null = null;
  #running: Promise<void> = Promise.resolve();
  /** Passes that somebody asked for. */
  #passes: Promise<unknown> = Promise.resolve();
  #stoppedBy: Refusal | null = null;
  #told: SyncView | null = null;
  #cancelTell: (() => void) | null = null;

  constructor({ parts, claims, recorder, tell, notCopied }: SyncParts) {
    this.#parts = parts;
    this.#claims = claims;
    this.#recorder = recorder;
    this.#tell = tell;
    this.#notCopied = notCopied;
    this.#reach = new CloudReach(parts.stores.settings, parts.clock);
    this.#fork = new ForkMark(parts.stores.settings, () => recorder.store.station()?.epoch ?? 1);
  }

  /** Since when the cloud is away, and since when it is back. */
  get reach(): Reach {
    return this.#reach.now;
  }

  /** The station's own key is open: what waits can leave. */
  get isOpen(): boolean {
    return this.#outbox !== null;
  }

  /** Why the whole station stopped for good, or null. Throws RECORDS_DAMAGED. */
  get stoppedBy(): Refusal | null {
    return this.#stoppedBy ?? this.#fork.now;
  }

  /** Sends and pins with these keys from now on; once. Keys that open while it closes come too late. */
  begin({ connect, checkpoints }: OpenKeys): void {
    if (this.#closing.signal.aborted) return;
    const { clock, random, stores } = this.#parts;
    this.#checkpoints = checkpoints?.(this.#recorder) ?? null;
    // A new epoch is pinned first: until then the service takes the station before it for this one.
    const { store } = this.#recorder;
    if (store.restoration() && store.lastCheckpoint()?.checkpoint.epoch !== store.station()?.epoch)
      this.checkpoint(true);
    if (!connect) return;
    this.#outbox = makeOutbox({
      ...{ clock, random, connect, enrolments: stores.enrolments },
      store: { ...stores.outbox, answered: (answers) => this.#answered(answers) },
      attempted: () => {
        this.#last = { timeMs: clock.nowMs(), code: this.#outbox?.failure()?.code ?? null };
        this.#attempted();
      },
      claims: () => this.#claims.waiting(),
      registered: (issuerId) => this.#claims.registered(issuerId),
    });
    this.#running = this.#outbox.run(this.#closing.signal).catch((error) => this.#ended(error));
  }

  #attempted(): void {
    try {
      this.#reach.note(this.#outbox?.failure()?.code ?? null);
    } catch (error) {
      // A disk that is full stops the line by itself: when the cloud went is the least of it.
      if (!(error instanceof KeylineError)) this.#parts.onBug(error);
    }
    this.changed();
  }

  #answered(answers: Parameters<OutboxStore['answered']>[0]): void {
    recordAnswers(this.#recorder, answers);
    this.#attempted();
  }

  /** Something was made, sent or refused: whoever watches hears of it soon, many changes as one. */
  changed(): void {
    if (this.#closing.signal.aborted) return;
    this.#cancelTell ??= this.#parts.clock.after(TELL_MS, () => {
      this.#cancelTell = null;
      try {
        this.#tellChange();
      } catch (error) {
        // Records that cannot be read now are told of at the next change.
        if (!(error instanceof KeylineError)) this.#parts.onBug(error);
      }
    });
  }

  #tellChange(): SyncView {
    const sync = this.view();
    if (!isDeepStrictEqual(sync, this.#told)) this.#tell({ type: 'sync-changed', sync });
    this.#told = sync;
    return sync;
  }

  #ended(error: unknown): void {
    if (error instanceof KeylineError && error.code === 'STATION_FORKED') return this.forked(error);
    this.#parts.onBug(error);
  }

  /** Another station with our name, by the service's answer or its receipt: nothing more is made until a security officer has looked. */
  forked(error: KeylineError): void {
    this.#parts.log.error({ code: error.code }, 'this station stopped');
    this.#stoppedBy = { code: error.code, detail: error.detail };
    try {
      this.#fork.keep(error.detail);
    } catch (full) {
      // It stands until this process ends.
      if (!(full instanceof KeylineError)) throw full;
    }
  }

  /** One pass over what waits for the service. Throws NOT_ENROLLED, SIGNER_LOCKED, STATION_GONE while it closes, and what the service says. */
  async once(): Promise<SyncView> {
    if (this.#closing.signal.aborted) throw new KeylineError('STATION_GONE');
    if (!this.#outbox) throw new KeylineError(this.enrolled ? 'SIGNER_LOCKED' : 'NOT_ENROLLED');
    this.#checkpoints?.make(true);
    const pass = this.#outbox.syncOnce();
    this.#passes = Promise.allSettled([this.#passes, pass]);
    await pass;
    return this.#tellChange();
  }

  /** The end of the last try, and why it failed; null before the first. */
  get lastAnswer(): { readonly timeMs: number; readonly code: ErrorCode | null } | null {
    return this.#last;
  }

  get enrolled(): boolean {
    return this.#parts.stores.enrolments.enrolment() !== null;
  }

  view(): SyncView {
    // A station that nobody enrolled, or whose key is locked, is neither online nor offline.
    const online = this.#outbox && this.enrolled ? this.#outbox.failure() === null : null;
    const counts = this.#parts.stores.outbox.counts();
    const drainMs = online ? (this.#outbox?.drainMs(counts.waiting + counts.voidsWaiting) ?? null) : null;
    return { ...counts, notCopied: this.#notCopied(), drainMs: wholeSeconds(drainMs), online };
  }

  /** One that cannot be written is made later: the chain it pins only grows, and the line's own records go on. */
  checkpoint(now: boolean): void {
    try {
      this.#checkpoints?.make(now);
    } catch (error) {
      if (!(error instanceof KeylineError)) throw error;
      this.#parts.log.error({ code: error.code }, 'a checkpoint was not written');
    }
  }

  /** Waits for what is being sent; the last checkpoint stands when it settles. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
    await this.#passes;
    this.#cancelTell?.();
    this.checkpoint(true);
  }
}
