// A board that a hand moves: the product's own virtual device with its file, which can be told to lose its slot in the very
// moment when the station asks something of it.
import { join } from 'node:path';
import type { Life } from '../../../domain/job.ts';
import { IDENTITY_COMMAND, IDENTITY_GROUP } from '../../../protocol/identity-group.ts';
import { DeviceLine } from '../../../simulator/device-line.ts';
import type { StoredImage } from '../../../simulator/device-record.ts';
import type { DeviceRequest } from '../../../simulator/device-request.ts';
import { DeviceState } from '../../../simulator/device-state.ts';
import { FileDeviceStore } from '../../../simulator/device-store.ts';
import { systemClock } from '../../../simulator/system-clock.ts';
import { VirtualDevice } from '../../../simulator/virtual-device.ts';

export const CUT_STAGES = ['connect', 'firmware', 'key', 'certificate', 'verify', 'lock'] as const;
export type CutStage = (typeof CUT_STAGES)[number];

/** Older firmware than the practice lot loads, with an identity group. */
const OLD: StoredImage = { version: '0.9.0', imageHash: '0e'.repeat(32), fileSha256: null, identity: true };
const OS_GROUP = 0;
const IMAGE_GROUP = 1;
const UPLOAD = 1;

export interface Cut {
  readonly stage: CutStage;
  /** Whether the board did what it was asked, and its answer was lost with it. */
  readonly acted: boolean;
  readonly strike: () => void;
}

export class HandBoard {
  readonly hwid: string;
  readonly line: DeviceLine;
  readonly #state: DeviceState;
  #cut: Cut | null = null;

  constructor(folder: string, name: string, hwid: string) {
    this.hwid = hwid;
    const description = { hwid, model: 'AQ-200', hardwareRevision: 'C', image: OLD };
    const store = new FileDeviceStore(join(folder, `${name}.json`));
    this.#state = new DeviceState(
      description,
      store,
      {},
      {
        onRequest: (request) => (this.#strikes(request, false) ? 'ignore' : 'serve'),
        onReply: (request, reply) => {
          this.#strikes(request, true);
          return reply;
        },
      },
    );
    this.line = new DeviceLine(new VirtualDevice(this.#state), systemClock, 0);
  }

  get life(): Life {
    return this.#state.record.life;
  }

  /** Once, at the next request of that stage. */
  cutAt(cut: Cut): void {
    this.#cut = cut;
  }

  #strikes(request: DeviceRequest, acted: boolean): boolean {
    const cut = this.#cut;
    if (!cut || cut.acted !== acted || this.#stageOf(request) !== cut.stage) return false;
    this.#cut = null;
    cut.strike();
    return true;
  }

  #stageOf({ group, command, write }: DeviceRequest): CutStage | null {
    if (group === OS_GROUP && this.#state.record.life === 'blank') return 'connect';
    if (group === IMAGE_GROUP && command === UPLOAD && write) return 'firmware';
    if (group !== IDENTITY_GROUP) return null;
    if (command === IDENTITY_COMMAND.keygen || command === IDENTITY_COMMAND.csr) return 'key';
    if (command === IDENTITY_COMMAND.item && write) return 'certificate';
    if (command === IDENTITY_COMMAND.prove && this.#state.record.items.leaf !== null) return 'verify';
    return command === IDENTITY_COMMAND.lock ? 'lock' : null;
  }
}
