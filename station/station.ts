// The station: one line, one recorder, one outbox over one data folder. Everything from outside is handed in, so that
// the same core runs under a window, a terminal and a test world.
import type { SlotOrder } from '../contract/slot-api.ts';
import type { StationStatus } from '../contract/station-api.ts';
import { assert, KeylineError } from '../domain/errors.ts';
import type { LotView, SlotView, StationEvent, StationFacts, SyncView } from '../domain/station-event.ts';
import { BenchDesk } from './bench-desk.ts';
import type { CarryDesk } from './carry/carry-desk.ts';
import { ClaimDesk } from './claim-desk.ts';
import type { CopyDesk } from './copies/copy-desk.ts';
import { desksOf, deviceDeskOf, outboxDeskOf } from './desks.ts';
import type { DeviceDesk } from './device-desk.ts';
import type { Secret } from './identity/secret.ts';
import type { JournalDesk } from './journal/journal-desk.ts';
import { KeyRing } from './key-ring.ts';
import type { LabelDesk } from './labels/label-desk.ts';
import { ClockWatch } from './line/clock-watch.ts';
import { lotView } from './line/lot-view.ts';
import { LineDesk } from './line-desk.ts';
import { type LotCommandOrder, LotOrders } from './lot-orders.ts';
import type { LotPageDesk } from './lots/lot-page-desk.ts';
import { type AroundLots, LotSetUp } from './lots/lot-set-up.ts';
import type { ReportDesk } from './lots/report-desk.ts';
import { type Bench, Settings } from './lots/settings.ts';
import type { OutboxDesk } from './outbox-desk.ts';
import { People } from './people/people.ts';
import { PortTraces } from './port/port-traces.ts';
import type { ReconcileDesk } from './reconcile/reconcile-desk.ts';
import { adoptCas } from './records/ca-records.ts';
import { activeCa } from './records/ca-store.ts';
import { JobRecords } from './records/job-records.ts';
import { LotFigures } from './records/lot-figures.ts';
import { LotRecords } from './records/lot-records.ts';
import type { StationRow } from './records/record-store.ts';
import { Recorder } from './records/recorder.ts';
import type { RestoreDesk } from './restore-desk.ts';
import { SigningDesk } from './signing-desk.ts';
import type { OpenKeys, StationParts } from './station-parts.ts';
import { SyncDesk } from './sync-desk.ts';
import { type UpkeepDesks, upkeepDesksOf } from './upkeep/upkeep-desks.ts';

export class Station {
  readonly people: People;
  /** Ports, slots and screen. */
  readonly bench: BenchDesk;
  /** Set-up of lots, from recipe to release. */
  readonly lots: LotSetUp;
  /** The CAs, and what a security officer may tell them. */
  readonly signing: SigningDesk;
  /** Copies of the records. */
  readonly backups: CopyDesk;
  /** Registrations by file. */
  readonly carry: CarryDesk;
  /** These records beside the cloud's. */
  readonly reconcile: ReconcileDesk;
  /** Labels and their printer. */
  readonly labels: LabelDesk;
  /** Devices: find, record, live check, and what people decide about one. */
  readonly devices: DeviceDesk;
  readonly lotPages: LotPageDesk;
  readonly reports: ReportDesk;
  /** What leaves for the cloud, for those who look after it. */
  readonly outbox: OutboxDesk;
  readonly journal: JournalDesk;
  /** Slots and ports, recipes, cloud and diagnostics. */
  readonly upkeep: UpkeepDesks;
  readonly #parts: StationParts;
  readonly #recorder: Recorder;
  readonly #figures: LotFigures;
  readonly #jobs: JobRecords;
  readonly #lotRecords: LotRecords;
  readonly #keys: KeyRing;
  readonly #claims: ClaimDesk;
  readonly #sync: SyncDesk;
  readonly #settings: Settings;
  readonly #restore: RestoreDesk;
  readonly #orders: LotOrders;
  readonly #watchers = new Set<(event: StationEvent) => void>();
  readonly #row: StationRow;
  readonly #traces: PortTraces;
  readonly #line: LineDesk;

