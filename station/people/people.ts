// Who may use this station, and who is signed in at its bench. Refuses a badge and a PIN that are not known, and makes
// whoever guesses wait (UX.md section 4.1). Audit events hold a person's random id and nothing else of them.
import { timingSafeEqual } from 'node:crypto';
import { assert, KeylineError } from '../../domain/errors.ts';
import { type Language, languageOf, type PersonView, type Preferences, type Role } from '../../domain/person.ts';
import type { StationFacts } from '../../domain/station-event.ts';
import { digestPeople, folded, type NewPerson, recordPeople } from './new-people.ts';
import type { PeopleParts } from './people-parts.ts';
import { PersonChanges } from './person-changes.ts';
import type { PersonRow } from './person-store.ts';
import { personView } from './person-view.ts';
import { SALT_BYTES, secretDigest } from './secret-digest.ts';
import { Sessions } from './sessions.ts';

export type SignIn = { readonly badge: string } | { readonly personId: string; readonly pin: string };

/** As in `SignIn`, both at once. `badge`: null without one. */
export interface Voucher {
  readonly personId: string;
  readonly pin: string;
  readonly badge: string | null;
}

/** UX.md section 4.1. */
const MAX_WRONG_PINS = 5;
const WAIT_MS = 60_000;

/** A badge that was shown waits so long for its PIN: time to find four keys in gloves, too short to walk away. */
const SHOWN_MS = 60_000;

/** A badge, or a name; the PIN where one is needed. */
export interface TerminalSignIn {
  readonly badge: string | null;
  readonly name: string | null;
  readonly pin: string | null;
}

export class People {
  readonly #parts: PeopleParts;
  readonly #sessions: Sessions;
  /** Of whoever is signed in: one bench, one screen. A restart signs them out, a reload of the window does not. */
  #personId: string | null = null;
  /** Whose badge was shown, while the PIN that must follow it is awaited. */
  #shown: { readonly personId: string; readonly cancel: () => void } | null = null;
  /** People are added one after the other: the first one brings the salt of all badges. */
  #adding: Promise<unknown> = Promise.resolve();

  /** What a security officer may tell of people who are on record. */
  readonly changes: PersonChanges;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
    this.#sessions = new Sessions(parts.clock, parts.random);
    this.changes = new PersonChanges({ ...parts, leave: (personId) => this.#leave(personId) });
  }

  /** Who signed in last comes first. */
  list(): PersonView[] {
    return this.#parts.store.people().map(personView);
  }

  get any(): boolean {
    return this.#parts.store.people().length > 0;
  }

  /** Who is signed in, or null. */
  get present(): PersonView | null {
    const row = this.#personId === null ? null : this.#parts.store.person(this.#personId);
    return row && personView(row);
  }

  /** Of the screen while nobody is signed in. */
  get language(): Language {
    return languageOf(this.#parts.store.people());
  }

  /** Whose PIN must follow the badge that was shown, or null. */
  get pinFor(): PersonView | null {
    const row = this.#shown === null ? null : this.#parts.store.person(this.#shown.personId);
    return row && personView(row);
  }

  /** What everybody at the screen is told of them. */
  facts(): Pick<StationFacts, 'person' | 'pinFor' | 'language' | 'hasPeople'> {
    return { person: this.present, pinFor: this.pinFor, language: this.language, hasPeople: this.any };
  }

  /** The name of an audit event's actor; null for the station, an operator and a person who was erased. */
  nameOf(actorId: string): string | null {
    return this.#parts.store.person(actorId)?.name ?? null;
  }

  /** Of an audit event's actor; null for the station, an operator and a person who was erased. */
  roleOf(actorId: string): Role | null {
    return this.#parts.store.person(actorId)?.role ?? null;
  }

  /** Throws PERSON_EXISTS, FIRST_OFFICER. Whether the actor may is asked before. */
  add(actorId: string, person: NewPerson): Promise<PersonView> {
    const added = this.#adding.then(() => this.#add(actorId, person));
    this.#adding = added.catch(() => {});
    return added;
  }

  async #add(actorId: string, person: NewPerson): Promise<PersonView> {
    const { store, journal, random, changed } = this.#parts;
    const digested = await digestPeople(random, store, [person]);
    journal.commit(actorId, (append) => recordPeople(store, append, digested));
    changed();
    const [row] = digested.rows;
    assert(row, 'one person makes one row');
    return personView(row);
  }

  /**
   * A technician needs a badge or a PIN; above that a badge is followed by its PIN (UX.md section 2): the badge alone
   * makes `pinFor`. Throws BADGE_UNKNOWN, BADGE_NEEDED, PIN_WRONG, PIN_WAIT. Whoever was signed in is signed out.
   */
  async signIn(how: SignIn): Promise<void> {
    if (!('badge' in how)) return this.#enter(await this.#byPin(how.personId, how.pin));
    const row = await this.#byBadge(how.badge);
    if (needsBoth(row)) this.#show(row.personId);
    else this.#enter(row);
  }

  #show(personId: string): void {
    this.#shown?.cancel();
    const forget = () => {
      this.#shown = null;
      this.#parts.changed();
    };
    this.#shown = { personId, cancel: this.#parts.clock.after(SHOWN_MS, forget) };
    this.#parts.changed();
  }

