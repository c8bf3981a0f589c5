// A bench of virtual devices: a fixture of slots whose ports a station opens like any other, and hands to move boards.
// Ships with the product. Its devices always say what they are.
import { KeylineError } from '../domain/errors.ts';
import type { Clock } from '../domain/seams.ts';
import { type Admission, authenticate, type ServiceAddress } from './authenticate.ts';
import { Fixture, type Transport } from './fixture.ts';
import { type Board, type BoardActs, type BoardsOptions, SimulatedBoards } from './simulated-boards.ts';

export interface SimulatorOptions extends BoardsOptions {
  readonly slots: number;
  /** Folder of the ports. */
  readonly dir: string;
  /** Absent: ptys where this machine has them, else TCP. */
  readonly transport?: Transport;
}

export type SimulatorEvent =
  | { readonly event: 'fault-fired'; readonly device: number; readonly fault: string }
  /** By its fault; it comes back by itself unless somebody uses the slot or ejects it. */
  | { readonly event: 'unplugged'; readonly device: number; readonly slot: number }
  | { readonly event: 'replugged'; readonly device: number; readonly slot: number }
  /**
   * By a fault: `in` is in the slot and must not be handed out any more (an insert that crosses this event gets USAGE);
   * `out` lies beside the bench and wants to be inserted again.
   */
  | { readonly event: 'swapped'; readonly slot: number; readonly out: number; readonly in: number };

export interface DeviceSummary {
  readonly device: number;
  /** As it came to the line; a fault may change what it says later. */
  readonly hwid: string;
  readonly fault: string | null;
  readonly fired: boolean;
  readonly slot: number | null;
}

export interface Simulator {
  readonly transport: Transport;
  readonly slots: number;
  list(): DeviceSummary[];
  /** Slots count from 1, devices from 0. Settles when the port can be found. Throws USAGE, PORTS_INVALID. */
  insert(slot: number, device: number): Promise<void>;
  /** Settles when the port is gone. */
  eject(slot: number): Promise<void>;
  /** Another device on the open port, without an unplug. */
  swap(slot: number, device: number): void;
  /** The device asks the security service to be let in, with the key in its own memory. */
  authenticate(device: number, service: ServiceAddress): Promise<Admission>;
  close(): Promise<void>;
}

/** How long a board that left its slot is in somebody's hand. */
const IN_HAND_MS = 1000;

/** Its devices are files and objects of this process. Throws KeylineError where ports or device files cannot be made or read. */
export class VirtualBench implements Simulator {
  readonly #fixture: Fixture;
  readonly #clock: Clock;
  readonly #boards: SimulatedBoards;
  readonly #tell: (event: SimulatorEvent) => void;
  /** By slot: cancels the return of a board that a fault took out. */
  readonly #returns = new Map<number, () => void>();

  constructor(options: SimulatorOptions, clock: Clock, tell: (event: SimulatorEvent) => void) {
    const { slots, dir, transport } = options;
    this.#clock = clock;
    this.#tell = tell;
    this.#fixture = new Fixture({ slots, dir, clock, ...(transport && { transport }) });
    const acts: BoardActs = {
      fired: ({ planned }) => tell({ event: 'fault-fired', device: planned.index, fault: planned.fault ?? '' }),
      unplug: (board) => this.#unplug(board),
      swap: (board) => this.#swapOut(board),
    };
    this.#boards = new SimulatedBoards(options, clock, acts);
  }

  get transport(): Transport {
    return this.#fixture.transport;
  }

  get slots(): number {
    return this.#fixture.slotCount;
  }

  list(): DeviceSummary[] {
    return this.#boards.plan.map(({ index, hwid, fault }) => {
      const board = this.#boards.known(index);
      return {
        device: index,
        hwid,
        fault,
        fired: board?.fired ?? false,
        slot: board ? this.#fixture.slotOf(board.line) : null,
      };
    });
  }

  async insert(slot: number, device: number): Promise<void> {
    const { line } = this.#boards.board(device);
    this.#keepOut(slot);
    await this.#fixture.insert(slot, line);
  }

  async eject(slot: number): Promise<void> {
    this.#keepOut(slot);
    await this.#fixture.eject(slot);
  }

  swap(slot: number, device: number): void {
    const { line } = this.#boards.board(device);
    if (this.#fixture.slotOf(line) !== null) throw new KeylineError('USAGE', `device ${device} is in a slot`);
    this.#fixture.swap(slot, line);
  }

  authenticate(device: number, service: ServiceAddress): Promise<Admission> {
    return authenticate(this.#boards.board(device).line.device.state, service);
  }

  async close(): Promise<void> {
    for (const slot of [...this.#returns.keys()]) this.#keepOut(slot);
    await this.#fixture.close();
  }

  #keepOut(slot: number): void {
    this.#returns.get(slot)?.();
    this.#returns.delete(slot);
  }

  #unplug(board: Board): void {
    const { line, planned } = board;
    const slot = this.#fixture.slotOf(line);
    if (slot === null) return;
    const device = planned.index;
    const gone = this.#fixture.eject(slot);
    this.#tell({ event: 'unplugged', device, slot });
    const comeBack = async () => {
      this.#returns.delete(slot);
      await gone;
      await this.#fixture.insert(slot, line);
      this.#tell({ event: 'replugged', device, slot });
    };
    // A slot that was taken meanwhile keeps its board: this one waits to be inserted by hand.
    this.#returns.set(
      slot,
      this.#clock.after(IN_HAND_MS, () => void comeBack().catch(() => {})),
    );
  }

  #swapOut(board: Board): boolean {
    const slot = this.#fixture.slotOf(board.line);
    const fresh = this.#boards.plan.findLast(
      ({ index, fault }) => fault === null && this.#boards.known(index) === null,
    );
    if (slot === null || fresh === undefined) return false;
    this.#fixture.swap(slot, this.#boards.board(fresh.index).line);
    this.#tell({ event: 'swapped', slot, out: board.planned.index, in: fresh.index });
    return true;
  }
}
