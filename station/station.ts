// The station: one line, one recorder, one outbox over one data folder. Everything from outside is handed in, so that
// the same core runs under a window, a terminal and a test world.
import type { LotOrder, StationStatus } from '../contract/station-api.ts';
import { assert, KeylineError } from '../domain/errors.ts';
import type { LotCommand } from '../domain/lot.ts';
import type { LotView, StationEvent, SyncView } from '../domain/station-event.ts';
import { Line, type Refusal } from './line/line.ts';
import { readRecipe } from './line/lot-intake.ts';
import { lotView } from './line/lot-view.ts';
import { lineParts } from './line-parts.ts';
import { makeOutbox, type Outbox } from './outbox/outbox.ts';
import type { OutboxStore } from './outbox/outbox-store.ts';
import type { Checkpoints } from './records/checkpoints.ts';
import { JobRecords } from './records/job-records.ts';
import { LotRecords } from './records/lot-records.ts';
import { recordAnswers } from './records/outbox-records.ts';
import type { StationRow } from './records/record-store.ts';
import { Recorder } from './records/recorder.ts';
import type { StationParts } from './station-parts.ts';

export class Station {
  readonly #parts: StationParts;
  readonly #recorder: Recorder;
  readonly #jobs: JobRecords;
  readonly #lots: LotRecords;
  readonly #checkpoints: Checkpoints | null;
  readonly #outbox: Outbox | null;
  readonly #watchers = new Set<(event: StationEvent) => void>();
  readonly #closing = new AbortController();
  readonly #syncing: Promise<void>;
  readonly #row: StationRow;
  /** Why the whole station stopped for good, or null. */
  #stoppedBy: Refusal | null = null;
  #line: { readonly lotId: string; readonly line: Line } | null = null;

  constructor(parts: StationParts) {
    const row = parts.stores.records.station();
    if (!row) throw new KeylineError('NO_STATION');
    this.#row = row;
    this.#parts = parts;
    this.#recorder = new Recorder(parts.stores.records, parts.clock);
    this.#jobs = new JobRecords(this.#recorder);
    this.#lots = new LotRecords(this.#recorder);
    this.#jobs.abandonNameless();
    this.#jobs.quarantine();
    this.#checkpoints = parts.checkpoints?.(this.#recorder) ?? null;
    this.#outbox = this.#makeOutbox();
    this.#syncing =
      this.#outbox?.run(this.#closing.signal).catch((error) => this.#syncEnded(error)) ?? Promise.resolve();
  }

