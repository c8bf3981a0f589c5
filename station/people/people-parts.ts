// What people/ works with.
import type { Clock, Random } from '../../domain/seams.ts';
import type { Journal, PersonStore } from './person-store.ts';

export interface PeopleParts {
  readonly store: PersonStore;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
  /** Hears each change of who is signed in, of what they prefer, and of whether anybody is on record. */
  readonly changed: () => void;
}
