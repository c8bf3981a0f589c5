// The simulator's real clock: the only place of the simulator that reads the time or starts timers.
import type { Clock } from '../domain/seams.ts';

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs);
    return () => clearTimeout(timer);
  },
};