  #makeOutbox(): Outbox | null {
    const { clock, random, connect, stores, issuer } = this.#parts;
    if (!connect) return null;
    return makeOutbox({
      ...{ clock, random, connect, enrolments: stores.enrolments },
      store: { ...stores.outbox, answered: (answers) => this.#answered(answers) },
      issuer: async () => issuer && { ...issuer.chain, proof: await issuer.claim(this.#row.stationId) },
    });
  }

  #answered(answers: Parameters<OutboxStore['answered']>[0]): void {
    recordAnswers(this.#recorder, answers);
    this.#tell({ type: 'sync-changed', sync: this.#syncView() });
  }

  /** Another station with our name: nothing more is made until a security officer has looked. */
  #syncEnded(error: unknown): void {
    if (!(error instanceof KeylineError)) return this.#parts.onBug(error);
    this.#parts.log.error({ code: error.code }, 'the outbox stopped');
    this.#stoppedBy = { code: error.code, detail: error.detail };
  }

  /** Makes a lot from a recipe file. Throws what the recipe, range and state refuse. */
  async createLot(actorId: string, order: LotOrder): Promise<LotView> {
    if (order.practice !== this.#row.practice) throw new KeylineError('PRACTICE_MISMATCH');
    const { recipe, text, sha256, firmware } = readRecipe(order.recipePath);
    this.#parts.stores.files.keepFirmware(firmware.sha256, firmware.bytes);
    this.#parts.stores.files.keepRecipe(sha256, text);
    const { release, recipePath: _, ...lot } = order;
    const recipeFacts = { recipeName: recipe.name, recipeVersion: recipe.version, recipeSha256: sha256, recipe: text };
    this.#lots.create(actorId, { ...lot, ...recipeFacts, firmwareSha256: firmware.sha256 });
    if (release) this.#lots.command(actorId, order.lotId, 'release', null);
    return this.#lotChanged(order.lotId);
  }

  /** Releases, holds or closes a lot; with `writeOff` a close ends the jobs whose boards did not come back. */
  commandLot(
    actorId: string,
    input: { lotId: string; command: LotCommand; because: string | null; writeOff: boolean },
  ): LotView {
    const { lotId, command, because, writeOff } = input;
    const running = this.#line?.lotId === lotId && this.#line.line.busy;
    if (command === 'close' && running) throw new KeylineError('LOT_HAS_OPEN_JOBS', 'the line works on them');
    if (command === 'close' && writeOff) this.#writeOffOpen(lotId);
    this.#lots.command(actorId, lotId, command, because);
    if (command === 'close') this.#checkpoint(true);
    this.#line?.line.goOn();
    return this.#lotChanged(lotId);
  }

  #writeOffOpen(lotId: string): void {
    const { records } = this.#parts.stores;
    for (const job of records.runningJobs()) if (job.lotId === lotId) this.#jobs.writeOff(job.jobId);
  }

  /** Starts the line for a released lot. Throws LINE_RUNNING, LOT_UNKNOWN, LOT_NOT_RELEASED, CA_MISSING and what the start checks say. */
  async startLine(input: { lotId: string; ports: string; slots: number }): Promise<{ slots: number }> {
    if (this.#line) throw new KeylineError('LINE_RUNNING', this.#line.lotId);
    const { records } = this.#parts.stores;
    const lot = records.lot(input.lotId);
    if (!lot) throw new KeylineError('LOT_UNKNOWN', input.lotId);
    if (lot.state !== 'released' && lot.state !== 'held')
      throw new KeylineError('LOT_NOT_RELEASED', `${lot.lotId} is ${lot.state}`);
    const { issuer } = this.#parts;
    if (!issuer) throw new KeylineError('SIGNER_LOCKED');
    if (issuer.chain.practice !== lot.practice) throw new KeylineError('PRACTICE_MISMATCH', 'lot and signing CA');
    const line = new Line(
      lineParts(lot, {
        ...{ issuer, slots: input.slots, source: this.#parts.ports(input.ports, input.slots), parts: this.#parts },
        ...{ recorder: this.#recorder, records: this.#jobs },
        stoppedBy: () => this.#stoppedBy,
        tell: (event) => this.#lineTells(event),
      }),
    );
    this.#line = { lotId: lot.lotId, line };
    try {
      await line.start();
    } catch (error) {
      this.#line = null;
      throw error;
    }
    return { slots: input.slots };
  }

  #lineTells(event: StationEvent): void {
    this.#tell(event);
    if (event.type === 'line-changed' && event.stoppedBy)
      this.#parts.log.warn({ code: event.stoppedBy }, 'the line stopped');
    if (event.type !== 'job-ended') return;
    this.#parts.log.info({ ...event }, 'a job ended');
    this.#checkpoint(false);
    if (this.#line) this.#lotChanged(this.#line.lotId);
  }

  /** One that cannot be written is made later: the chain it pins only grows, and the line's own records go on. */
  #checkpoint(now: boolean): void {
    try {
      this.#checkpoints?.make(now);
    } catch (error) {
      if (!(error instanceof KeylineError)) throw error;
      this.#parts.log.error({ code: error.code }, 'a checkpoint was not written');
    }
  }

  /** Admits no more boards; settles when those in work are finished. */
  async stopLine(): Promise<void> {
    const stopped = this.#line;
    await stopped?.line.stop();
    // Two may have asked; a line that was started since is not theirs.
    if (this.#line === stopped) this.#line = null;
  }

  /** One pass over what waits for the security service. Throws NOT_ENROLLED and what the service says. */
  async sync(): Promise<SyncView> {
    if (!this.#outbox) throw new KeylineError('NOT_ENROLLED');
    this.#checkpoints?.make(true);
    await this.#outbox.syncOnce();
    const sync = this.#syncView();
    this.#tell({ type: 'sync-changed', sync });
    return sync;
  }

  status(): StationStatus {
    const lotId = this.#line?.lotId ?? this.#parts.stores.records.releasedLot()?.lotId ?? null;
    return {
      stationId: this.#row.stationId,
      practice: this.#row.practice,
      lineRunning: this.#line !== null,
      stoppedBy: this.#line?.line.stoppedBy ?? null,
      slots: [...(this.#line?.line.views.all() ?? [])],
      lot: lotId === null ? null : this.#lot(lotId),
      sync: this.#syncView(),
    };
  }

  /** Events from now on, each after its commit; the answer ends it. */
  watch(listener: (event: StationEvent) => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  /** Stops the line and the outbox; boards in work are finished first. The stores are the caller's to close. */
  async close(): Promise<void> {
    await this.stopLine();
    this.#closing.abort();
    await this.#syncing;
    this.#checkpoint(true);
  }

  #tell(event: StationEvent): void {
    for (const listener of this.#watchers) listener(event);
  }

  #lot(lotId: string): LotView {
    const row = this.#parts.stores.records.lot(lotId);
    assert(row, 'a lot that is told of is on record');
    const { records } = this.#parts.stores;
    const nowMs = this.#parts.clock.nowMs();
    const figures = { tally: records.lotTally(lotId), progress: records.lotProgress(lotId, nowMs) };
    return lotView(row, figures, nowMs, () => null);
  }

  #lotChanged(lotId: string): LotView {
    const lot = this.#lot(lotId);
    this.#tell({ type: 'lot-changed', lot });
    return lot;
  }

  #syncView(): SyncView {
    const { outbox, enrolments } = this.#parts.stores;
    // A station that nobody enrolled is neither online nor offline.
    const online = this.#outbox && enrolments.enrolment() ? this.#outbox.failure() === null : null;
    return { ...outbox.counts(), online };
  }
}
