// People at a station: who they are to it, and what their role lets them do (UX.md section 2). Names and digests sit in
// the people table alone; audit events hold the random id, so that a person can be erased and the chain still verifies.
import { z } from 'zod';
import { TimeMs } from './ids.ts';

/** In rising order: each may do what the ones before it may. */
export const Role = z.enum(['technician', 'supervisor', 'security-officer']);
export type Role = z.infer<typeof Role>;

/** Random, 8 bytes as hex. */
export const PersonId = z.string().regex(/^[0-9a-f]{16}$/);

/** As people write it: 1 to 64 characters of any script, no control characters, no space at either end. */
export const PersonName = z.string().regex(/^(?=.{1,64}$)[^\p{C}\s](?:[^\p{C}]*[^\p{C}\s])?$/u);

/** What a badge's barcode says after its prefix. */
export const Badge = z.string().regex(/^[\x21-\x7e]{4,64}$/);

export const Pin = z.string().regex(/^[0-9]{4,12}$/);

export const Theme = z.enum(['light', 'dark']);
export type Theme = z.infer<typeof Theme>;

/** Languages of the screen (UX.md section 13), each with a whole catalogue. BCP 47. */
export const Language = z.enum(['en', 'zh-CN', 'es', 'vi', 'de']);
export type Language = z.infer<typeof Language>;

/** They follow the person to every bench of the station, never the time of day. */
export const Preferences = z.strictObject({
  theme: Theme,
  /** Loudness, 0 (silent) to 1. */
  sound: z.number().min(0).max(1),
  /** English for whoever was on record before there were others. */
  language: Language.default('en'),
});
export type Preferences = z.infer<typeof Preferences>;

export const PersonView = z.object({
  personId: PersonId,
  name: PersonName,
  role: Role,
  hasBadge: z.boolean(),
  preferences: Preferences,
  /** When they signed in last; null before. */
  lastSignInMs: TimeMs.nullable(),
});
export type PersonView = z.infer<typeof PersonView>;

/** What the screen speaks while nobody is signed in: as who signed in last, the first of the list; else English. */
export function languageOf([last]: readonly Pick<PersonView, 'preferences'>[]): Language {
  return last?.preferences.language ?? 'en';
}

/** Whether the role is `needed` or above it. */
export function roleAllows(role: Role, needed: Role): boolean {
  return Role.options.indexOf(role) >= Role.options.indexOf(needed);
}
