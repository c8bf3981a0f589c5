// Teaching of slots (UX.md section 4.8): the bench asks for a board in one slot after the other, and the port that a board
// then appears at is that slot's. Pure: what is plugged in now, and three buttons, give the next state. Until it is used the
// map that the station has stays as it is.
import { type Fixtures, slotNames } from '../../domain/fixture.ts';

export type TeachingNote =
  | { readonly kind: 'bound'; readonly slot: string; readonly position: string }
  /** The port is another slot's already. */
  | { readonly kind: 'known'; readonly slot: string }
  /** More than one appeared at once: nobody knows which is meant. */
  | { readonly kind: 'several'; readonly count: number };

export interface Teaching {
  readonly fixtures: Fixtures;
  readonly names: readonly string[];
  /** The slot that is asked for; past the last when all were. */
  readonly at: number;
  /** One a slot; null for one that was skipped, or not asked for yet. */
  readonly positions: readonly (string | null)[];
  /** Plugged in at the last look; null before the first. What was there before it was asked for means nothing. */
  readonly present: ReadonlySet<string> | null;
  readonly note: TeachingNote | null;
}

export function beginTeaching(fixtures: Fixtures): Teaching {
  const names = slotNames(fixtures);
  return { fixtures, names, at: 0, positions: names.map(() => null), present: null, note: null };
}

/** What is plugged in now. */
export function look(teaching: Teaching, positions: readonly string[]): Teaching {
  const { present: before, at, names } = teaching;
  const present = new Set(positions);
  const appeared = before === null ? [] : positions.filter((position) => !before.has(position));
  const [position] = appeared;
  if (position === undefined) return { ...teaching, present };
  if (appeared.length > 1) return { ...teaching, present, note: { kind: 'several', count: appeared.length } };
  const owner = names[teaching.positions.indexOf(position)];
  if (owner !== undefined) return { ...teaching, present, note: { kind: 'known', slot: owner } };
  const slot = names[at];
  if (slot === undefined) return { ...teaching, present };
  const bound = teaching.positions.with(at, position);
  return { ...teaching, present, positions: bound, at: at + 1, note: { kind: 'bound', slot, position } };
}

/** The slot that is asked for stays without a port. */
export function skip(teaching: Teaching): Teaching {
  return isAsked(teaching) ? { ...teaching, at: teaching.at + 1, note: null } : teaching;
}

/** The slot before is asked for again, and forgets its port. */
export function back(teaching: Teaching): Teaching {
  const at = teaching.at - 1;
  return at < 0 ? teaching : { ...teaching, at, positions: teaching.positions.with(at, null), note: null };
}

/** Slots with a port. */
export function boundCount({ positions }: Teaching): number {
  return positions.filter((position) => position !== null).length;
}

/** A slot is asked for. */
export function isAsked({ at, names }: Teaching): boolean {
  return at < names.length;
}
