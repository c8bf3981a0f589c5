// What leaves the station for people who help from afar holds no secret and no name: a bundle and a saved trace, of a station
// whose log, home and erased people are planted with what must not be in them.
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HostedStation, hostStation } from '../cli/host-station.ts';
import { makeStation } from '../cli/new-station.ts';
import { useOf } from '../cli/surroundings.ts';
import { type TestWorld, testWorld } from '../cli/test-terminal.ts';
import { systemClock } from '../station/clock.ts';
import { findSecret, readTree } from './system/secret-search.ts';

const OFFICER = {
  name: 'Zwetelina Qvist',
  role: 'security-officer',
  badge: 'ZWETE-77310-QX',
  pin: '830614275911',
} as const;
const GONE = { name: 'Ibrahim Nakagawa', role: 'technician', badge: 'IBRA-20418-ZV', pin: '516093847201' } as const;
const PASSPHRASE = 'Rauhreif-auf-41-Zaunlatten';
const FACTORY_SECRET = '9f3c11aa07d85be2446f0b7e91d2c3a85577e0f1b2c4d6e8fa0b1c2d3e4f5061';
const SECRETS = [OFFICER.name, OFFICER.badge, OFFICER.pin, GONE.name, GONE.badge, GONE.pin, PASSPHRASE, FACTORY_SECRET];

let at: TestWorld;
let station: HostedStation;
/** As a window. */
let api: RouterClient<HostedStation['router']>;
let bundle: Buffer;
let home: string;

beforeAll(async () => {
  at = testWorld();
  const use = useOf({ ...at.world, clock: systemClock }, {});
  home = use.around.homeDir;
  await makeStation(use, { pixelMm: null, bench: { ports: '/dev', slots: 4 }, people: [OFFICER, GONE] });
  station = await hostStation(use, { practice: null, unlock: false });
  api = createRouterClient(station.router, { context: { caller: 'screen' } });
  const { pinFor } = await api.people.signIn({ badge: OFFICER.badge });
  await api.people.signIn({ personId: pinFor?.personId ?? '', pin: OFFICER.pin });
  const gone = (await api.people.list()).find(({ name }) => name === GONE.name);
  await api.people.erase({ personId: gone?.personId ?? '' });
  // As another version of Keyline, or a library, might write it.
  const lines = [
    { passphrase: PASSPHRASE },
    { factory_secret: FACTORY_SECRET },
    { badge: OFFICER.badge, pin: OFFICER.pin },
  ];
  for (const line of lines) appendFileSync(join(use.folder.logs, 'keyline.log'), `${JSON.stringify(line)}\n`);
  appendFileSync(join(use.folder.logs, 'keyline.log'), `${JSON.stringify({ msg: `opened ${home}/keyline/x` })}\n`);
  const { file } = await api.diagnostics.bundle({ dir: null });
  bundle = gunzipSync(readFileSync(file));
}, 60_000);
afterAll(async () => {
  await station?.close();
  at.dispose();
});

test('a bundle holds what helps', () => {
  const text = bundle.toString('utf8');
  for (const part of ['about.json', 'station.json', 'checks.json', 'slots.json', 'failures.json', 'logs/keyline.log'])
    expect(text).toContain(part);
  expect(text).toContain('"slots": 4');
  expect(text).toContain('the station is here');
  expect(bundle.length % 512).toBe(0);
});

test.each(SECRETS)('%s is not in a bundle', (secret) => {
  expect(findSecret(new Map([['bundle', bundle]]), Buffer.from(secret))).toEqual([]);
});

test('whose home the station lies in is not in a bundle', () => {
  expect(home.length).toBeGreaterThan(1);
  expect(bundle.includes(home)).toBe(false);
});

test('a person who was erased is in no file of the station', () => {
  const files = readTree(at.dir, (path) => path.endsWith('ballast'));
  expect(findSecret(files, Buffer.from(GONE.name))).toEqual([]);
  expect(findSecret(files, Buffer.from(GONE.badge))).toEqual([]);
  // The search finds who is still there.
  expect(findSecret(files, Buffer.from(OFFICER.name)).length).toBeGreaterThan(0);
});

test('a bundle goes into the folder that was named, and never over a file or into a folder that is not there', async () => {
  const { file } = await api.diagnostics.bundle({ dir: at.dir });
  expect(file.startsWith(at.dir)).toBe(true);
  await expect(api.diagnostics.bundle({ dir: join(at.dir, 'none') })).rejects.toThrow('The file cannot be written');
  await expect(api.diagnostics.bundle({ dir: 'here' })).rejects.toThrow('The file cannot be written');
});
