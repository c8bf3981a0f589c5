// What a person may do at a practice bench (contract/bench-api.ts): put boards in and pull them out, take the network away,
// let the robot do it, and end the first run. Tells each change.
import type { BenchView, PretendBoard, SetUp } from '../../contract/bench-api.ts';
import { KeylineError } from '../../domain/errors.ts';
import type { BenchSlots } from './bench-slots.ts';
import type { EndlessRobot } from './endless-robot.ts';
import type { PracticeNetwork } from './practice-network.ts';

/** The real station of this computer, as the bench may touch it. */
export interface RealStation {
  /** It has been made. */
  exists(): boolean;
  /** Makes it. Throws when it is there, and what its folder refuses. */
  make(setUp: SetUp): Promise<{ readonly stationId: string }>;
  /** Closes practice and opens the window on it. */
  enter(): void;
}

export interface ControlParts {
  readonly slots: BenchSlots;
  readonly robot: EndlessRobot;
  readonly network: PracticeNetwork;
  /** The network is back: what waits is sent now, not at the station's next try. */
  readonly networkBack: () => Promise<void>;
  /** Null on a bench that is for practice and nothing else. */
  readonly real: RealStation | null;
  readonly findPorts: () => Promise<{ ports: string; positions: string[] }>;
}

export class BenchControl {
  readonly #parts: ControlParts;
  readonly #watchers = new Set<(view: BenchView) => void>();

  constructor(parts: ControlParts) {
    this.#parts = parts;
  }

  view(): BenchView {
    const { slots, robot, network, real } = this.#parts;
    const exists = real?.exists() ?? false;
    return {
      firstRun: real !== null && !exists,
      canLeave: exists,
      automatic: robot.on,
      online: network.online,
      slots: slots.count,
      occupied: [...slots.occupied],
    };
  }

  /** Views from now on; the answer ends it. */
  watch(listener: (view: BenchView) => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  /** Something on the bench changed. */
  changed(): void {
    const view = this.view();
    for (const listener of this.#watchers) listener(view);
  }

  /** Throws as `BenchSlots.insert`. */
  async insert(slot: number, board: PretendBoard): Promise<BenchView> {
    const { slots } = this.#parts;
    if (board === 'good' && slots.isUsedUp) await slots.renew();
    await slots.insert(slot, board);
    return this.view();
  }

  /** Throws as `BenchSlots.eject`. */
  async eject(slot: number): Promise<BenchView> {
    this.#parts.robot.rest(slot);
    await this.#parts.slots.eject(slot);
    return this.view();
  }

  /** Throws SERVICE_UNREACHABLE when the practice service does not come back. */
  async setNetwork(online: boolean): Promise<BenchView> {
    await this.#parts.network.set(online);
    this.changed();
    if (online) await this.#parts.networkBack();
    return this.view();
  }

  setAutomatic(on: boolean): BenchView {
    this.#parts.robot.set(on);
    this.changed();
    return this.view();
  }

  findPorts(): Promise<{ ports: string; positions: string[] }> {
    return this.#parts.findPorts();
  }

  /** Throws USAGE where there is no first run, and as `RealStation.make`. */
  async setUp(setUp: SetUp): Promise<{ stationId: string }> {
    const { stationId } = await this.#real().make(setUp);
    this.changed();
    return { stationId };
  }

  /** Throws USAGE where there is no first run, NO_STATION before `setUp`. */
  leave(): { left: true } {
    const real = this.#real();
    if (!real.exists()) throw new KeylineError('NO_STATION');
    real.enter();
    return { left: true };
  }

  #real(): RealStation {
    if (this.#parts.real === null) throw new KeylineError('USAGE', 'this bench is for practice only');
    return this.#parts.real;
  }
}
