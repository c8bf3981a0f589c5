// One emulated board in the hands of a test: power, requests and all that it ever said. Every wait is bounded.
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { CborMap } from '../../protocol/cbor.ts';
import { IDENTITY_COMMAND, IDENTITY_GROUP } from '../../protocol/identity-group.ts';
import { encodeFrame, FrameDecoder } from '../../protocol/smp-frame.ts';
import { SMP_OP } from '../../protocol/smp-header.ts';
import { decodeSmpMessage, encodeSmpMessage } from '../../protocol/smp-message.ts';
import { OS_COMMAND, OS_GROUP, readSmpError } from '../../protocol/standard-groups.ts';
import type { EmulatedLine } from '../../simulator/emulated/emulated-line.ts';

/** Key generation takes 0.2 s here; twenty times that on a busy machine. */
const ANSWER_MS = 4_000;
/** A board that was just switched on hears nothing for 0.1 to 0.3 s: asked this often, this many times. */
const BOOT = { everyMs: 200, times: 100 } as const;

export interface Answer {
  readonly payload: CborMap;
  /** 0 for a success. */
  readonly rc: number;
}

export class BoardClient {
  readonly line: EmulatedLine;
  /** All messages that it ever sent. */
  readonly heard: Uint8Array[] = [];
  #decoder = new FrameDecoder(0xffff);
  #arrived = new EventTarget();
  #sequence = 0;

  constructor(line: EmulatedLine) {
    this.line = line;
  }

  /** Power on; settles when it answers. */
  async on(): Promise<void> {
    this.#decoder = new FrameDecoder(0xffff);
    this.line.plug((bytes) => this.#hear(bytes));
    await this.awake();
  }

  /** Settles when an echo of its own comes back. */
  async awake(): Promise<void> {
    for (let i = 0; i < BOOT.times; i++) {
      const token = `awake ${i}`;
      const answer = await this.ask(true, OS_GROUP, OS_COMMAND.echo, { d: token }, BOOT.everyMs).catch(() => null);
      if (answer?.payload.r === token) return;
    }
    throw new Error('the board does not answer');
  }

  /** Rejects without an answer in time. */
  async ask(write: boolean, group: number, command: number, payload: CborMap, withinMs = ANSWER_MS): Promise<Answer> {
    const sequence = this.send(write, group, command, payload);
    const signal = AbortSignal.timeout(withinMs);
    for (;;) {
      const [event] = await once(this.#arrived, 'message', { signal });
      const decoded = decodeSmpMessage(event.detail);
      if ('refused' in decoded) throw new Error(decoded.refused);
      if (decoded.header.sequence !== sequence) continue;
      return { payload: decoded.payload, rc: readSmpError(decoded.payload)?.rc ?? 0 };
    }
  }

  /** Its sequence number; nobody waits for the answer. */
  send(write: boolean, group: number, command: number, payload: CborMap): number {
    const sequence = (this.#sequence + 1) % 256;
    this.#sequence = sequence;
    const op = write ? SMP_OP.write : SMP_OP.read;
    this.line.receive(encodeFrame(encodeSmpMessage({ op, version: 1, group, sequence, command }, payload)));
    return sequence;
  }

  read(command: keyof typeof IDENTITY_COMMAND, payload: CborMap = {}): Promise<Answer> {
    return this.ask(false, IDENTITY_GROUP, IDENTITY_COMMAND[command], payload);
  }

  write(command: keyof typeof IDENTITY_COMMAND, payload: CborMap): Promise<Answer> {
    return this.ask(true, IDENTITY_GROUP, IDENTITY_COMMAND[command], payload);
  }

  /** Power off after so many milliseconds, in the middle of whatever it does. */
  async off(afterMs = 0): Promise<void> {
    if (afterMs > 0) await pause(afterMs);
    await this.line.off();
  }

  #hear(bytes: Uint8Array): void {
    for (const item of this.#decoder.push(bytes)) {
      if (item.kind !== 'message') continue;
      this.heard.push(item.message);
      this.#arrived.dispatchEvent(new CustomEvent('message', { detail: item.message }));
    }
  }
}
