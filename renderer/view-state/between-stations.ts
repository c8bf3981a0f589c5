// What the page shows between one station and the next, or in place of one: that nothing comes any more is said before
// all else.
import type { Answer } from '../answer.ts';
import type { StationSight } from '../station-feed.ts';

/** Where the window goes: to practice, or to the real line. */
export type Towards = 'practice' | 'leaving';

export type ShownSight = StationSight | { readonly kind: Towards };

interface Way {
  /** The station that the first run made is on its way. */
  readonly setUp: boolean;
  readonly towards: Towards | null;
}

export function shownSight(sight: StationSight, { setUp, towards }: Way): ShownSight {
  if (sight.kind === 'gave-up') return sight;
  if (setUp && (sight.kind !== 'live' || sight.view.practice)) return { kind: 'leaving' };
  if (sight.kind === 'gone' && towards !== null) return { kind: towards };
  return sight;
}

/** A station that is asked to go may be gone before it has answered; any other no keeps the window where it is. */
export function staysHere(answer: Answer<unknown>): boolean {
  return !answer.ok && answer.code !== 'STATION_GONE';
}
