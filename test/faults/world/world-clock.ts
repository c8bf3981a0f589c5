// The time of a world: stands still until the world moves it, one timer at a time, in an order that the seed alone
// decides. A view is one program's clock: when the program dies, nothing that it waited for rings any more.
import type { Clock } from '../../../domain/seams.ts';

interface Timer {
  readonly atMs: number;
  readonly order: number;
  act: (() => void) | null;
}

export interface ClockView extends Clock {
  /** The program is dead. */
  stop(): void;
}

export class WorldClock {
  #monotonicMs = 0;
  #wallMs: number;
  #order = 0;
  /** A binary heap by time, then order. */
  readonly #heap: Timer[] = [];

  constructor(wallMs: number) {
    this.#wallMs = wallMs;
  }

  get monotonicMs(): number {
    return this.#monotonicMs;
  }

  get wallMs(): number {
    return this.#wallMs + this.#monotonicMs;
  }

  /** Somebody set the clock. */
  jump(byMs: number): void {
    this.#wallMs += byMs;
  }

  /** The computer was busy: time passed, and what was due meanwhile rings late. */
  stall(ms: number): void {
    this.#monotonicMs += ms;
  }

  view(): ClockView {
    let alive = true;
    return {
      nowMs: () => this.wallMs,
      monotonicMs: () => this.#monotonicMs,
      after: (delayMs, act) =>
        this.after(delayMs, () => {
          if (alive) act();
        }),
      stop: () => {
        alive = false;
      },
    };
  }

  after(delayMs: number, act: () => void): () => void {
    const timer: Timer = { atMs: this.#monotonicMs + Math.max(0, delayMs), order: this.#order++, act };
    this.#push(timer);
    return () => {
      timer.act = null;
    };
  }

  /** Rings the next timer; false when none waits. */
  next(): boolean {
    for (;;) {
      const timer = this.#pop();
      if (timer === null) return false;
      const { act } = timer;
      if (act === null) continue;
      this.#monotonicMs = Math.max(this.#monotonicMs, timer.atMs);
      timer.act = null;
      act();
      return true;
    }
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(timer);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || isBefore(above, timer)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = timer;
  }

  #pop(): Timer | null {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return null;
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      const [a, b] = [heap[left], heap[right]];
      if (a === undefined) break;
      const child = b !== undefined && isBefore(b, a) ? right : left;
      const smaller = heap[child];
      if (smaller === undefined || isBefore(last, smaller)) break;
      heap[at] = smaller;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
