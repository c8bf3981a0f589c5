// What a security officer tells of people who are on record: another role, a badge, a new PIN, and that they are erased. The
// last security officer stays; audit events keep the random id, so that the chain still verifies.
import { assert, KeylineError } from '../../domain/errors.ts';
import type { PersonView, Role } from '../../domain/person.ts';
import type { PeopleParts } from './people-parts.ts';
import type { PersonRow } from './person-store.ts';
import { personView } from './person-view.ts';
import { SALT_BYTES, secretDigest } from './secret-digest.ts';

export interface PersonChangeParts extends PeopleParts {
  /** Signs the person out, where they are signed in. */
  readonly leave: (personId: string) => void;
}

export class PersonChanges {
  readonly #parts: PersonChangeParts;

  constructor(parts: PersonChangeParts) {
    this.#parts = parts;
  }

  /** Throws PERSON_UNKNOWN, LAST_OFFICER, DISK_FULL. */
  setRole(actorId: string, personId: string, role: Role): PersonView {
    const { journal, store, leave, changed } = this.#parts;
    const { role: before } = this.#row(personId);
    if (before === role) return this.#view(personId);
    journal.commit(actorId, (append) => {
      if (before === 'security-officer') this.#refuseLastOfficer(personId);
      store.setRole(personId, role);
      append('person-changed', { personId, what: 'role', role });
    });
    leave(personId);
    changed();
    return this.#view(personId);
  }

  /** Throws PERSON_UNKNOWN, PERSON_EXISTS for somebody else's badge, DISK_FULL. */
  async setBadge(actorId: string, personId: string, badge: string | null): Promise<PersonView> {
    const { journal, store, changed } = this.#parts;
    this.#row(personId);
    const salt = store.badgeSalt();
    assert(salt, 'the first person brought the salt of all badges');
    const digest = badge === null ? null : await secretDigest(badge, salt);
    const owner = digest && store.personByBadge(digest);
    if (owner && owner.personId !== personId) throw new KeylineError('PERSON_EXISTS');
    this.#row(personId);
    journal.commit(actorId, (append) => {
      store.setBadge(personId, digest);
      append('person-changed', { personId, what: 'badge' });
    });
    changed();
    return this.#view(personId);
  }

  /** Throws PERSON_UNKNOWN, DISK_FULL. */
  async resetPin(actorId: string, personId: string, pin: string): Promise<PersonView> {
    const { journal, store, random, changed } = this.#parts;
    this.#row(personId);
    const salt = random.bytes(SALT_BYTES);
    const digest = await secretDigest(pin, salt);
    this.#row(personId);
    journal.commit(actorId, (append) => {
      store.setPin(personId, salt, digest);
      append('person-changed', { personId, what: 'pin' });
    });
    changed();
    return this.#view(personId);
  }

  /** Throws PERSON_UNKNOWN, LAST_OFFICER, DISK_FULL. */
  erase(actorId: string, personId: string): void {
    const { journal, store, leave, changed } = this.#parts;
    const { role } = this.#row(personId);
    journal.commit(actorId, (append) => {
      if (role === 'security-officer') this.#refuseLastOfficer(personId);
      store.erasePerson(personId);
      append('person-erased', { personId });
    });
    leave(personId);
    store.scrub();
    changed();
  }

  #refuseLastOfficer(personId: string): void {
    const others = this.#parts.store.people().filter((row) => row.personId !== personId);
    if (!others.some(({ role }) => role === 'security-officer')) throw new KeylineError('LAST_OFFICER');
  }

  #row(personId: string): PersonRow {
    const row = this.#parts.store.person(personId);
    if (!row) throw new KeylineError('PERSON_UNKNOWN');
    return row;
  }

  #view(personId: string): PersonView {
    return personView(this.#row(personId));
  }
}
