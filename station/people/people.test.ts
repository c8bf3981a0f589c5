// Signing in over a real store: what is known, what is refused, who waits, and what nobody else gets to see.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openQueries } from '../../db/queries.ts';
import { type OpenStationStore, openStationStore } from '../../db/station-store.ts';
import { checkChain } from '../../domain/audit-event.ts';
import { KeylineError } from '../../domain/errors.ts';
import { PersonView, Preferences } from '../../domain/person.ts';
import { FakeClock } from '../../simulator/fake-clock.ts';
import { systemRandom } from '../random.ts';
import { Recorder, sha256Text } from '../records/recorder.ts';
import type { NewPerson } from './new-people.ts';
import { People } from './people.ts';

const OFFICER: NewPerson = { name: 'Ada Öz', role: 'security-officer', badge: 'B-0001', pin: '4711' };
/** The first officer may have no badge yet. */
const BARE: NewPerson = { ...OFFICER, badge: null };
const LINH: NewPerson = { name: 'Linh Trần', role: 'technician', badge: null, pin: '123456' };

let folder = '';
let open: OpenStationStore;
let clock: FakeClock;
let people: People;
let changes: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-people-'));
  open = openStationStore(join(folder, 'station.db'));
  clock = new FakeClock();
  clock.advance(1_000_000);
  changes = 0;
  people = station();
});
afterEach(() => {
  open.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a process that starts on these records has: nobody is signed in. */
function station(): People {
  const journal = new Recorder(open.store, clock);
  const { store } = open;
  return new People({ store, journal, clock, random: systemRandom, changed: () => void changes++ });
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => 'nothing was refused',
    (cause: unknown) => cause,
  );
  return error instanceof KeylineError ? error.code : String(error);
}

/** Actor and type of each audit event, with its body. */
function journal(): string[] {
  const records = openQueries(join(folder, 'station.db'));
  try {
    return [...records.auditEvents()].map(({ actorId, type, body }) => `${actorId} ${type} ${body}`);
  } finally {
    records.close();
  }
}

/** So many wrong PINs were typed just now: each would take a tenth of a second. */
function typedWrong(personId: string, wrongPins: number): void {
  open.store.transaction(() => open.store.setWrongPins(personId, wrongPins, clock.nowMs()));
}

const wrong = (personId: string) => people.signIn({ personId, pin: '0000' });

/** Each badge and PIN takes 90 ms of one core when nothing else runs; here everything else runs too. */
const SLOW = { timeout: 30_000 };

describe('people on record', SLOW, () => {
  test('begin with a security officer', async () => {
    expect(await refusal(people.add('operator', LINH))).toBe('FIRST_OFFICER');
    expect(people.any).toBe(false);
    const officer = await people.add('operator', OFFICER);
    expect(PersonView.parse(officer)).toMatchObject({ name: 'Ada Öz', hasBadge: true, lastSignInMs: null });
    await people.add(officer.personId, LINH);
    expect(people.list().map(({ name }) => name)).toEqual(['Ada Öz', 'Linh Trần']);
  });

  test.each([
    ['the same badge', { ...LINH, badge: 'B-0001' }],
    ['the same name', { ...LINH, name: 'Ada Öz' }],
    ['a name that reads the same', { ...LINH, name: 'ADA O\u0308Z' }],
  ])('never include two with %s', async (_what, second) => {
    await people.add('operator', OFFICER);
    expect(await refusal(people.add('operator', second))).toBe('PERSON_EXISTS');
    expect(people.list()).toHaveLength(1);
  });

  test('who are added side by side all have a badge that is known', async () => {
    await Promise.all([people.add('operator', OFFICER), people.add('operator', { ...LINH, badge: 'B-0002' })]);
    await people.signIn({ badge: 'B-0002' });
    expect(people.present?.name).toBe('Linh Trần');
  });

  test('are listed by who signed in last, and keep what they prefer', async () => {
    await people.add('operator', OFFICER);
    const linh = await people.add('operator', LINH);
    await people.signIn({ personId: linh.personId, pin: LINH.pin });
    people.prefer({ theme: 'dark', sound: 0, language: 'de' });
    expect(people.list().map(({ name }) => name)).toEqual(['Linh Trần', 'Ada Öz']);
    expect(station().list()[0]).toMatchObject({
      preferences: { theme: 'dark', sound: 0, language: 'de' },
      lastSignInMs: 1_000_000,
    });
  });

  test('have a language of their own, and leave it to the screen when they sign out', async () => {
    expect(people.language).toBe('en');
    await people.add('operator', { ...OFFICER, language: 'vi' });
    const linh = await people.add('operator', { ...LINH, language: 'de' });
    await people.signIn({ personId: linh.personId, pin: LINH.pin });
    expect(people.present?.preferences.language).toBe('de');
    people.signOut();
    expect(people.language).toBe('de');
  });

  test('of before there were languages read English', () => {
    expect(Preferences.parse({ theme: 'dark', sound: 0 })).toEqual({ theme: 'dark', sound: 0, language: 'en' });
  });

  test('leave neither badge nor PIN anywhere on the disk', async () => {
    const secret = { ...OFFICER, badge: 'BADGE-7731-X', pin: '830614275911' };
    const { personId } = await people.add('operator', secret);
    await people.signIn({ badge: secret.badge });
    await people.signIn({ personId, pin: secret.pin });
    const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    for (const kept of [secret.badge, secret.pin]) expect(texts.filter((text) => text.includes(kept))).toEqual([]);
    expect(JSON.stringify(people.list())).not.toMatch(/digest|salt|pin/i);
  });
});

describe('people who change', SLOW, () => {
  test('sign in anew with another role, and the last security officer stays one', async () => {
    const officer = await people.add('operator', BARE);
    const linh = await people.add(officer.personId, LINH);
    await people.signIn({ personId: linh.personId, pin: LINH.pin });
    const { changes } = people;
    expect(changes.setRole(officer.personId, linh.personId, 'supervisor').role).toBe('supervisor');
    expect(people.present).toBeNull();
    const last = new KeylineError('LAST_OFFICER');
    expect(() => changes.setRole(officer.personId, officer.personId, 'technician')).toThrow(last);
    expect(() => changes.erase(officer.personId, officer.personId)).toThrow(last);
    changes.setRole(officer.personId, linh.personId, 'security-officer');
    changes.erase(linh.personId, officer.personId);
    expect(people.list().map(({ name }) => name)).toEqual([LINH.name]);
  });

  test('get a new badge and a new PIN, never somebody else’s badge, and the old ones are worth nothing', async () => {
    const officer = await people.add('operator', OFFICER);
    const linh = await people.add(officer.personId, { ...LINH, badge: 'B-0002' });
    const { changes } = people;
    expect(await refusal(changes.setBadge(officer.personId, linh.personId, 'B-0001'))).toBe('PERSON_EXISTS');
    await changes.setBadge(officer.personId, linh.personId, 'B-0003');
    expect(await refusal(people.signIn({ badge: 'B-0002' }))).toBe('BADGE_UNKNOWN');
    await people.signIn({ badge: 'B-0003' });
    expect((await changes.setBadge(officer.personId, linh.personId, null)).hasBadge).toBe(false);
    typedWrong(linh.personId, 5);
    await changes.resetPin(officer.personId, linh.personId, '2718');
    await people.signIn({ personId: linh.personId, pin: '2718' });
    expect(await refusal(changes.resetPin(officer.personId, '0123456789abcdef', '2718'))).toBe('PERSON_UNKNOWN');
  });

  test('are nowhere in any file once they are erased, and the chain still verifies', async () => {
    const officer = await people.add('operator', OFFICER);
    const erased = { ...LINH, name: 'Zwetelina Qvist', badge: 'BADGE-7731-X' };
    const { personId } = await people.add(officer.personId, erased);
    await people.signIn({ personId, pin: erased.pin });
    people.changes.erase(officer.personId, personId);
    expect([people.present, people.nameOf(personId)]).toEqual([null, null]);
    expect(await refusal(people.signIn({ badge: erased.badge }))).toBe('BADGE_UNKNOWN');
    expect(await refusal(people.signIn({ personId, pin: erased.pin }))).toBe('PIN_WRONG');
    expect(() => people.changes.erase(officer.personId, personId)).toThrow(new KeylineError('PERSON_UNKNOWN'));
    const found = readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(erased.name));
    expect(found).toEqual([]);
    const records = openQueries(join(folder, 'station.db'));
    const verdict = checkChain(records.auditEvents(), [], sha256Text);
    records.close();
    expect(verdict.ok).toBe(true);
    expect(journal().at(-1)).toBe(`${officer.personId} person-erased {"personId":"${personId}"}`);
  });
});

