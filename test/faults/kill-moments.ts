// When a lot's station is killed: milliseconds after its first job, drawn from a seed.
import { SeededRandom } from '../../simulator/seeded-random.ts';

/** A lot of 24 boards at once takes about this long from its first job on two busy cores. */
const LOT_MS = 3_000;

export function killMoments(seed: number, kills: number): number[] {
  const random = new SeededRandom(seed, 'kill');
  return Array.from({ length: kills }, () => random.between(0, LOT_MS));
}
