// One emulated board: a QEMU process while it has power, its flash in a file all the time. Bytes of its serial line go in
// and out unpaced; a restart by command happens inside the process, so that the port stays.
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { SlotDevice } from '../fixture.ts';

const QEMU = 'qemu-system-arm';

/** Whether this machine can run emulated boards. */
export function hasEmulator(): boolean {
  return spawnSync(QEMU, ['--version'], { stdio: 'ignore' }).status === 0;
}

type Machine = ChildProcessByStdio<Writable, Readable, null>;

export class EmulatedLine implements SlotDevice {
  readonly flash: string;
  readonly #elf: string;
  #machine: Machine | null = null;
  /** End of the process before: two must never hold one flash file. */
  #ended: Promise<unknown> = Promise.resolve();
  #send: ((bytes: Uint8Array) => void) | null = null;

  constructor(elf: string, flash: string) {
    this.#elf = elf;
    this.flash = flash;
  }

  /** Process id while it has power, for tests that end it the hard way. */
  get pid(): number | undefined {
    return this.#machine?.pid;
  }

  /** Power on. What the station sends before the board has started is lost, as with any board. */
  plug(send: (bytes: Uint8Array) => void): void {
    this.#send = send;
    void this.#ended.then(() => {
      if (this.#send === send) this.#start(send);
    });
  }

  /** Power off in the middle of whatever it did. */
  unplug(): void {
    this.#send = null;
    this.#machine?.kill('SIGKILL');
    this.#machine = null;
  }

  receive(bytes: Uint8Array): void {
    const machine = this.#machine;
    if (machine?.stdin.writable) machine.stdin.write(bytes);
  }

  /** Settles when no process holds the flash file. */
  async off(): Promise<void> {
    this.unplug();
    await this.#ended;
  }

  #start(send: (bytes: Uint8Array) => void): void {
    const machine = spawn(QEMU, this.#arguments(), { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#machine = machine;
    this.#ended = once(machine, 'close').catch(() => {});
    // A board that dies is silent: the station has a word for that.
    machine.on('error', () => {});
    machine.stdin.on('error', () => {});
    machine.stdout.on('data', (bytes: Uint8Array) => {
      if (this.#machine === machine) send(bytes);
    });
  }

  #arguments(): string[] {
    return [
      ...['-M', 'emcraft-sf2', '-display', 'none', '-monitor', 'none', '-kernel', this.#elf],
      ...['-drive', `if=mtd,format=raw,file=${this.flash.replaceAll(',', ',,')}`],
      ...['-chardev', 'stdio,id=line,signal=off', '-serial', 'chardev:line'],
      // TEST ENTROPY: the machine has no random source (firmware/ports/emcraft-sf2).
      ...['-chardev', 'pipe,id=random,path=/dev/urandom', '-serial', 'chardev:random'],
    ];
  }
}
