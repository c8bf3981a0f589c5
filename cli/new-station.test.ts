// From the first run's answers to a station that signs: made in one go, then given its CA and its service by the same
// commands as any other, then unlocked at its screen.
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startService } from '../cloud/service.ts';
import type { SetUp } from '../contract/bench-api.ts';
import { StatusAnswer, TokenAnswer } from '../contract/cli.ts';
import { openDataFolder } from '../db/data-folder.ts';
import { openQueries } from '../db/queries.ts';
import { openStationStore } from '../db/station-store.ts';
import { ERRORS } from '../domain/error-table.ts';
import { KeylineError } from '../domain/errors.ts';
import { fromWire } from '../station/api/keyline-wire.ts';
import { type HostedStation, hostStation } from './host-station.ts';
import { makeStation } from './new-station.ts';
import { type Use, useOf } from './surroundings.ts';
import { type TestWorld, testWorld } from './test-terminal.ts';

const OFFICER = { name: 'Ada Öz', role: 'security-officer', badge: 'B-0001', pin: '4711' } as const;
const LINH = { name: 'Linh Trần', role: 'technician', badge: null, pin: '123456' } as const;
const SET_UP: SetUp = { pixelMm: 0.27, bench: { ports: '/dev', slots: 16 }, people: [OFFICER, LINH] };
/** What she shows and types at a terminal. */
const AS_OFFICER = [`KLB:${OFFICER.badge}`, OFFICER.pin];
const RECIPE = new URL('../examples/aq-200/recipe.json', import.meta.url).pathname;
const PASSPHRASE = 'a long passphrase';

let at: TestWorld;
let use: Use;
const open: { close(): Promise<void> }[] = [];

beforeEach(() => {
  at = testWorld();
  use = useOf(at.world, {});
});
afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part.close();
  at.dispose();
});

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => 'nothing was refused',
    (cause: unknown) => fromWire(cause),
  );
  return error instanceof KeylineError ? error.code : String(error);
}

async function hosted(): Promise<HostedStation> {
  const station = await hostStation(use, { practice: null, unlock: false });
  open.push(station);
  return station;
}

function events(): string[] {
  const records = openQueries(use.folder.stationDatabase);
  const told = [...records.auditEvents()].map(({ actorId, type }) => `${actorId} ${type}`);
  records.close();
  return told;
}

