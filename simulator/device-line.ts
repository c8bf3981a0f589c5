// The serial line of one virtual device: frames in and out at the line's rate, start-up time, and the faults of a cable.
// Knows no ports: bytes come in by `receive` and leave by what `plug` was given.
import type { Clock } from '../domain/seams.ts';
import { encodeFrame, FrameDecoder } from '../protocol/smp-frame.ts';
import { LineClock } from './line-clock.ts';
import type { DeviceAnswer, VirtualDevice } from './virtual-device.ts';

/** Longest message that a frame's length field can announce: the device answers "too large" rather than not at all. */
const MAX_FRAME_MESSAGE_BYTES = 0xffff - 2;
/** From reset to the first answer; an emulated Cortex-M3 took 53 to 260 ms. */
const BOOT_MS = 60;
/** What a receiver's hardware and driver hold before bytes are lost, as line time: far above any window. */
const OVERRUN_MS = 4000;

export class DeviceLine {
  readonly device: VirtualDevice;
  readonly #clock: Clock;
  readonly #input: LineClock;
  readonly #output: LineClock;
  #send: ((bytes: Uint8Array) => void) | null = null;
  #decoder = new FrameDecoder(MAX_FRAME_MESSAGE_BYTES);
  #waiting: Uint8Array[] = [];
  /** Cancels what the device is about to do; null when it is ready for a request. */
  #busy: (() => void) | null = null;
  #bytes = 0;

  /** `baud` 0 is unthrottled. */
  constructor(device: VirtualDevice, clock: Clock, baud: number) {
    this.device = device;
    this.#clock = clock;
    this.#input = new LineClock(clock, baud, (bytes) => this.#arrive(bytes));
    this.#output = new LineClock(clock, baud, (bytes) => this.#leave(bytes));
  }

  /** Power on; `send` takes what the device says. */
  plug(send: (bytes: Uint8Array) => void): void {
    this.#send = send;
    this.device.state.hooks.onInsert?.(this.device.state.record);
    this.#boot();
  }

  /** Power off in the middle of whatever it did. */
  unplug(): void {
    this.#send = null;
    this.#busy?.();
    this.#busy = null;
    this.#waiting = [];
    this.#input.clear();
    this.#output.clear();
  }

  /** Bytes from the station. */
  receive(bytes: Uint8Array): void {
    if (this.#send === null || this.#input.backlogMs > OVERRUN_MS) return;
    this.#input.send(bytes);
  }

  #boot(): void {
    this.#waiting = [];
    this.#busy = this.#clock.after(BOOT_MS, () => {
      this.#busy = null;
      this.#decoder = new FrameDecoder(MAX_FRAME_MESSAGE_BYTES);
      this.device.restart();
      const { model, running } = this.device.state.record;
      this.#output.send(
        new TextEncoder().encode(`*** Keyline simulated device ${model}, firmware ${running.version} ***\r\n`),
      );
    });
  }

  #arrive(bytes: Uint8Array): void {
    const passed = this.#count(bytes);
    const arriving = this.device.state.hooks.onInput?.(passed) ?? passed;
    for (const item of this.#decoder.push(arriving)) {
      // More requests than the device has buffers are lost, as on a real one.
      if (item.kind === 'message' && this.#waiting.length < this.device.state.traits.bufCount) {
        this.#waiting.push(item.message);
      }
    }
    this.#serve();
  }

  #leave(bytes: Uint8Array): void {
    const send = this.#send;
    const passed = this.#count(bytes);
    if (passed.length > 0) send?.(passed);
  }

  /** The bytes that pass before a fault of the cable strikes. */
  #count(bytes: Uint8Array): Uint8Array {
    const { bytesUntil, onBytes } = this.device.state.hooks;
    const before = this.#bytes;
    this.#bytes += bytes.length;
    if (bytesUntil === undefined || before >= bytesUntil || this.#bytes < bytesUntil) return bytes;
    onBytes?.call(this.device.state.hooks);
    return bytes.subarray(0, bytesUntil - before);
  }

  #serve(): void {
    while (this.#busy === null && this.#send !== null) {
      const message = this.#waiting.shift();
      if (message === undefined) return;
      const answer = this.device.handle(message);
      if (answer.delayMs === 0) this.#answer(answer);
      else {
        this.#busy = this.#clock.after(answer.delayMs, () => {
          this.#busy = null;
          this.#answer(answer);
          this.#serve();
        });
      }
    }
  }

  #answer({ message, restart }: DeviceAnswer): void {
    if (message !== null) {
      const frames = encodeFrame(message);
      this.#output.send(this.device.state.hooks.onOutput?.(frames) ?? frames);
    }
    if (restart === 'now') {
      this.#output.clear();
      this.#boot();
    } else if (restart === 'after') {
      this.#busy = this.#clock.after(this.#output.backlogMs, () => this.#boot());
    }
  }
}
