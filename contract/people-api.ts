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

/** At a terminal: a badge, or a name; and the PIN where the person has one to give. */
export const TerminalSignIn = z.strictObject({
  badge: Badge.nullable(),
  name: PersonName.nullable(),
  pin: Pin.nullable(),
});
export type TerminalSignIn = z.infer<typeof TerminalSignIn>;

/** Random, 32 bytes as hex: who holds it acts as that person, over the data folder's socket. */
const SessionToken = z.string().regex(/^[0-9a-f]{64}$/);

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
  /** At a terminal, for the calls of one command; the person at the window stays. */
  openSession: keyline.input(TerminalSignIn).output(z.object({ session: SessionToken })),
  closeSession: keyline.input(z.strictObject({ session: SessionToken })).output(z.object({ closed: z.literal(true) })),
  /** Of whoever is signed in. */
  prefer: keyline.input(Preferences).output(StationFacts),
};
