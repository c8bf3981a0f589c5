// People: who may use this station, who is signed in, and what follows them (UX.md sections 2 and 4.1).
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Badge, PersonId, PersonName, PersonView, Pin, Preferences, Role } from '../domain/person.ts';
import { StationFacts } from '../domain/station-event.ts';
import { KEYLINE_ERRORS } from './keyline-errors.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

export const NewPerson = z.strictObject({ name: PersonName, role: Role, badge: Badge.nullable(), pin: Pin });
export type NewPerson = z.infer<typeof NewPerson>;

export const SignIn = z.union([z.strictObject({ badge: Badge }), z.strictObject({ personId: PersonId, pin: Pin })]);
export type SignIn = z.infer<typeof SignIn>;

export const peopleApi = {
  /** Who signed in last comes first. */
  list: keyline.output(z.array(PersonView)),
  /** The first one on record is a security officer and needs nobody's leave; later ones need a security officer's. */
  add: keyline.input(NewPerson).output(PersonView),
  signIn: keyline.input(SignIn).output(StationFacts),
  /** Of a person on record; they sign in anew. The last security officer stays one. */
  setRole: keyline.input(z.strictObject({ personId: PersonId, role: Role })).output(PersonView),
  /** Null takes the badge away. */
  setBadge: keyline.input(z.strictObject({ personId: PersonId, badge: Badge.nullable() })).output(PersonView),
  resetPin: keyline.input(z.strictObject({ personId: PersonId, pin: Pin })).output(PersonView),
  /** For ever: name, badge and PIN are gone, and what they did stays on record under an id that says nothing. */
  erase: keyline.input(z.strictObject({ personId: PersonId })).output(z.object({ erased: z.literal(true) })),
  /** The line goes on. */
  signOut: keyline.output(StationFacts),
  /** Of whoever is signed in. */
  prefer: keyline.input(Preferences).output(StationFacts),
};
