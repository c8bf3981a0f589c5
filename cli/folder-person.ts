// Who does what a command does at a data folder that it opens itself, as making a CA: a security officer who signs in at
// the terminal, once people are on record; the station's own name before.
import { KeylineError } from '../domain/errors.ts';
import { roleAllows } from '../domain/person.ts';
import { People } from '../station/people/people.ts';
import type { PeopleParts } from '../station/people/people-parts.ts';
import { STATION_ACTOR } from '../station/records/recorder.ts';
import { openSessionBy } from './station-client.ts';
import type { Use } from './surroundings.ts';

/** The actor, or `none` before there are people. Throws NOT_SIGNED_IN, NOT_ALLOWED and what a sign-in refuses. */
export async function officerAt(
  use: Pick<Use, 'clock' | 'random' | 'askPerson'>,
  { store, recorder: journal }: { readonly store: PeopleParts['store']; readonly recorder: PeopleParts['journal'] },
  none = STATION_ACTOR,
): Promise<string> {
  const { clock, random } = use;
  const people = new People({ store, journal, clock, random, changed() {} });
  if (!people.any) return none;
  const person = people.personOf(await openSessionBy(use.askPerson, (given) => people.openSession(given, true)));
  if (!person) throw new KeylineError('NOT_SIGNED_IN');
  if (!roleAllows(person.role, 'security-officer'))
    throw new KeylineError('NOT_ALLOWED', 'a security officer does this');
  return person.personId;
}
