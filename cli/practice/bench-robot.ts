// The technician of the practice bench: puts simulated boards into slots, takes finished ones out, inserts again what a
// fault threw out. Knows the station only by its events, as a person knows it by its screen.
import type { ErrorCode } from '../../domain/error-table.ts';
import type { Outcome } from '../../domain/job.ts';
import type { StationEvent } from '../../domain/station-event.ts';
import type { ControlEvent } from '../../simulator/control-messages.ts';
import type { ListedDevice, SimulatorProcess } from '../../simulator/simulator-process.ts';

export interface DeviceResult {
  readonly device: ListedDevice;
  readonly outcome: Outcome;
  /** Last thing that the station said of this board; null when it passed without a word. */
  readonly code: ErrorCode | null;
  readonly deviceSerial: string | null;
  readonly durationMs: number;
}

export class BenchRobot {
  readonly #simulator: Pick<SimulatorProcess, 'insert' | 'eject'>;
  readonly #devices: readonly ListedDevice[];
  /** Boards that lie ready, in order. */
  readonly #ready: number[];
  /** Slot number -> board in it. */
  readonly #inSlot = new Map<number, number>();
  /** Slot number -> board that a fault put out of it, kept in the hand until the station asks for it. */
  readonly #inHand = new Map<number, number>();
  readonly #free: number[];
  readonly #results = new Map<number, DeviceResult>();
  readonly #onResult: (result: DeviceResult, done: number) => void;
  readonly #onFault: (bug: unknown) => void;
  /** By slot: the hand that works there, one move after the other. */
  readonly #hands = new Map<number, Promise<void>>();

  constructor(
    simulator: Pick<SimulatorProcess, 'insert' | 'eject'>,
    devices: readonly ListedDevice[],
    slots: number,
    on: { readonly result: (result: DeviceResult, done: number) => void; readonly bug: (bug: unknown) => void },
  ) {
    this.#simulator = simulator;
    this.#devices = devices;
    this.#ready = devices.map((device) => device.device);
    this.#free = Array.from({ length: slots }, (_, index) => index + 1);
    this.#onResult = on.result;
    this.#onFault = on.bug;
  }

  /** Every board has its last word. */
  get done(): boolean {
    return this.#results.size === this.#devices.length && this.#ready.length === 0;
  }

  get results(): readonly DeviceResult[] {
    return [...this.#results.values()].sort((a, b) => a.device.device - b.device.device);
  }

  /** Boards without a last word yet. */
  get missing(): readonly ListedDevice[] {
    return this.#devices.filter((device) => !this.#results.has(device.device));
  }

  start(): void {
    this.#refill();
  }

  /**
   * What the bench itself did: boards that changed places by a fault. The one that lost its place is still in work, and
   * would be taken for a copy of itself in another slot.
   */
  simulated(event: ControlEvent): void {
    if (event.event !== 'swapped') return;
    this.#inSlot.set(event.slot, event.in);
    this.#inHand.set(event.slot, event.out);
    this.#ready.splice(0, this.#ready.length, ...this.#ready.filter((device) => device !== event.in));
  }

  station(event: StationEvent): void {
    if (event.type === 'job-ended') return this.#ended(event);
    if (event.type !== 'slot-changed') return;
    const { slot, state, code } = event.slot;
    // Two boards changed places under an open job: both come out and are inserted again, one by one.
    if (state === 'needs-you' && code === 'DEVICE_SWAPPED') this.#takeOut(Number(slot), true);
  }

  #ended(event: Extract<StationEvent, { type: 'job-ended' }>): void {
    const slot = Number(event.slot);
    const index = this.#inSlot.get(slot);
    const device = this.#devices.find((each) => each.device === index);
    if (!device) return;
    const swappedIn = event.code === 'DEVICE_SWAPPED' && event.hwid !== null && event.hwid !== device.hwid;
    if (swappedIn) return this.#takeOut(slot, true);
    const before = this.#results.get(device.device);
    const outcome = event.outcome ?? before?.outcome ?? 'aborted';
    const durationMs = before?.durationMs ?? event.durationMs;
    const deviceSerial = event.deviceSerial ?? before?.deviceSerial ?? null;
    const result = { device, outcome, code: event.code, deviceSerial, durationMs };
    this.#results.set(device.device, result);
    const again = device.fault === 'done-by-us' && outcome === 'passed' && !before;
    if (!again) this.#onResult(result, this.#results.size);
    this.#takeOut(slot, again);
  }

  /** Out of the slot; to the end of the row when it comes again, and the next one in. */
  #takeOut(slot: number, again: boolean): void {
    const index = this.#inSlot.get(slot);
    if (index === undefined) return;
    const displaced = this.#inHand.get(slot);
    this.#inSlot.delete(slot);
    this.#inHand.delete(slot);
    this.#hand(slot, async () => {
      await this.#simulator.eject(slot);
      if (displaced !== undefined) this.#ready.push(displaced);
      if (again) this.#ready.push(index);
      this.#free.push(slot);
      this.#refill();
    });
  }

  #hand(slot: number, move: () => Promise<void>): void {
    const last = this.#hands.get(slot) ?? Promise.resolve();
    this.#hands.set(slot, last.then(move).catch(this.#onFault));
  }

  #refill(): void {
    while (this.#free.length > 0 && this.#ready.length > 0) {
      const slot = this.#free.shift();
      const device = this.#ready.shift();
      if (slot === undefined || device === undefined) return;
      this.#inSlot.set(slot, device);
      this.#hand(slot, () => this.#simulator.insert(slot, device));
    }
  }
}
