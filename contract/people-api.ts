// People: who may use this station, who is signed in, and what follows them (UX.md sections 2 and 4.1).
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Badge, Language, PersonId, PersonName, PersonView, Pin, Preferences, Role } from '../domain/person.ts';
import { StationFacts } from '../domain/station-event.ts';
import { KEYLINE_ERRORS } from './keyline-errors.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

export const NewPerson = z.strictObject({
  ...{ name: PersonName, role: Role, badge: Badge.nullable(), pin: Pin },
  /** Of the screen; English unless it is said. */
  language: Language.optional(),
});
export type NewPerson = z.infer<typeof NewPerson>;

export const SignIn = z.union([z.strictObject({ badge: Badge }), z.strictObject({ personId: PersonId, pin: Pin })]);
export type SignIn = z.infer<typeof SignIn>;

export const peopleApi = {
  /** Who signed in last comes first. */
  list: keyline.output(z.array(PersonView)),
  /** The first one on record is a security officer and needs nobody's leave; later ones need a security officer's. */
  add: keyline.input(NewPerson).output(PersonView),
  signIn: keyline.input(SignIn).output(StationFacts),
  /** The line goes on. */
  signOut: keyline.output(StationFacts),
  /** Of whoever is signed in. */
  prefer: keyline.input(Preferences).output(StationFacts),
};
