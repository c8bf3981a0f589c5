// A station clock that tells how long this process idled for the sake of somebody else. Every wait of the station for
// board or line has a bound, and so a timer of this seam: idle time while none is pending is the station's own.
import { performance } from 'node:perf_hooks';
import type { Clock } from '../domain/seams.ts';
import { systemClock } from '../station/clock.ts';

export interface Waited {
  /** Idle, ms, while something was awaited that came before its time-out: an answer, a write. */
  readonly answeredMs: number;
  /** Idle, ms, in waits that ran their full time: pauses, and silence. */
  readonly ranOutMs: number;
}

export class WatchedClock implements Clock {
  readonly #pending = new Set<symbol>();
  #idleAtMs = 0;
  #answeredMs = 0;
  #ranOutMs = 0;

  nowMs(): number {
    return systemClock.nowMs();
  }

  monotonicMs(): number {
    return systemClock.monotonicMs();
  }

  after(delayMs: number, act: () => void): () => void {
    const wait = Symbol('wait');
    if (this.#pending.size === 0) this.#idleAtMs = idleMs();
    this.#pending.add(wait);
    const cancel = systemClock.after(delayMs, () => {
      this.#ranOutMs += this.#end(wait);
      act();
    });
    return () => {
      this.#answeredMs += this.#end(wait);
      cancel();
    };
  }

  get waited(): Waited {
    return { answeredMs: this.#answeredMs, ranOutMs: this.#ranOutMs };
  }

  /** Idle time since the last wait began or ended; none when this one ended before. */
  #end(wait: symbol): number {
    if (!this.#pending.delete(wait)) return 0;
    const now = idleMs();
    const passed = now - this.#idleAtMs;
    this.#idleAtMs = now;
    return passed;
  }
}

/** Time that the event loop of this process has spent waiting for the system, ms. */
function idleMs(): number {
  return performance.eventLoopUtilization().idle;
}