  /** The PIN again of whoever is signed in, before what they cannot take back. Throws PIN_NEEDED, PIN_WRONG, PIN_WAIT. */
  async confirm(actorId: string, pin: string | null): Promise<void> {
    if (actorId !== this.#personId) return;
    if (pin === null) throw new KeylineError('PIN_NEEDED');
    await this.#pinOf(this.#parts.store.person(actorId), pin);
    this.#pinWasRight(actorId);
  }

  /** Each try was counted as a wrong one before it was looked at. */
  #pinWasRight(personId: string): void {
    const { journal, store } = this.#parts;
    journal.commit(personId, () => store.setWrongPins(personId, 0, null));
  }

  #enter(row: PersonRow): void {
    const { store, journal, changed } = this.#parts;
    const before = this.#personId;
    journal.commit(row.personId, (append, nowMs) => {
      if (before !== null && before !== row.personId) append('person-signed-out', { personId: before });
      store.setSignedIn(row.personId, nowMs);
      append('person-signed-in', { personId: row.personId });
    });
    this.#personId = row.personId;
    this.#forgetShown();
    changed();
  }

  #forgetShown(): void {
    this.#shown?.cancel();
    this.#shown = null;
  }

  /**
   * A second person confirms what another one asks for: their badge too, where they have one. Nobody is signed in or out.
   * The one who did; throws BADGE_NEEDED, BADGE_UNKNOWN, PIN_WRONG, PIN_WAIT.
   */
  async vouch({ personId, pin, badge }: Voucher): Promise<PersonView> {
    const shown = badge === null ? null : (await this.#byBadge(badge)).personId;
    const row = await this.#byPin(personId, pin, shown);
    this.#pinWasRight(personId);
    return personView(row);
  }

  /** The line goes on. While a PIN is awaited only that badge is forgotten: whoever is signed in stays. */
  signOut(): void {
    if (this.#shown) {
      this.#forgetShown();
      return this.#parts.changed();
    }
    const personId = this.#personId;
    if (personId === null) return;
    this.#parts.journal.commit(personId, (append) => append('person-signed-out', { personId }));
    this.#personId = null;
    this.#parts.changed();
  }

  /** Who is not who they were signs in anew. */
  #leave(personId: string): void {
    if (this.#personId === personId) this.#personId = null;
    if (this.#shown?.personId === personId) this.#forgetShown();
  }

  /** Of whoever is signed in. Throws NOT_SIGNED_IN. */
  prefer(preferences: Preferences): void {
    const personId = this.#personId;
    if (personId === null) throw new KeylineError('NOT_SIGNED_IN');
    const { store, journal, changed } = this.#parts;
    journal.commit(personId, () => store.setPreferences(personId, preferences));
    changed();
  }

  /**
   * Signs in at a terminal: whoever stands at the window stays. Above a technician a badge is followed by its PIN. The
   * answer is the session's token. Throws BADGE_UNKNOWN, BADGE_NEEDED, PIN_MISSING, PIN_WRONG, PIN_WAIT, DISK_FULL.
   */
  async openSession({ badge, name, pin }: TerminalSignIn, lasting: boolean): Promise<string> {
    const row = badge === null ? await this.#byNameAndPin(name ?? '', pin) : await this.#byBadgeAndPin(badge, pin);
    const { store, journal, changed } = this.#parts;
    const { personId } = row;
    journal.commit(personId, (append, nowMs) => {
      store.setSignedIn(personId, nowMs);
      append('person-signed-in', { personId, at: 'terminal' });
    });
    changed();
    return this.#sessions.open(personId, lasting);
  }

  async #byBadgeAndPin(badge: string, pin: string | null): Promise<PersonRow> {
    const row = await this.#byBadge(badge);
    return needsBoth(row) ? this.#pinOf(row, pin) : row;
  }

  async #byNameAndPin(name: string, pin: string | null): Promise<PersonRow> {
    const row = this.#parts.store.people().find((each) => folded(each.name) === folded(name)) ?? null;
    if (row && needsBoth(row)) throw new KeylineError('BADGE_NEEDED');
    return this.#pinOf(row, pin);
  }

  /** Throws DISK_FULL. */
  closeSession(token: string): void {
    const personId = this.#sessions.close(token);
    if (personId === null) return;
    this.#parts.journal.commit(personId, (append) => append('person-signed-out', { personId, at: 'terminal' }));
  }

  /** Whose session it is; null for one that is over, and for a person who was erased meanwhile. */
  personOf(token: string): PersonView | null {
    const personId = this.#sessions.personOf(token);
    const row = personId === null ? null : this.#parts.store.person(personId);
    return row && personView(row);
  }

  async #byBadge(badge: string): Promise<PersonRow> {
    const { store, random } = this.#parts;
    const digest = await secretDigest(badge, store.badgeSalt() ?? random.bytes(SALT_BYTES));
    const row = store.personByBadge(digest);
    if (!row) throw new KeylineError('BADGE_UNKNOWN');
    return row;
  }

  /**
   * A try is on record before the PIN is looked at: neither tries side by side nor a power cut give one for nothing.
   * An id that nobody has costs the same work.
   */
  async #byPin(
    personId: string,
    pin: string,
    shown: string | null = this.#shown?.personId ?? null,
  ): Promise<PersonRow> {
    const row = this.#parts.store.person(personId);
    if (row && needsBoth(row) && shown !== personId) throw new KeylineError('BADGE_NEEDED');
    return this.#pinOf(row, pin);
  }

  async #pinOf(row: PersonRow | null, pin: string | null): Promise<PersonRow> {
    const { random } = this.#parts;
    if (pin === null) throw new KeylineError('PIN_MISSING');
    const tries = row ? this.#countTry(row) : 0;
    const digest = await secretDigest(pin, row?.pinSalt ?? random.bytes(SALT_BYTES));
    if (row && timingSafeEqual(digest, row.pinDigest)) return row;
    throw new KeylineError(tries >= MAX_WRONG_PINS ? 'PIN_WAIT' : 'PIN_WRONG');
  }

  /** The number of this try in its row. Throws PIN_WAIT. */
  #countTry({ personId, wrongPins, wrongPinMs }: PersonRow): number {
    const { store, journal, clock } = this.#parts;
    const nowMs = clock.nowMs();
    const waiting = wrongPins >= MAX_WRONG_PINS;
    const sinceMs = nowMs - (wrongPinMs ?? nowMs);
    // A clock that was set back begins the minute anew: it is neither skipped nor made longer than that.
    if (waiting && sinceMs < 0) journal.commit(personId, () => store.setWrongPins(personId, wrongPins, nowMs));
    if (waiting && sinceMs < WAIT_MS) throw new KeylineError('PIN_WAIT');
    const tries = waiting ? 1 : wrongPins + 1;
    journal.commit(personId, () => store.setWrongPins(personId, tries, nowMs));
    return tries;
  }
}

/** Who has no badge yet, as the first officer may, has nothing else to show than a PIN. */
function needsBoth({ role, badgeDigest }: PersonRow): boolean {
  return role !== 'technician' && badgeDigest !== null;
}
