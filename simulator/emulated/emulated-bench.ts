// A bench of emulated boards: real firmware in QEMU in place of virtual devices, behind the same hands. Boards are healthy;
// faults belong to virtual ones.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { KeylineError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/seams.ts';
import { type Admission, authenticate, type ServiceAddress } from '../authenticate.ts';
import type { PlannedDevice } from '../device-plan.ts';
import { Fixture, type Transport } from '../fixture.ts';
import { practicePsk } from '../practice-psk.ts';
import type { DeviceSummary, Simulator } from '../simulator.ts';
import { emulatedFirmware } from './emulated-firmware.ts';
import { EmulatedLine, hasEmulator } from './emulated-line.ts';
import { FlashFile, makeFlashFile } from './flash-file.ts';

export interface EmulatedBenchOptions {
  readonly plan: readonly PlannedDevice[];
  /** Folder of the flash files. */
  readonly stateDir: string;
  readonly slots: number;
  /** Folder of the ports. */
  readonly dir: string;
  /** They come with the practice factory secret. */
  readonly factorySecret?: boolean;
  /** Absent: ptys where this machine has them, else TCP. */
  readonly transport?: Transport;
}

export class EmulatedBench implements Simulator {
  readonly #options: EmulatedBenchOptions;
  readonly #elf: string;
  readonly #fixture: Fixture<EmulatedLine>;
  readonly #lines = new Map<number, EmulatedLine>();

  /** Throws EMULATOR_MISSING where the image was not built or QEMU is not installed, USAGE for a plan with faults. */
  constructor(options: EmulatedBenchOptions, clock: Clock) {
    const { plan, slots, dir, transport, stateDir } = options;
    if (plan.some(({ fault }) => fault !== null)) throw new KeylineError('USAGE', 'emulated boards have no faults');
    if (!hasEmulator()) throw new KeylineError('EMULATOR_MISSING', 'qemu-system-arm is not installed');
    this.#elf = emulatedFirmware().elf;
    this.#options = options;
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
    this.#fixture = new Fixture<EmulatedLine>({ slots, dir, clock, ...(transport && { transport }) });
  }

  get transport(): Transport {
    return this.#fixture.transport;
  }

  get slots(): number {
    return this.#fixture.slotCount;
  }

  list(): DeviceSummary[] {
    return this.#options.plan.map(({ index, hwid, fault }) => {
      const line = this.#lines.get(index);
      return { device: index, hwid, fault, fired: false, slot: line ? this.#fixture.slotOf(line) : null };
    });
  }

  async insert(slot: number, device: number): Promise<void> {
    await this.#fixture.insert(slot, this.#line(device));
  }

  async eject(slot: number): Promise<void> {
    const line = this.#fixture.lineIn(slot);
    await this.#fixture.eject(slot);
    await line?.off();
  }

  swap(slot: number, device: number): void {
    const line = this.#line(device);
    if (this.#fixture.slotOf(line) !== null) throw new KeylineError('USAGE', `device ${device} is in a slot`);
    this.#fixture.swap(slot, line);
  }

  /**
   * No command of the protocol signs a TLS handshake, and none must: so the key is read out of the board's flash file,
   * which only an emulated board allows.
   */
  authenticate(device: number, service: ServiceAddress): Promise<Admission> {
    return authenticate(new FlashFile(this.#line(device).flash), service);
  }

  async close(): Promise<void> {
    await this.#fixture.close();
    await Promise.all([...this.#lines.values()].map((line) => line.off()));
  }

  #line(device: number): EmulatedLine {
    const present = this.#lines.get(device);
    if (present) return present;
    const planned = this.#options.plan[device];
    if (planned === undefined) throw new KeylineError('USAGE', `there is no device ${device}`);
    const { stateDir, factorySecret } = this.#options;
    const { hwid } = planned;
    const flash = join(stateDir, `board-${String(device + 1).padStart(4, '0')}.img`);
    if (!existsSync(flash)) makeFlashFile(flash, hwid, factorySecret ? practicePsk(hwid) : null);
    const line = new EmulatedLine(this.#elf, flash);
    this.#lines.set(device, line);
    return line;
  }
}