describe('signing in', SLOW, () => {
  test('takes an officer by badge and PIN, a technician by either, and replaces who was there', async () => {
    const officer = await people.add('operator', OFFICER);
    const linh = await people.add('operator', LINH);
    await people.signIn({ badge: 'B-0001' });
    expect([people.present, people.pinFor?.personId]).toEqual([null, officer.personId]);
    await people.signIn({ personId: officer.personId, pin: OFFICER.pin });
    expect([people.present?.personId, people.pinFor]).toEqual([officer.personId, null]);
    await people.signIn({ personId: linh.personId, pin: LINH.pin });
    expect(people.present?.personId).toBe(linh.personId);
    people.signOut();
    expect(people.present).toBeNull();
    expect(changes).toBe(6);
    const by = (actor: string, event: string, id = actor) => `${actor} person-${event} {"personId":"${id}"}`;
    expect(journal().slice(2)).toEqual([
      by(officer.personId, 'signed-in'),
      by(linh.personId, 'signed-out', officer.personId),
      by(linh.personId, 'signed-in'),
      by(linh.personId, 'signed-out'),
    ]);
    expect(journal().join()).not.toMatch(/Linh|Ada|B-0001/);
  });

  test('takes no PIN of an officer whose badge was not shown, and tells nothing of the PIN', async () => {
    const { personId } = await people.add('operator', OFFICER);
    expect(await refusal(people.signIn({ personId, pin: OFFICER.pin }))).toBe('BADGE_NEEDED');
    expect(await refusal(wrong(personId))).toBe('BADGE_NEEDED');
    expect(open.store.person(personId)?.wrongPins).toBe(0);
  });

  test('waits a minute for the PIN that follows a badge; whoever is signed in stays meanwhile', async () => {
    const { personId } = await people.add('operator', OFFICER);
    await people.add(personId, { ...LINH, badge: 'B-0002' });
    await people.signIn({ badge: 'B-0002' });
    await people.signIn({ badge: 'B-0001' });
    expect([people.present?.name, people.pinFor?.personId]).toEqual([LINH.name, personId]);
    clock.advance(60_000);
    expect([people.present?.name, people.pinFor]).toEqual([LINH.name, null]);
    expect(await refusal(people.signIn({ personId, pin: OFFICER.pin }))).toBe('BADGE_NEEDED');
    await people.signIn({ badge: 'B-0001' });
    people.signOut();
    expect([people.present?.name, people.pinFor]).toEqual([LINH.name, null]);
  });

  test('ends with the process: whoever starts it again signs in again', async () => {
    const { personId } = await people.add('operator', BARE);
    await people.signIn({ personId, pin: BARE.pin });
    expect(station().present).toBeNull();
  });

  test.each([
    ['a badge that nobody has', { badge: 'B-9999' }, 'BADGE_UNKNOWN'],
    ['a person whom nobody knows', { personId: '0123456789abcdef', pin: '4711' }, 'PIN_WRONG'],
  ])('refuses %s', async (_what, how, code) => {
    await people.add('operator', OFFICER);
    expect(await refusal(people.signIn(how))).toBe(code);
    expect(people.present).toBeNull();
  });

  test('refuses any badge while nobody is on record', async () => {
    expect(await refusal(people.signIn({ badge: 'B-0001' }))).toBe('BADGE_UNKNOWN');
  });

  test('makes whoever types five wrong PINs wait a minute, also after a restart, but not their badge', async () => {
    await people.add('operator', BARE);
    const { personId } = await people.add('operator', { ...LINH, badge: 'B-0002' });
    expect(await refusal(wrong(personId))).toBe('PIN_WRONG');
    typedWrong(personId, 3);
    expect(await refusal(wrong(personId))).toBe('PIN_WRONG');
    expect(await refusal(wrong(personId))).toBe('PIN_WAIT');
    people = station();
    clock.advance(59_999);
    expect(await refusal(people.signIn({ personId, pin: LINH.pin }))).toBe('PIN_WAIT');
    clock.advance(1);
    await people.signIn({ personId, pin: LINH.pin });
    typedWrong(personId, 5);
    await people.signIn({ badge: 'B-0002' });
    await people.signIn({ personId, pin: LINH.pin });
  });

  test('gives five more after the minute, not one', async () => {
    const { personId } = await people.add('operator', BARE);
    typedWrong(personId, 5);
    clock.advance(60_000);
    expect(await refusal(wrong(personId))).toBe('PIN_WRONG');
    expect(open.store.person(personId)?.wrongPins).toBe(1);
  });

  test('looks at no more than five PINs that come side by side', async () => {
    const { personId } = await people.add('operator', BARE);
    const pins = ['0', '1', '2', '3', '4', '5', '6'].map((digit) => `000${digit}`);
    const answers = await Promise.all([...pins, BARE.pin].map((pin) => refusal(people.signIn({ personId, pin }))));
    expect(answers.filter((code) => code === 'PIN_WRONG')).toHaveLength(4);
    expect(answers.filter((code) => code === 'PIN_WAIT')).toHaveLength(4);
    expect(people.present).toBeNull();
  });

  test('begins the minute again when the clock is set back, and no longer than that', async () => {
    const { personId } = await people.add('operator', BARE);
    typedWrong(personId, 5);
    clock = new FakeClock();
    people = station();
    expect(await refusal(people.signIn({ personId, pin: BARE.pin }))).toBe('PIN_WAIT');
    clock.advance(60_000);
    await people.signIn({ personId, pin: BARE.pin });
  });

  test('what somebody prefers is theirs: without them there is nobody to keep it for', () => {
    expect(() => people.prefer({ theme: 'dark', sound: 1, language: 'en' })).toThrow(new KeylineError('NOT_SIGNED_IN'));
  });
});

describe('the PIN once more, before what cannot be taken back', () => {
  test('is that of whoever is signed in, whose badge need not be shown again', async () => {
    const { personId } = await people.add('operator', OFFICER);
    await people.signIn({ badge: 'B-0001' });
    await people.signIn({ personId, pin: '4711' });
    // However often a day: a right one is no try.
    for (let closes = 0; closes < 6; closes++) await people.confirm(personId, '4711');
    expect(await refusal(people.confirm(personId, null))).toBe('PIN_NEEDED');
    expect(await refusal(people.confirm(personId, '0000'))).toBe('PIN_WRONG');
  });

  test('is counted as at the sign-in: five wrong ones wait', async () => {
    const { personId } = await people.add('operator', BARE);
    await people.signIn({ personId, pin: '4711' });
    open.store.transaction(() => open.store.setWrongPins(personId, 4, clock.nowMs()));
    expect(await refusal(people.confirm(personId, '0000'))).toBe('PIN_WAIT');
    expect(await refusal(people.confirm(personId, '4711'))).toBe('PIN_WAIT');
  });

  test('is not asked of who has none: an operator at the terminal', async () => {
    await people.confirm('operator', null);
  });
});
