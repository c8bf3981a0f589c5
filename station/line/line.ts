// The line: finds boards in slots, admits them while lot and station allow it, and tells what happens. Operator commands
// enter here and nowhere else.
import type { ErrorCode } from '../../domain/error-table.ts';
import { KeylineError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/seams.ts';
import type { SlotView, StationEvent } from '../../domain/station-event.ts';
import type { DeviceDriver } from '../drivers/driver.ts';
import type { BytePort, PortSource, PortSpot } from '../port/byte-port.ts';
import type { PortTraces } from '../port/port-traces.ts';
import { LineRecords } from '../records/line-records.ts';
import { BoardDesk, type DeskParts } from './board-desk.ts';
import { challenge, isBusy } from './challenge.ts';
import { SlotDesk, type SlotGuest, type SlotOrder } from './slot-desk.ts';
import { runSlot, type SlotWork } from './slot-loop.ts';
import type { SlotMap } from './slot-map.ts';
import { SlotOrders } from './slot-orders.ts';
import { SlotViews } from './slot-views.ts';

export type OpenDriver = (open: () => Promise<BytePort>) => Promise<DeviceDriver>;

export interface Refusal {
  readonly code: ErrorCode;
  readonly detail: string;
}

export interface LineParts extends DeskParts {
  readonly clock: Clock;
  readonly source: PortSource;
  readonly slotMap: SlotMap;
  readonly openDriver: OpenDriver;
  /** Why no board may be admitted now (disk, clock, signer), or null. */
  readonly check: () => Refusal | null;
  readonly tell: (event: StationEvent) => void;
  /** Hear what goes over the slots' cables. */
  readonly traces: PortTraces;
  /** Hears each change of the positions that nobody taught. */
  readonly unknownPorts: (positions: readonly string[]) => void;
  /** A bug in a slot: the process is to end, restart and resume. */
  readonly onBug: (bug: unknown) => void;
}

interface Presence {
  readonly slot: string;
  readonly orders: SlotOrders;
  readonly leave: AbortController;
  done: Promise<void>;
  /** A board's port may go away and come back in a restart: while a job runs, its driver alone says that it left. */
  working: boolean;
  /** Hardware id of the board whose job waits here: a slot that was switched off finishes it first. */
  owes: string | null;
}

/** How often a stopped line checks whether it may go on. */
const CHECK_AGAIN_MS = 2_000;

export class Line {
  readonly views: SlotViews;
  readonly #parts: LineParts;
  readonly #desk: BoardDesk;
  readonly #slots: SlotDesk;
  readonly #records: LineRecords;
  readonly #present = new Map<string, Presence>();
  readonly #stop = new AbortController();
  readonly #waiting = new Set<() => void>();
  #stoppedBy: ErrorCode | null = null;
  #unknown: readonly string[] = [];
  #scanning: Promise<void> = Promise.resolve();
  #unwatch: () => void = () => {};
  #cancelCheck: () => void = () => {};

  constructor(parts: LineParts) {
    this.#parts = parts;
    this.views = new SlotViews(parts.clock, parts.tell);
    this.#desk = new BoardDesk(parts, this.views);
    this.#records = new LineRecords(parts.recorder, parts.slotMap.slots());
    this.#slots = new SlotDesk({
      views: this.views,
      records: this.#records,
      guestOf: (slot) => this.#guestOf(slot),
      isOver: (jobId) => this.#isOver(jobId),
      switchedOn: () => this.#scanSoon(),
    });
  }

  get stoppedBy(): ErrorCode | null {
    return this.#stoppedBy;
  }

  /** Whether a job is being worked on now. */
  get busy(): boolean {
    return this.#desk.busy;
  }

  /** Throws SLOT_UNKNOWN, SLOT_CHANGED, SLOT_COMMAND_UNFIT, DISK_FULL. */
  commandSlot(actorId: string, order: SlotOrder): SlotView {
    return this.#slots.take(actorId, order);
  }

  /** Whether a slot works on this job now. */
  worksOn(jobId: number): boolean {
    return this.#parts.inWork.has(jobId);
  }

  /** What is on record of this board has changed: the slot that it sits in looks at it anew, if no job works on it. */
  lookAt(hwid: string): void {
    const view = this.views.all().find((each) => each.hwid === hwid);
    const guest = view && this.#guestOf(view.slot);
    if (!view || !guest || isBusy(view)) return;
    guest.orders.lookAfresh(null);
    this.views.look(view.slot);
  }

  /**
   * Asks the board of this hardware id, in whatever slot it sits. Throws DEVICE_NOT_HERE, DEVICE_IN_WORK, NO_ANSWER when
   * the slot does not come to it in time, and what `ask` throws.
   */
  challenge<T>(hwid: string, ask: (driver: DeviceDriver) => Promise<T>): Promise<{ slot: string; answer: T }> {
    const view = this.views.all().find((each) => each.hwid === hwid);
    const guest = view && this.#guestOf(view.slot);
    if (!view || !guest) throw new KeylineError('DEVICE_NOT_HERE', hwid);
    if (isBusy(view)) throw new KeylineError('DEVICE_IN_WORK', hwid);
    return challenge({ clock: this.#parts.clock, orders: guest.orders, slot: view.slot, ask });
  }

  /** A stopped line checks at once whether it may go on; why it may not, or null. */
  lookAgain(): ErrorCode | null {
    if (this.#stoppedBy !== null) {
      this.#cancelCheck();
      this.#checkAgain();
    }
    return this.#stoppedBy;
  }

  /** Records that cannot be read now say nothing: the card stays. */
  #isOver(jobId: number): boolean {
    try {
      return this.#parts.recorder.store.job(jobId)?.outcome !== null;
    } catch (error) {
      if (error instanceof KeylineError) return false;
      throw error;
    }
  }

  #guestOf(slot: string): SlotGuest | null {
    const presence = [...this.#present.values()].find((here) => here.slot === slot);
    return presence ? { orders: presence.orders, leave: () => presence.leave.abort() } : null;
  }

  /** Looks at every slot once; from then on whatever is plugged in is worked on. Throws what `check` says. */
  async start(actorId: string): Promise<void> {
    const refused = this.#check();
    if (refused) throw new KeylineError(refused.code, refused.detail);
    const slots = this.#parts.slotMap.slots();
    this.#records.started(actorId, this.#parts.lotId, slots.length);
    this.#slots.draw(slots);
    this.#unwatch = this.#parts.source.watch(() => this.#scanSoon());
    this.#scanSoon();
    await this.#scanning;
    this.#tellLine();
  }

  /** Admits no more boards; settles when those in work are finished. */
  async stop(): Promise<void> {
    this.#unwatch();
    this.#cancelCheck();
    this.#stop.abort();
    await this.#scanning;
    for (const slot of this.#present.values()) slot.leave.abort();
    this.goOn();
    await Promise.all([...this.#present.values()].map((slot) => slot.done));
    this.#tellLine();
  }

  /** Boards that wait (lot released again, cause mended) are looked at anew. */
  goOn(): void {
    this.#slots.forget();
    for (const wake of this.#waiting) wake();
  }

  #scanSoon(): void {
    this.#scanning = this.#scanning.then(() => this.#scan()).catch((error) => this.#broken(error));
  }

  async #scan(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    const spots = await this.#parts.source.list();
    const here = new Set(spots.map((spot) => spot.position));
    for (const [position, slot] of this.#present) if (!here.has(position) && !slot.working) slot.leave.abort();
    const occupied = new Set([...here, ...this.#present.keys()]);
    for (const spot of spots) if (!this.#present.has(spot.position)) this.#begin(spot, occupied);
    this.#tellUnknown(spots.map(({ position }) => position));
  }

  #tellUnknown(positions: readonly string[]): void {
    const unknown = positions.filter((position) => this.#parts.slotMap.isUnknown(position));
    if (unknown.join('\n') === this.#unknown.join('\n')) return;
    this.#unknown = unknown;
    this.#parts.unknownPorts(unknown);
  }

  #begin(spot: PortSpot, present: ReadonlySet<string>): void {
    const slot = this.#parts.slotMap.slotOf(spot.position, present);
    if (!slot || this.#slots.isOff(slot)) return;
    const leave = new AbortController();
    const orders = new SlotOrders();
    const presence: Presence = { slot, orders, leave, done: Promise.resolve(), working: false, owes: null };
    this.#present.set(spot.position, presence);
    presence.done = runSlot(slot, spot, this.#slotWork(presence), leave.signal)
      .catch((error) => this.#broken(error))
      .finally(() => {
        this.#present.delete(spot.position);
        this.#slots.left(slot);
        // It may have come back while the slot was still busy with its going.
        this.#scanSoon();
      });
  }

  #slotWork(presence: Presence): SlotWork {
    const { clock, openDriver, tell } = this.#parts;
    return {
      clock,
      views: this.views,
      orders: presence.orders,
      admitted: (signal, onWait) => this.#admitted(signal, onWait),
      connect: async (spot) => this.#whileAway(presence, await openDriver(() => this.#open(presence.slot, spot))),
      released: () => this.#parts.recorder.store.lot(this.#parts.lotId)?.state === 'released',
      offFor: (hwid) => {
        const { slot, owes, leave } = presence;
        if (!this.#slots.isOff(slot) || (owes !== null && owes === hwid)) return false;
        leave.abort();
        return true;
      },
      work: async (slot, look) => {
        presence.working = true;
        presence.owes = null;
        try {
          const finished = await this.#desk.work(slot, look);
          if ('waitsFor' in finished.end && finished.jobId !== null) presence.owes = finished.hwid;
          return finished;
        } finally {
          presence.working = false;
          // It was switched off meanwhile: the board was finished first, or has to wait and is finished then.
          if (this.#slots.isOff(slot) && presence.owes === null) presence.leave.abort();
          this.#scanSoon();
        }
      },
      silent: (slot, code) => this.#desk.silent(slot, code),
      stopLine: (code) => this.#stopBy(code),
      finished: (slot, { end: how, jobId, hwid, deviceSerial }, durationMs) => {
        if ('waitsFor' in how) return;
        tell({ type: 'job-ended', slot, jobId, hwid, deviceSerial, outcome: how.outcome, code: how.code, durationMs });
      },
    };
  }

  /** A fixture's adapter stays when its board leaves: silence below a card that asks for that board is no other board. */
  #whileAway({ slot }: Presence, driver: DeviceDriver): DeviceDriver {
    const identify = () =>
      driver.identify().catch((error) => {
        const silent = error instanceof KeylineError && error.code === 'NO_ANSWER';
        throw silent && this.#slots.asks(slot) ? new KeylineError('PULLED_OUT', error.detail, {}, error) : error;
      });
    return { ...driver, identify };
  }

  /** What sits at the position now: a port that came back may have another name. */
  async #open(slot: string, { position }: PortSpot): Promise<BytePort> {
    const { source, traces } = this.#parts;
    const spot = (await source.list()).find((here) => here.position === position);
    if (!spot) throw new KeylineError('PULLED_OUT', 'nothing is there');
    return traces.tap(slot, await source.open(spot));
  }

  /** Records that cannot be read or written stop the line; all places are looked at again when it goes on. */
  #broken(error: unknown): void {
    if (error instanceof KeylineError) this.#stopBy(error.code);
    else this.#parts.onBug(error);
  }

  #check(): Refusal | null {
    try {
      return this.#parts.check();
    } catch (error) {
      if (!(error instanceof KeylineError)) throw error;
      return { code: error.code, detail: error.detail };
    }
  }

  #stopBy(code: ErrorCode): void {
    if (this.#stop.signal.aborted || this.#stoppedBy) return;
    this.#stoppedBy = code;
    this.#tellLine();
    this.#cancelCheck = this.#parts.clock.after(CHECK_AGAIN_MS, () => this.#checkAgain());
  }

  #checkAgain(): void {
    this.#stoppedBy = null;
    const refused = this.#check();
    if (refused) return this.#stopBy(refused.code);
    this.#tellLine();
    this.goOn();
    this.#scanSoon();
  }

  /** Settles when boards may be admitted. The station's own state is read again before each board. */
  async #admitted(signal: AbortSignal, onWait: () => void): Promise<void> {
    for (;;) {
      if (signal.aborted || this.#stop.signal.aborted) return;
      const refused = this.#stoppedBy ? null : this.#check();
      if (refused) this.#stopBy(refused.code);
      if (!this.#stoppedBy) return;
      onWait();
      await this.#woken(signal);
    }
  }

  #woken(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  #tellLine(): void {
    this.#parts.tell({ type: 'line-changed', running: !this.#stop.signal.aborted, stoppedBy: this.#stoppedBy });
  }
}
