// Who does what a command does at a data folder that it opens itself, as making a CA: a security officer who signs in at
// the terminal, once people are on record; the station's own name before.
import { KeylineError } from '../domain/errors.ts';
import { roleAllows } from '../domain/person.ts';
import { People } from '../station/people/people.ts';
import { STATION_ACTOR } from '../station/records/recorder.ts';
import type { OpenFolder } from './open-folder.ts';
import { openSessionBy } from './station-client.ts';
import type { Use } from './surroundings.ts';

/** The actor. Throws NOT_SIGNED_IN, NOT_ALLOWED and what a sign-in refuses. */
export async function officerAt(
  use: Use,
  { store, recorder }: Pick<OpenFolder, 'store' | 'recorder'>,
): Promise<string> {
  const { clock, random } = use;
  const people = new People({ store, journal: recorder, clock, random, changed() {} });
  if (!people.any) return STATION_ACTOR;
  const person = people.personOf(await openSessionBy(use.askPerson, (given) => people.openSession(given, true)));
  if (!person) throw new KeylineError('NOT_SIGNED_IN');
  if (!roleAllows(person.role, 'security-officer'))
    throw new KeylineError('NOT_ALLOWED', 'a security officer does this');
  return person.personId;
}
