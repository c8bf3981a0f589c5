// One blow against one of the programs, drawn: whom, what, and when after the blow before it.
import type { SeededRandom } from '../../../simulator/seeded-random.ts';

export type Target = 'station' | 'service' | 'devices';

export interface Blow {
  readonly target: Target;
  /** SIGKILL, or SIGSTOP and after `stillMs` SIGCONT. */
  readonly deed: 'kill' | 'stop';
  /** Audit events since the blow before; null: at once, which may be in the middle of a start. */
  readonly afterEvents: number | null;
  readonly afterMs: number;
  readonly stillMs: number;
}

/** A board of the practice lot makes some 25 events. */
const MOST_EVENTS = 24;
/** A program starts within this, on two busy cores. */
const STARTING_MS = 1_500;
/** Less than the 2.5 s in which a board has to answer, and more. */
const STILL_MS = 4_000;

export function drawBlow(random: SeededRandom): Blow {
  const target = random.pick<Target>(['station', 'station', 'station', 'service', 'devices', 'devices']);
  const deed = random.between(0, 9) === 0 ? 'stop' : 'kill';
  const isEarly = random.between(0, 4) === 0;
  return {
    ...{ target, deed },
    afterEvents: isEarly ? null : random.between(1, MOST_EVENTS),
    afterMs: isEarly ? random.between(0, STARTING_MS) : random.between(0, 30),
    stillMs: random.between(100, STILL_MS),
  };
}