  constructor(parts: StationParts) {
    const row = parts.stores.records.station();
    if (!row) throw new KeylineError('NO_STATION');
    this.#row = row;
    this.#parts = parts;
    this.#figures = new LotFigures(parts.stores.records);
    this.#recorder = new Recorder(this.#figures.store, parts.clock);
    this.#jobs = new JobRecords(this.#recorder);
    this.#lotRecords = new LotRecords(this.#recorder);
    this.#jobs.abandonNameless();
    this.#jobs.quarantine();
    this.#settings = new Settings(parts.stores.settings);
    this.bench = new BenchDesk(parts.ports, this.#settings, () => this.#factsChanged());
    const recorder = this.#recorder;
    const { clock, random, stores, shelf } = parts;
    adoptCas(recorder, shelf.whole);
    const keys = new KeyRing(parts.keys, parts.lockedKeys, {
      activeId: () => activeCa(recorder.store)?.issuerId ?? null,
      inToken: (issuerId) =>
        shelf.whole.some(({ chain, signer }) => chain.issuerId === issuerId && signer.kind === 'pkcs11'),
      changed: () => this.#signingChanged(),
    });
    this.#keys = keys;
    this.#claims = new ClaimDesk({ recorder, keys, stationId: row.stationId, cas: shelf.whole });
    this.signing = new SigningDesk({
      ...{ clock, random, recorder, keys, shelf, claims: this.#claims, practice: row.practice },
      runningLot: () => this.#line.lotId,
      changed: () => this.#factsChanged(),
    });
    this.people = new People({
      clock,
      random,
      journal: recorder,
      store: stores.people,
      changed: () => this.#factsChanged(),
    });
    const { backups, carry, reconcile, restore, labels, lotPages, reports, journal } = desksOf({
      ...{ parts, recorder, keys, practice: row.practice, claims: this.#claims, people: () => stores.people.people() },
      runningLot: () => this.#line.lotId,
      worksOn: (jobId) => this.#line.worksOn(jobId),
      syncChanged: () => this.#sync.changed(),
      forked: (error) => this.#sync.forked(error),
      signingChanged: () => this.#signingChanged(),
      labelsChanged: () => this.#tell({ type: 'labels-changed', labels: labels.view() }),
      nameOf: (actorId) => this.people.nameOf(actorId),
      view: (lotId) => this.#lot(lotId),
      inSlots: () => this.#line.slots(),
    });
    this.labels = labels;
    this.lotPages = lotPages;
    this.reports = reports;
    this.backups = backups;
    this.carry = carry;
    this.reconcile = reconcile;
    this.journal = journal;
    this.#restore = restore;
    this.#sync = new SyncDesk({
      ...{ parts, recorder, claims: this.#claims, tell: (event) => this.#tell(event) },
      notCopied: () => backups.notCopied(),
    });
    this.devices = deviceDeskOf(parts, {
      ...{ recorder, jobs: this.#jobs, people: this.people, keys },
      line: () => this.#line.running?.line ?? null,
      changed: (lotId) => this.#deviceChanged(lotId),
    });
    this.#orders = new LotOrders({
      ...{ recorder, jobs: this.#jobs, lots: this.#lotRecords, sync: this.#sync, backups, reports },
      running: () => this.#line.running,
      notBeforeMs: () => this.signing.active()?.chain.notBeforeMs ?? 0,
    });
    this.outbox = outboxDeskOf(parts, recorder, this.#sync);
    this.#traces = new PortTraces(clock);
    this.#line = new LineDesk({
      ...{ parts, recorder, jobs: this.#jobs, stationId: row.stationId, keys, claims: this.#claims },
      ...{ signing: this.signing, settings: this.#settings, bench: this.bench, traces: this.#traces },
      stoppedBy: () => this.#sync.stoppedBy ?? backups.stoppedBy(),
      tell: (event) => this.#lineTells(event),
      taken: (lotId) => void this.#lotChanged(lotId),
      portsChanged: () => this.#factsChanged(),
    });
    const around = this.#around();
    const clockWatch = new ClockWatch(clock);
    const both = { recorder, files: stores.files, settings: this.#settings, clockWatch, around };
    this.lots = new LotSetUp({ ...both, lots: this.#lotRecords });
    this.upkeep = upkeepDesksOf({
      ...{ ...both, clock, lots: this.lots, traces: this.#traces, given: parts },
      ...{ enrolment: () => stores.enrolments.enrolment(), connect: () => keys.open.connect },
      lastAnswer: () => this.#sync.lastAnswer,
      printer: () => this.labels.look(),
      isAway: () => this.signing.list().some(({ state, signing }) => state === 'active' && signing === 'unreachable'),
      changed: () => this.#factsChanged(),
    });
    this.#begin();
  }

  /** With the keys that are open now. */
  #begin(): void {
    this.#sync.begin(this.#keys.open);
    void this.reports.catchUp();
  }

  #around(): AroundLots {
    const { hasSpace, boardsFit, holdsFactorySecret } = this.#parts;
    return {
      ...{ practice: this.#row.practice, hasSpace, boardsFit, holdsFactorySecret },
      roleOf: (actorId) => this.people.roleOf(actorId),
      signing: () => this.#keys.signing,
      chain: () => this.signing.active()?.chain ?? null,
      ca: () => this.signing.now(),
      profileFault: (profile) => this.signing.profileFault(profile),
      enrolled: () => this.#sync.enrolled,
      sync: () => this.#sync.view(),
      usualLabel: () => this.labels.usual(),
      runningLot: () => this.#line.lotId,
      view: (lotId) => this.#lot(lotId),
      changed: (lotId) => this.#lotChanged(lotId),
    };
  }

  facts(): StationFacts {
    return {
      ...this.people.facts(),
      ...{ signing: this.#keys.signing, keysLocked: !this.#keys.unlocked },
      ...{ bench: this.#settings.bench, pixelMm: this.#settings.pixelMm },
      fixtures: this.#settings.fixturesOf(this.#settings.bench),
      unknownPorts: [...this.#line.unknownPorts],
    };
  }

  #factsChanged(): void {
    this.#tell({ type: 'station-changed', facts: this.facts() });
  }

  /** A token went away, came back or was logged into: a line that waits for it looks again at once. */
  #signingChanged(): void {
    this.#factsChanged();
    this.#line.lookAgain();
  }

  /**
   * Opens the signing CA and the station's own key, once; who did it is on record. Throws as `KeyRing.unlock`, and
   * DISK_FULL: then they stay locked.
   */
  async unlock(actorId: string, passphrase: Secret): Promise<void> {
    const record = ({ issuers }: OpenKeys) =>
      this.#recorder.commit(actorId, (append) =>
        append('signing-unlocked', { issuerIds: issuers.map(({ chain }) => chain.issuerId) }),
      );
    if (!(await this.#keys.unlock(passphrase, record))) return;
    this.#begin();
    this.#factsChanged();
  }

  /** As `LotOrders.isPaused`. */
  isPaused(lotId: string): boolean {
    return this.#orders.isPaused(lotId);
  }

  /** As `LotOrders.command`. A line whose lot is closed stops, so that the next lot can have it. */
  commandLot(actorId: string, order: LotCommandOrder): LotView {
    this.#orders.command(actorId, order);
    this.#sync.changed();
    this.#line.goOn();
    const lot = this.#lotChanged(order.lotId);
    if (lot.state === 'closed' && this.#line.lotId === lot.lotId) void this.stopLine();
    return lot;
  }

  /** As `LineDesk.start`; then labels that wait since the last time go out. */
  async startLine(
    actorId: string,
    input: { readonly lotId: string; readonly bench: Bench | null },
  ): Promise<{ slots: number }> {
    const started = await this.#line.start(actorId, input);
    this.labels.due();
    return started;
  }

  /** As `LineDesk.lookAgain`. */
  lookAgain(): { stoppedBy: string | null } {
    return { stoppedBy: this.#line.lookAgain() };
  }

  /** What a person tells one slot; the slot as it is then. Throws as `LineDesk.commandSlot`. */
  commandSlot(actorId: string, order: SlotOrder): SlotView {
    return this.#line.commandSlot(actorId, order);
  }

  #lineTells(event: StationEvent): void {
    this.#tell(event);
    if (event.type === 'line-changed' && event.stoppedBy)
      this.#parts.log.warn({ code: event.stoppedBy }, 'the line stopped');
    if (event.type !== 'job-ended') return;
    this.#parts.log.info({ ...event }, 'a job ended');
    this.#sync.checkpoint(false);
    this.backups.jobEnded();
    if (event.outcome === 'passed') this.#labelDue();
    this.#sync.changed();
    if (this.#line.lotId !== null) this.#lotChanged(this.#line.lotId);
  }

  #labelDue(): void {
    const labels = this.labels.view();
    if (labels.waiting === 0) return;
    this.#tell({ type: 'labels-changed', labels });
    this.labels.due();
  }

  /** Admits no more boards; settles when those in work are finished. */
  stopLine(): Promise<void> {
    return this.#line.stop();
  }

  /** As `LineDesk.end`. */
  endLine(): Promise<void> {
    return this.#line.end();
  }

  /** Throws as `SyncDesk.once`. After a restore it also learns what the service holds: the old epoch sends no more then. */
  async sync(): Promise<SyncView> {
    const view = await this.#sync.once();
    if (!this.#restore.unread) return view;
    await this.#restore.read();
    return this.#sync.once();
  }

  status(): StationStatus {
    const lotId = this.#currentLot();
    return {
      stationId: this.#row.stationId,
      practice: this.#row.practice,
      lineRunning: this.#line.running !== null,
      stoppedBy: this.#line.stoppedBy,
      slots: [...this.#line.slots()],
      lot: lotId === null ? null : this.#lot(lotId),
      sync: this.#sync.view(),
      facts: this.facts(),
      labels: this.labels.view(),
    };
  }

  /** Events from now on, each after its commit; the answer ends it. */
  watch(listener: (event: StationEvent) => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  /** Stops the line and the outbox; boards in work are finished first. The stores are the caller's to close. */
  async close(): Promise<void> {
    try {
      await this.endLine();
      await this.signing.close();
      await this.labels.close();
      await this.backups.close();
      await this.reports.close();
      await this.journal.close();
      await this.#sync.close();
    } finally {
      // Whatever went wrong: no token's process stays behind.
      await this.#keys.close();
    }
  }

  #tell(event: StationEvent): void {
    for (const listener of this.#watchers) listener(event);
  }

  #lot(lotId: string): LotView {
    const row = this.#parts.stores.records.lot(lotId);
    assert(row, 'a lot that is told of is on record');
    const nowMs = this.#parts.clock.nowMs();
    return lotView(row, this.#figures.of(lotId, nowMs), nowMs, (actorId) => this.people.nameOf(actorId));
  }

  /** A person's word about a device may have ended a job, voided a certificate, made an entry. */
  #deviceChanged(lotId: string): void {
    this.#sync.changed();
    this.#line.goOn();
    this.#lotChanged(lotId);
  }

  /** The lot that the line runs, or that waits for it. */
  #currentLot(): string | null {
    return this.#line.lotId ?? this.#parts.stores.records.releasedLot()?.lotId ?? null;
  }

  #lotChanged(lotId: string): LotView {
    const lot = this.#lot(lotId);
    this.#tell({ type: 'lot-changed', lot, current: lotId === this.#currentLot() });
    return lot;
  }
}
