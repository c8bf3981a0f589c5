// A command at a station that knows people: it asks who is there, does what their role allows, and records it for them.
import { closeSync, fstatSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openQueries } from '../db/queries.ts';
import { KeylineError } from '../domain/errors.ts';
import { type HostedStation, hostStation } from './host-station.ts';
import { makeStation } from './new-station.ts';
import { askPersonAt } from './person-sign-in.ts';
import { useOf } from './surroundings.ts';
import { type TestWorld, testWorld } from './test-terminal.ts';

const OFFICER = { name: 'Ada Öz', role: 'security-officer', badge: 'ADA-77310', pin: '830614' } as const;
const LINH = { name: 'Linh Trần', role: 'technician', badge: 'LINH-204', pin: '516093' } as const;
const MARIA = { name: 'María Ríos', role: 'supervisor', badge: null, pin: '161803' } as const;

/** Secrets are derived on purpose slowly, a dozen times a test. */
const SLOW_MS = 60_000;

let at: TestWorld;
let host: HostedStation | null;
beforeEach(async () => {
  at = testWorld();
  host = null;
  const people = [OFFICER, LINH, MARIA];
  await makeStation(useOf(at.world, {}), { pixelMm: null, bench: null, people });
}, SLOW_MS);
afterEach(async () => {
  await host?.close();
  at.dispose();
});

const on = <T>(read: (records: ReturnType<typeof openQueries>) => T): T => {
  const records = openQueries(useOf(at.world, {}).folder.stationDatabase);
  try {
    return read(records);
  } finally {
    records.close();
  }
};
const idOf = (name: string) => on((records) => records.people().find((each) => each.name === name)?.personId);
const events = (type: string) => on((records) => [...records.auditEvents()].filter((event) => event.type === type));

/** By a person: the station's own come in their time. */
const copies = () => events('records-copied').filter(({ actorId }) => actorId !== 'station');

async function copying(...typed: string[]): Promise<string> {
  at.typed.length = 0;
  at.typed.push(...typed);
  const { code, answers } = await at.keyline('backup', '--json');
  if (code === 0) return 'copied';
  expect(code).toBe(2);
  return String(JSON.parse(answers.at(-1) ?? '').error.code);
}

describe('a command that acts', () => {
  test(
    'asks for a badge or a name with a PIN, and is recorded for that person from sign-in to sign-out',
    async () => {
      expect(await copying(`KLB:${LINH.badge}`)).toBe('copied');
      expect(await copying(MARIA.name, MARIA.pin)).toBe('copied');
      expect(await copying(`KLB:${OFFICER.badge}`, OFFICER.pin)).toBe('copied');
      const ids = [LINH, MARIA, OFFICER].map(({ name }) => idOf(name));
      expect(copies().map(({ actorId }) => actorId)).toEqual(ids);
      expect(events('person-signed-in').map(({ actorId }) => actorId)).toEqual(ids);
      expect(events('person-signed-out').map(({ body }) => JSON.parse(body))).toEqual(
        ids.map((personId) => ({ personId, at: 'terminal' })),
      );
    },
    SLOW_MS,
  );

  test(
    'is refused to who is not known, who shows half of what is needed, and where nobody can be asked',
    async () => {
      expect(await copying('KLB:NOBODY-1')).toBe('BADGE_UNKNOWN');
      expect(await copying(OFFICER.name, OFFICER.pin)).toBe('BADGE_NEEDED');
      expect(await copying('Nobody', '12345')).toBe('PIN_WRONG');
      expect(await copying(`KLB:${OFFICER.badge}`)).toBe('PIN_MISSING');
      expect(await copying()).toBe('NOT_SIGNED_IN');
      expect(at.said.join(' ')).toContain('--badge-fd');
      expect(copies()).toEqual([]);
    },
    SLOW_MS,
  );

  test(
    'counts wrong PINs as the window does',
    async () => {
      for (let wrong = 0; wrong < 4; wrong++) expect(await copying(LINH.name, '000000')).toBe('PIN_WRONG');
      expect(await copying(LINH.name, '000000')).toBe('PIN_WAIT');
      expect(await copying(LINH.name, LINH.pin)).toBe('PIN_WAIT');
    },
    SLOW_MS,
  );

  test(
    'is refused to a role that does not do it, and only reading asks nobody',
    async () => {
      at.typed.push(`KLB:${LINH.badge}`);
      const { code, said } = await at.keyline('lot', 'close', 'L-1');
      expect(code).toBe(2);
      expect(said.join(' ')).toContain('Your role does not do this');
      at.typed.push(`KLB:${LINH.badge}`);
      const made = await at.keyline('ca', 'init', '--organization', 'Example');
      expect([made.code, made.said.join(' ')]).toEqual([2, expect.stringContaining('Your role does not do this')]);
      expect((await at.keyline('status')).code).toBe(0);
      expect((await at.keyline('audit', 'verify')).code).toBe(0);
    },
    SLOW_MS,
  );

  test(
    'that makes a CA takes a security officer, who stands in its event',
    async () => {
      at.typed.push(`KLB:${OFFICER.badge}`, OFFICER.pin, 'a long passphrase', 'a long passphrase');
      expect((await at.keyline('ca', 'init', '--organization', 'Example')).code).toBe(0);
      expect(events('ca-created').map(({ actorId }) => actorId)).toEqual([idOf(OFFICER.name)]);
    },
    SLOW_MS,
  );
});

test(
  'a terminal’s sign-in is its own: the person at the window stays, and another terminal has none',
  async () => {
    host = await hostStation(useOf(at.world, {}), { practice: null, unlock: false });
    const { api } = host.client;
    await api.people.signIn({ personId: idOf(MARIA.name) ?? '', pin: MARIA.pin });
    expect(await copying(`KLB:${LINH.badge}`)).toBe('copied');
    expect((await api.status()).facts.person?.name).toBe(MARIA.name);
    expect(copies().map(({ actorId }) => actorId)).toEqual([idOf(LINH.name)]);
    expect(await copying()).toBe('NOT_SIGNED_IN');
    const refused = await api.backup.make({ dir: null }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(KeylineError);
  },
  SLOW_MS,
);

test('a descriptor with a badge is read once: asked again, its number may be another file of this process', async () => {
  const { terminal, folder } = useOf(at.world, {});
  const file = join(folder.path, 'badge');
  writeFileSync(file, `KLB:${LINH.badge}\n`);
  const badgeFd = openSync(file, 'r');
  const ask = askPersonAt({ terminal, person: null, badgeFd, pinFd: null });
  expect(await ask(false)).toEqual({ badge: LINH.badge, name: null, pin: null });
  const other = openSync(file, 'r');
  expect(other).toBe(badgeFd);
  await expect(ask(false)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
  expect(fstatSync(other).isFile()).toBe(true);
  closeSync(other);
});
