// A fixture of numbered slots in a folder of ports: devices are inserted, ejected, or swapped without an unplug.
// Refuses a slot it does not have, and a second device in an occupied one.
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeylineError } from '../domain/errors.ts';
import type { Clock } from '../domain/seams.ts';
import type { DeviceLine } from './device-line.ts';
import { hasSocat, openPtyPort } from './pty-port.ts';
import type { SlotPort } from './slot-port.ts';
import { openTcpPort } from './tcp-port.ts';

export type Transport = 'pty' | 'tcp';

export interface FixtureOptions {
  readonly slots: number;
  /** Folder of the ports; made when absent, leftovers of a killed run are removed. */
  readonly dir: string;
  readonly clock: Clock;
  /** Absent: ptys where this machine has them, else TCP. */
  readonly transport?: Transport;
}

/** What sits in a slot: it has power between `plug` and `unplug`. */
export interface SlotDevice {
  /** `send` takes what it says. */
  plug(send: (bytes: Uint8Array) => void): void;
  unplug(): void;
  receive(bytes: Uint8Array): void;
}

interface Slot<Line> {
  port: SlotPort | null;
  line: Line | null;
  /** End of the last operation on this slot: they run one after the other. */
  last: Promise<void>;
}

export class Fixture<Line extends SlotDevice = DeviceLine> {
  readonly transport: Transport;
  readonly #dir: string;
  readonly #clock: Clock;
  readonly #sockets: string;
  readonly #slots: Slot<Line>[];
  #opened = 0;

  constructor({ slots, dir, clock, transport }: FixtureOptions) {
    this.transport = transport ?? (hasSocat() ? 'pty' : 'tcp');
    this.#dir = dir;
    this.#clock = clock;
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    removeLeftovers(dir);
    // A short path of its own: socket paths are limited to 107 bytes.
    this.#sockets = mkdtempSync(join(tmpdir(), 'keyline-'));
    this.#slots = Array.from({ length: slots }, () => ({ port: null, line: null, last: Promise.resolve() }));
  }

  get slotCount(): number {
    return this.#slots.length;
  }

  /** The device in a slot, 1 the first, or null. */
  lineIn(slot: number): Line | null {
    return this.#slot(slot).line;
  }

  /** The slot of a device, or null. */
  slotOf(line: Line): number | null {
    const index = this.#slots.findIndex((slot) => slot.line === line);
    return index < 0 ? null : index + 1;
  }

  /** Settles when the port can be found. Throws USAGE, PORTS_INVALID. */
  insert(slotNumber: number, line: Line): Promise<void> {
    return this.#inTurn(slotNumber, async (slot) => {
      if (slot.line !== null) throw new KeylineError('USAGE', `slot ${slotNumber} is occupied`);
      if (this.slotOf(line) !== null) throw new KeylineError('USAGE', 'this device is in another slot');
      slot.line = line;
      try {
        const port = await this.#open(slotNumber, (bytes) => slot.line?.receive(bytes));
        slot.port = port;
        line.plug((bytes) => port.write(bytes));
      } catch (error) {
        slot.line = null;
        throw error;
      }
    });
  }

  /** Settles when the port is gone. Nothing happens on an empty slot. */
  eject(slotNumber: number): Promise<void> {
    // Power goes at once, the port a moment later.
    this.#slot(slotNumber).line?.unplug();
    return this.#inTurn(slotNumber, async (slot) => {
      slot.line?.unplug();
      await slot.port?.close();
      slot.port = null;
      slot.line = null;
    });
  }

  /** Another device on the same open port. Throws USAGE on an empty slot. */
  swap(slotNumber: number, line: Line): void {
    const slot = this.#slot(slotNumber);
    const { port } = slot;
    if (slot.line === null || port === null) throw new KeylineError('USAGE', `slot ${slotNumber} is empty`);
    slot.line.unplug();
    slot.line = line;
    line.plug((bytes) => port.write(bytes));
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#slots.map((_, index) => this.eject(index + 1)));
    rmSync(this.#sockets, { recursive: true, force: true });
  }

  #open(slotNumber: number, onData: (bytes: Uint8Array) => void): Promise<SlotPort> {
    const path = join(this.#dir, slotName(slotNumber));
    if (this.transport === 'tcp') return openTcpPort(this.#clock, `${path}.tcp`, onData);
    return openPtyPort(this.#clock, path, join(this.#sockets, `${this.#opened++}`), onData);
  }

  #inTurn(slotNumber: number, act: (slot: Slot<Line>) => Promise<void>): Promise<void> {
    const slot = this.#slot(slotNumber);
    const done = slot.last.then(() => act(slot));
    slot.last = done.catch(() => {});
    return done;
  }

  #slot(slotNumber: number): Slot<Line> {
    const slot = this.#slots[slotNumber - 1];
    if (slot === undefined) throw new KeylineError('USAGE', `there is no slot ${slotNumber}`);
    return slot;
  }
}

/** Name of a slot's port in its folder. */
export function slotName(slotNumber: number): string {
  return `slot-${String(slotNumber).padStart(2, '0')}`;
}

function removeLeftovers(dir: string): void {
  for (const name of readdirSync(dir)) {
    const path = join(dir, name);
    const isOurs =
      /^slot-\d{2,}\.tcp(?:\.new)?$/.test(name) || (/^slot-\d{2,}$/.test(name) && lstatSync(path).isSymbolicLink());
    if (isOurs) rmSync(path, { force: true });
  }
}
