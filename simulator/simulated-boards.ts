// The devices of a plan, made when they are first needed, each with its file and its fault.
import { join } from 'node:path';
import { toHex } from '../domain/bytes.ts';
import { assert, KeylineError } from '../domain/errors.ts';
import type { Clock } from '../domain/seams.ts';
import { DeviceLine } from './device-line.ts';
import type { PlannedDevice } from './device-plan.ts';
import type { DeviceDescription, StoredImage } from './device-record.ts';
import { DeviceState, sha256 } from './device-state.ts';
import { FileDeviceStore } from './device-store.ts';
import type { Fault, FaultTools } from './faults/fault.ts';
import { faultNamed } from './faults/fault-list.ts';
import { practicePsk } from './practice-psk.ts';
import { SeededRandom } from './seeded-random.ts';
import { VirtualDevice } from './virtual-device.ts';

export interface Firmware {
  readonly version: string;
  /** MCUboot's image hash, 64 hex digits. */
  readonly imageHash: string;
}

export interface BoardsOptions {
  readonly plan: readonly PlannedDevice[];
  /** Folder of the device files. */
  readonly stateDir: string;
  /** Bits a second; 0 is unthrottled. */
  readonly baud: number;
  readonly model: string;
  readonly hardwareRevision: string;
  /** What devices carry when they come to the line; null: older firmware than any lot loads. */
  readonly firmware: Firmware | null;
  /** They come with the practice factory secret. */
  readonly factorySecret?: boolean;
}

export interface Board {
  readonly planned: PlannedDevice;
  readonly line: DeviceLine;
  fired: boolean;
}

/** What a fault asks of whoever holds the fixture. */
export interface BoardActs {
  fired(board: Board): void;
  unplug(board: Board): void;
  swap(board: Board): boolean;
}

const OLD: StoredImage = factoryImage('0.9.0', true);
const BARE: StoredImage = factoryImage('0.1.0', false);

export class SimulatedBoards {
  readonly #options: BoardsOptions;
  readonly #clock: Clock;
  readonly #acts: BoardActs;
  readonly #boards = new Map<number, Board>();

  constructor(options: BoardsOptions, clock: Clock, acts: BoardActs) {
    this.#options = options;
    this.#clock = clock;
    this.#acts = acts;
  }

  get plan(): readonly PlannedDevice[] {
    return this.#options.plan;
  }

  /** The device if it was ever in a slot, or was asked for. */
  known(index: number): Board | null {
    return this.#boards.get(index) ?? null;
  }

  /** Throws USAGE for a device that the plan does not have, FILE_UNREADABLE for a damaged file. */
  board(index: number): Board {
    const present = this.#boards.get(index);
    if (present) return present;
    const planned = this.#options.plan[index];
    if (planned === undefined) throw new KeylineError('USAGE', `there is no device ${index}`);
    const board = this.#make(planned);
    this.#boards.set(index, board);
    return board;
  }

  #make(planned: PlannedDevice): Board {
    const { stateDir, baud } = this.#options;
    const fault = planned.fault === null ? null : (faultNamed(planned.fault) ?? null);
    const store = new FileDeviceStore(join(stateDir, `device-${String(planned.index + 1).padStart(4, '0')}.json`));
    const isNew = store.load() === null;
    let board: Board | null = null;
    const made = (): Board => {
      assert(board, 'a fault strikes after its board was made');
      return board;
    };
    const tools: FaultTools = {
      random: new SeededRandom(planned.seed, 'fault'),
      fired: () => {
        if (made().fired) return;
        made().fired = true;
        this.#acts.fired(made());
      },
      unplug: () => this.#acts.unplug(made()),
      swap: () => this.#acts.swap(made()),
    };
    const state = new DeviceState(
      this.#description(planned, fault),
      store,
      { ...fault?.traits, psk: this.#options.factorySecret ? practicePsk(planned.hwid) : null },
      fault?.hooks?.(tools),
    );
    if (isNew) fault?.prepare?.(state);
    board = { planned, line: new DeviceLine(new VirtualDevice(state), this.#clock, baud), fired: false };
    return board;
  }

  #description({ hwid }: PlannedDevice, fault: Fault | null): DeviceDescription {
    const { model, hardwareRevision, firmware } = this.#options;
    const usual = firmware === null ? OLD : { ...firmware, fileSha256: null, identity: true };
    const image = fault?.aboard === 'bare' ? BARE : fault?.aboard === 'old' ? OLD : usual;
    const description = { hwid, model, hardwareRevision, image };
    return fault?.alter?.(description) ?? description;
  }
}

/** Firmware of the board's maker: known by its hash only. */
function factoryImage(version: string, identity: boolean): StoredImage {
  const imageHash = toHex(sha256(new TextEncoder().encode(`simulated factory firmware ${version}`)));
  return { version, imageHash, fileSha256: null, identity };
}
