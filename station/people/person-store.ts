// What people/ needs of a database, and of whoever writes audit events. db/ and the recorder implement it. Digests and
// salts go from here to the database and nowhere else.
import type { Preferences, Role } from '../../domain/person.ts';

export interface PersonRow {
  readonly personId: string;
  readonly name: string;
  readonly role: Role;
  /** 32 bytes; null without a badge. */
  readonly badgeDigest: Uint8Array | null;
  /** 16 bytes. */
  readonly pinSalt: Uint8Array;
  /** 32 bytes. */
  readonly pinDigest: Uint8Array;
  readonly preferences: Preferences;
  readonly lastSignInMs: number | null;
  /** PINs looked at since the last one that was right, and when the last of them was; 0 and null after a right one. */
  readonly wrongPins: number;
  readonly wrongPinMs: number | null;
}

/** Writes happen inside the journal's `commit` only. An erased person is in no answer. */
export interface PersonStore {
  /** Who signed in last comes first. */
  people(): readonly PersonRow[];
  person(personId: string): PersonRow | null;
  personByBadge(badgeDigest: Uint8Array): PersonRow | null;
  insertPerson(row: PersonRow): void;
  /** A right PIN or badge: counts no wrong ones any more. */
  setSignedIn(personId: string, nowMs: number): void;
  /** 0 and null: none is counted any more. */
  setWrongPins(personId: string, wrongPins: number, wrongPinMs: number | null): void;
  setPreferences(personId: string, preferences: Preferences): void;
  setRole(personId: string, role: Role): void;
  /** Null takes it away. */
  setBadge(personId: string, badgeDigest: Uint8Array | null): void;
  /** Counts no wrong ones any more. */
  setPin(personId: string, pinSalt: Uint8Array, pinDigest: Uint8Array): void;
  /** Empties the row, and what it held is overwritten in the file. */
  erasePerson(personId: string): void;
  /** Nothing of what was overwritten stays in the file's log, once nobody else reads it; outside a transaction. */
  scrub(): void;
  /** One salt for all badges of the station; null before the first person. */
  badgeSalt(): Uint8Array | null;
  insertBadgeSalt(salt: Uint8Array): void;
}

export type PersonEvent =
  | 'person-added'
  | 'person-signed-in'
  | 'person-signed-out'
  | 'person-changed'
  | 'person-erased';

interface PersonEventBody {
  readonly personId: string;
  readonly role?: Role;
  readonly what?: 'role' | 'badge' | 'pin';
  readonly at?: 'terminal';
}

export type AppendPersonEvent = (type: PersonEvent, body: PersonEventBody & { readonly [key: string]: string }) => void;

/** One transaction: its rows and its audit events, or nothing. Throws KeylineError DISK_FULL. */
export interface Journal {
  commit<T>(actorId: string, work: (append: AppendPersonEvent, nowMs: number) => T): T;
}
