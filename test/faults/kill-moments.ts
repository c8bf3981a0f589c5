// When a lot's station is killed, drawn from a seed.
import { SeededRandom } from '../../simulator/seeded-random.ts';
import type { KillMoment } from './killed-station.ts';

/** A lot of 24 boards at once takes about this long from its first job on two busy cores. */
const LOT_MS = 3_000;

/** From the first session to the last sealed key of a few boards, on two busy cores. */
const SEALING_MS = 1_500;
/** From the first intent on record to the answers that tell of a key. */
const SENDING_MS = 60;

/** Half of them while keys are sealed, half while they are sent, of which every other takes the boards' power too. */
export function injectionMoments(seed: number, moments: number): KillMoment[] {
  const random = new SeededRandom(seed, 'kill-injection');
  return Array.from({ length: moments }, (_, index) =>
    index % 2 === 0
      ? { from: 'injecting-key', afterMs: random.between(0, SENDING_MS), boardsToo: index % 4 === 0 }
      : { from: 'sealing-key', afterMs: random.between(0, SEALING_MS) },
  );
}

/** From the first job of a lot on. */
export function killMoments(seed: number, kills: number): KillMoment[] {
  const random = new SeededRandom(seed, 'kill');
  return Array.from({ length: kills }, () => ({ from: null, afterMs: random.between(0, LOT_MS) }));
}
