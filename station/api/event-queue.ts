// Events on their way to one watcher. Bounded: a watcher that does not keep up is cut off with WATCHER_SLOW
// and never makes the station's memory grow.
import { KeylineError } from '../../domain/errors.ts';
import type { StationEvent } from '../../domain/station-event.ts';

/** Events that may wait for one watcher: 64 slots, 64 changes each, which is more than one board's whole work. */
export const EVENTS_WAITING = 4096;

/** Streams of one source at once: each connection of the local socket has one, and windows as many. */
export const MOST_STREAMS = 128;

export type Subscribe<E = StationEvent> = (listener: (event: E) => void) => () => void;

/**
 * Events from now on, in order, until the signal aborts. Watching starts with this call, not with the first read.
 * The stream throws KeylineError WATCHER_SLOW once more than EVENTS_WAITING would wait.
 */
export function eventStream<E>(subscribe: Subscribe<E>, signal: AbortSignal | undefined): AsyncGenerator<E, void> {
  const queue = new EventQueue<E>();
  const leave = subscribe((event) => queue.add(event));
  const end = () => {
    leave();
    queue.end();
  };
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });
  return read(queue, end);
}

async function* read<E>(queue: EventQueue<E>, end: () => void): AsyncGenerator<E, void> {
  try {
    for (;;) {
      const event = await queue.next();
      if (event === null) return;
      yield event;
    }
  } finally {
    end();
  }
}

/** The same source for at most MOST_STREAMS listeners at once; the next one throws KeylineError WATCHER_SLOW. */
export function forFew<E>(subscribe: Subscribe<E>): Subscribe<E> {
  const listening = new Set<object>();
  return (listener) => {
    if (listening.size >= MOST_STREAMS) throw new KeylineError('WATCHER_SLOW');
    const leave = subscribe(listener);
    const here = {};
    listening.add(here);
    return () => {
      listening.delete(here);
      leave();
    };
  };
}

class EventQueue<E> {
  #waiting: E[] = [];
  #state: 'open' | 'slow' | 'ended' = 'open';
  #wake: (() => void) | null = null;

  add(event: E): void {
    if (this.#state !== 'open') return;
    if (this.#waiting.length >= EVENTS_WAITING) {
      this.#state = 'slow';
      this.#waiting = [];
    } else {
      this.#waiting.push(event);
    }
    this.#wake?.();
  }

  end(): void {
    if (this.#state === 'open') this.#state = 'ended';
    this.#wake?.();
  }

  /** The next event; null after the end. One reader at a time. */
  async next(): Promise<E | null> {
    while (this.#state === 'open' && this.#waiting.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#wake = null;
    if (this.#state === 'slow') throw new KeylineError('WATCHER_SLOW');
    return this.#state === 'ended' ? null : (this.#waiting.shift() ?? null);
  }
}
