// People on their way into the records: their secrets become digests first, then rows and audit events are written
// within a transaction of the caller's. Refuses a name or badge that is known, and a first person who is no officer.
import { sameBytes, toHex } from '../../domain/bytes.ts';
import { assert, KeylineError } from '../../domain/errors.ts';
import type { Language, Preferences, Role } from '../../domain/person.ts';
import type { Random } from '../../domain/seams.ts';
import type { AppendPersonEvent, PersonRow, PersonStore } from './person-store.ts';
import { SALT_BYTES, secretDigest } from './secret-digest.ts';

export interface NewPerson {
  readonly name: string;
  readonly role: Role;
  readonly badge: string | null;
  readonly pin: string;
  /** English unless it is said. */
  readonly language?: Language | undefined;
}

export interface DigestedPeople {
  readonly badgeSalt: Uint8Array;
  readonly rows: readonly PersonRow[];
}

/** domain/person.ts: random, 8 bytes. */
const PERSON_ID_BYTES = 8;
/** UX.md section 9: light is the default. Section 11: loud enough for a hall until the person says otherwise. */
const FIRST_PREFERENCES: Preferences = { theme: 'light', sound: 0.5, language: 'en' };

/** Touches no record: some 100 ms for each secret. */
export async function digestPeople(
  random: Random,
  store: Pick<PersonStore, 'badgeSalt'>,
  people: readonly NewPerson[],
): Promise<DigestedPeople> {
  const badgeSalt = store.badgeSalt() ?? random.bytes(SALT_BYTES);
  const rows: PersonRow[] = [];
  for (const { name, role, badge, pin, language = 'en' } of people) {
    const pinSalt = random.bytes(SALT_BYTES);
    rows.push({
      personId: toHex(random.bytes(PERSON_ID_BYTES)),
      name,
      role,
      badgeDigest: badge === null ? null : await secretDigest(badge, badgeSalt),
      pinSalt,
      pinDigest: await secretDigest(pin, pinSalt),
      ...{ preferences: { ...FIRST_PREFERENCES, language }, lastSignInMs: null, wrongPins: 0, wrongPinMs: null },
    });
  }
  return { badgeSalt, rows };
}

/** Inside a transaction. Throws PERSON_EXISTS, FIRST_OFFICER. */
export function recordPeople(store: PersonStore, append: AppendPersonEvent, { badgeSalt, rows }: DigestedPeople): void {
  const salt = store.badgeSalt();
  if (!salt) store.insertBadgeSalt(badgeSalt);
  assert(!salt || sameBytes(salt, badgeSalt), 'people are digested one after the other, with one salt for all badges');
  for (const row of rows) {
    const known = store.people();
    if (known.length === 0 && row.role !== 'security-officer') throw new KeylineError('FIRST_OFFICER');
    const sameBadge = row.badgeDigest && store.personByBadge(row.badgeDigest);
    if (sameBadge || known.some(({ name }) => folded(name) === folded(row.name)))
      throw new KeylineError('PERSON_EXISTS');
    store.insertPerson(row);
    append('person-added', { personId: row.personId, role: row.role });
  }
}

/** Two names that nobody would tell apart in a list. */
export function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