/** Badges, PINs and passphrases are slow to derive on purpose. */
describe('a station made from the first run', { timeout: 30_000 }, () => {
  test('is real, with its people and settings, and its first events say so', async () => {
    const { stationId } = await makeStation(use, SET_UP);
    const { code, answers } = await at.keyline('status', '--json');
    expect(code).toBe(0);
    expect(StatusAnswer.parse(JSON.parse(answers[0] ?? ''))).toMatchObject({
      ...{ stationId, practice: false },
      facts: { person: null, hasPeople: true, signing: 'none', bench: SET_UP.bench, pixelMm: 0.27 },
    });
    expect(events()).toEqual(['station station-created', 'station person-added', 'station person-added']);
  });

  test('may leave out what was skipped', async () => {
    await makeStation(use, { pixelMm: null, bench: null, people: [OFFICER] });
    const { answers } = await at.keyline('status', '--json');
    expect(StatusAnswer.parse(JSON.parse(answers[0] ?? '')).facts).toMatchObject({ bench: null, pixelMm: null });
  });

  test('is refused where a station is', async () => {
    const { stationId } = await makeStation(use, SET_UP);
    expect(await refusal(makeStation(use, SET_UP))).toBe('STATION_EXISTS');
    const { answers } = await at.keyline('status', '--json');
    expect(StatusAnswer.parse(JSON.parse(answers[0] ?? '')).stationId).toBe(stationId);
  });

  test.each([
    ['its first person is no officer', [LINH, OFFICER], 'FIRST_OFFICER'],
    ['two people have one name', [OFFICER, { ...LINH, name: OFFICER.name }], 'PERSON_EXISTS'],
  ])('is not there at all when %s, and can then be made', async (_what, people, code) => {
    expect(await refusal(makeStation(use, { ...SET_UP, people }))).toBe(code);
    expect((await at.keyline('status', '--json')).answers[0]).toContain('NO_STATION');
    await makeStation(use, SET_UP);
  });

  test('is wholly made again after a power cut in its making', async () => {
    // What a cut leaves: half of the new records, or records that no station was written to.
    const { stationDatabase } = openDataFolder(use.folder.path, process.platform);
    openStationStore(stationDatabase).close();
    copyFileSync(stationDatabase, `${stationDatabase}-new`);
    expect((await at.keyline('status', '--json')).answers[0]).toContain('NO_STATION');
    const { stationId } = await makeStation(use, SET_UP);
    const { answers } = await at.keyline('status', '--json');
    expect(StatusAnswer.parse(JSON.parse(answers[0] ?? ''))).toMatchObject({ stationId, facts: { hasPeople: true } });
  });

  test('is not there when its records could not be moved out of their log, and can then be made', async () => {
    // A second connection keeps SQLite from moving the log into the database when the first one closes.
    const { stationDatabase } = openDataFolder(use.folder.path, process.platform);
    let other: { close(): void } | null = null;
    const nowMs = () => {
      other ??= openStationStore(`${stationDatabase}-new`);
      return use.clock.nowMs();
    };
    const held = { ...use, clock: { ...use.clock, nowMs } };
    expect(await refusal(makeStation(held, SET_UP).finally(() => other?.close()))).toBe('DISK_FULL');
    expect((await at.keyline('status', '--json')).answers[0]).toContain('NO_STATION');
    await makeStation(use, SET_UP);
  });

  test('leaves nothing beside its records', async () => {
    await makeStation(use, SET_UP);
    expect(readdirSync(use.folder.path).filter((name) => name.startsWith('station.db'))).toEqual(['station.db']);
  });

  test('gets its CA and its service later, is locked at its screen, and is unlocked there', async () => {
    const { stationId } = await makeStation(use, SET_UP);
    at.typed.push(...AS_OFFICER, PASSPHRASE, PASSPHRASE);
    expect((await at.keyline('ca', 'init', '--organization', 'Example')).code).toBe(0);
    const dataDir = join(at.dir, 'cloud');
    const service = await startService({ dataDir, port: 0, host: 'localhost', practice: false });
    open.push(service);
    const token = TokenAnswer.parse(
      JSON.parse((await at.keyline('service', 'token', '--data', dataDir, '--json')).answers[0] ?? ''),
    );
    at.typed.push(token.token, ...AS_OFFICER, PASSPHRASE);
    expect((await at.keyline('station', 'enrol', '--service', service.url, '--ca', token.caFile)).code).toBe(0);

    const station = await hosted();
    const screen = createRouterClient(station.router, { context: { caller: 'screen' } });
    const { facts } = await screen.status();
    expect(facts).toMatchObject({ signing: 'locked', person: null, hasPeople: true });
    expect(await refusal(screen.signing.unlock({ passphrase: PASSPHRASE }))).toBe('NOT_SIGNED_IN');
    const { pinFor } = await screen.people.signIn({ badge: OFFICER.badge });
    const signedIn = await screen.people.signIn({ personId: pinFor?.personId ?? '', pin: OFFICER.pin });
    expect(signedIn.person).toMatchObject({ name: OFFICER.name, hasBadge: true });
    expect(await refusal(screen.sync())).toBe('SIGNER_LOCKED');
    expect(await refusal(screen.signing.unlock({ passphrase: 'another' }))).toBe('PASSPHRASE_WRONG');
    expect((await screen.status()).facts.signing).toBe('locked');
    expect((await screen.signing.unlock({ passphrase: PASSPHRASE })).signing).toBe('ready');
    expect(await screen.sync()).toMatchObject({ made: 0, online: true });
    expect((await screen.status()).stationId).toBe(stationId);
    // Who gave the passphrase is on record, once; a wrong one opens nothing.
    expect(events().filter((event) => event.endsWith('signing-unlocked'))).toEqual([
      `${signedIn.person?.personId} signing-unlocked`,
    ]);
  });

  test('that was ended in a lot is locked again, says so when its line is started, and goes on once it is unlocked', async () => {
    await makeStation(use, { ...SET_UP, bench: { ports: at.dir, slots: 2 } });
    at.typed.push(...AS_OFFICER, PASSPHRASE, PASSPHRASE);
    expect((await at.keyline('ca', 'init', '--organization', 'Example')).code).toBe(0);
    const before = await hostStation(use, { practice: null, unlock: false });
    const { api } = before.client;
    const size = { quantity: 2, spare: 0, serialRange: 'A-01..A-02', stopAfter: 0 };
    const lot = { ...size, lotId: 'L-1', orderId: 'WO-1', practice: false, release: true, recipePath: RECIPE };
    at.typed.push(...AS_OFFICER);
    await api.lot.create(lot);
    await api.signing.unlock({ passphrase: PASSPHRASE });
    await api.line.start({ lotId: 'L-1', bench: null });
    await before.close();

    const { client } = await hosted();
    at.typed.push(...AS_OFFICER);
    const started = client.api.line.start({ lotId: 'L-1', bench: null });
    expect(await started.then(String, (cause: unknown) => String(fromWire(cause)))).toContain(
      ERRORS.SIGNER_LOCKED.happened,
    );
    expect(await client.api.status()).toMatchObject({
      ...{ lineRunning: false, stoppedBy: null, lot: { lotId: 'L-1', state: 'released' } },
      facts: { signing: 'locked' },
    });
    await client.api.signing.unlock({ passphrase: PASSPHRASE });
    expect(await client.api.line.start({ lotId: 'L-1', bench: null })).toEqual({ slots: 2 });
    expect(await client.api.status()).toMatchObject({ lineRunning: true, facts: { signing: 'ready' } });
  });
});
