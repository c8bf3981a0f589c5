// One direction of a serial line at its rate: bytes come out when the last of their bits would have arrived.
// Keeps a virtual clock of the line, so that a late timer delays a delivery but never lends or loses line time.
import type { Clock } from '../domain/seams.ts';

/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;
/** Pieces delivered one by one: the lines of the framing, so that a window of requests overlaps with its answers. */
const PIECE_BYTES = 128;
/** Finer than any answer time; a rate of 921600 moves 92 bytes in it. */
const TICK_MS = 1;

export class LineClock {
  readonly #clock: Clock;
  readonly #msPerByte: number;
  readonly #deliver: (bytes: Uint8Array) => void;
  #freeMs = 0;
  #queue: { bytes: Uint8Array; dueMs: number }[] = [];
  #waiting: (() => void) | null = null;

  /** `baud` in bits a second; 0 delivers at once. */
  constructor(clock: Clock, baud: number, deliver: (bytes: Uint8Array) => void) {
    this.#clock = clock;
    this.#msPerByte = baud === 0 ? 0 : (1000 * BITS_PER_BYTE) / baud;
    this.#deliver = deliver;
  }

  /** Time until the last byte sent so far is delivered, ms. */
  get backlogMs(): number {
    return this.#queue.length === 0 ? 0 : Math.max(0, this.#freeMs - this.#clock.monotonicMs());
  }

  send(bytes: Uint8Array): void {
    if (this.#msPerByte === 0) {
      this.#deliver(bytes);
      return;
    }
    this.#freeMs = Math.max(this.#clock.monotonicMs(), this.#freeMs);
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      this.#freeMs += piece.length * this.#msPerByte;
      this.#queue.push({ bytes: piece, dueMs: this.#freeMs });
    }
    this.#waiting ??= this.#clock.after(TICK_MS, () => this.#tick());
  }

  /** What is on the line is lost. */
  clear(): void {
    this.#waiting?.();
    this.#waiting = null;
    this.#queue = [];
    this.#freeMs = 0;
  }

  #tick(): void {
    this.#waiting = null;
    const now = this.#clock.monotonicMs();
    const later = this.#queue.findIndex(({ dueMs }) => dueMs > now);
    const due = this.#queue.splice(0, later < 0 ? this.#queue.length : later);
    if (this.#queue.length > 0) this.#waiting = this.#clock.after(TICK_MS, () => this.#tick());
    if (due.length > 0) this.#deliver(due.length === 1 && due[0] ? due[0].bytes : joined(due));
  }
}

function joined(pieces: readonly { bytes: Uint8Array }[]): Uint8Array {
  return Buffer.concat(pieces.map(({ bytes }) => bytes));
}
