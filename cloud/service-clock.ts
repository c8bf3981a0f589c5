// The service's real time and chance: the only place of cloud/ that reads `Date`, starts timers or asks for random bytes.
import { randomBytes } from 'node:crypto';
import type { Clock, Random } from '../domain/seams.ts';

export const serviceClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs);
    return () => clearTimeout(timer);
  },
};

export const serviceRandom: Random = { bytes: (length) => new Uint8Array(randomBytes(length)) };
