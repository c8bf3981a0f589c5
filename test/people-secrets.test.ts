// Nothing that lets a person in is anywhere but in their head (promise 3): no badge, no PIN and no passphrase that was
// given at a screen, right, wrong or spoilt, on disk, in a log, in a bundle for support or in what a page hears.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { RPCHandler } from '@orpc/server/message-port';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HostedStation, hostStation } from '../cli/host-station.ts';
import { makeStation } from '../cli/new-station.ts';
import { type Use, useOf } from '../cli/surroundings.ts';
import { type TestWorld, testWorld } from '../cli/test-terminal.ts';
import { StationPort } from '../electron/station-port.ts';
import { systemClock } from '../station/clock.ts';
import { findSecret, readTree, type Tree } from './system/secret-search.ts';

const PASSPHRASE = 'Rauhreif-auf-41-Zaunlatten';
const OFFICER = { name: 'Ada Öz', role: 'security-officer', badge: 'ADA-77310-QX', pin: '830614275911' } as const;
const LINH = { name: 'Linh Trần', role: 'technician', badge: 'LINH-20418-ZV', pin: '516093847201' } as const;
/** By call: what people and spoilt scans send, in the order in which they send it. */
const WRONG = {
  badge: 'NOBODY-99117-KK',
  spoiltBadge: 'SPOILT 55281 BADGE',
  pin: '904417263355',
  spoiltPin: '71x2846y0519',
  passphrase: 'Rauhreif-auf-42-Zaunlatten',
} as const;
const SECRETS = [PASSPHRASE, OFFICER.badge, OFFICER.pin, LINH.badge, LINH.pin, ...Object.values(WRONG)];

let at: TestWorld;
let searched: Tree;
let codes: string[];

beforeAll(async () => {
  at = testWorld();
  // A badge waits for its PIN by a clock that does.
  const use = useOf({ ...at.world, clock: systemClock }, {});
  await makeStation(use, { pixelMm: null, bench: null, people: [OFFICER] });
  at.typed.push(`KLB:${OFFICER.badge}`, OFFICER.pin, PASSPHRASE, PASSPHRASE);
  expect((await at.keyline('ca', 'init', '--organization', 'Example')).code).toBe(0);
  const station = await hostStation(use, { practice: null, unlock: false });
  const said = await sayAll(station);
  const inWork = readTree(at.dir, (path) => path.endsWith('ballast'));
  await station.close();
  searched = new Map([
    ...inWork,
    ...[...readTree(at.dir, (path) => path.endsWith('ballast'))].map(
      ([path, file]) => [`${path} after`, file] as const,
    ),
    ['what the page heard', Buffer.from(said.join('\n'))],
    ['bundle', await bundle(use)],
  ]);
}, 60_000);
afterAll(() => at.dispose());

/** Through the port of a page, as the window does it; the answers as they came. */
async function sayAll(station: HostedStation): Promise<string[]> {
  const heard: string[] = [];
  let answered: () => void = () => {};
  const port = new StationPort({
    clock: systemClock,
    send: (frame) => {
      heard.push(...frame.map(String));
      answered();
    },
    refused: () => station.log.warn({ port: 1 }, 'a message from a screen was refused'),
  });
  new RPCHandler(station.router).upgrade(port, { context: { caller: 'screen' } });
  codes = [];
  const call = async (u: string, json: unknown) => {
    const done = new Promise<void>((resolve) => {
      answered = resolve;
    });
    port.deliver(JSON.stringify({ i: `${codes.length + 1}`, p: { u, b: { json } } }));
    await done;
    codes.push(
      /"code":"([A-Z_]+)","detail"/.exec(heard.at(-1) ?? '')?.[1] ??
        (/"s":(\d+)/.exec(heard.at(-1) ?? '')?.[1] || 'ok'),
    );
  };
  const signIn = (json: unknown) => call('/people/signIn', json);
  await signIn({ badge: WRONG.badge });
  await signIn({ badge: WRONG.spoiltBadge });
  await signIn({ badge: OFFICER.badge });
  const officer = (await station.client.api.people.list()).find(({ name }) => name === OFFICER.name);
  await signIn({ personId: officer?.personId, pin: OFFICER.pin });
  await call('/people/add', LINH);
  await call('/people/add', LINH);
  await call('/people/add', { ...LINH, pin: WRONG.spoiltPin });
  const { personId } = (await station.client.api.people.list()).find(({ name }) => name === LINH.name) ?? {};
  await signIn({ personId, pin: WRONG.pin });
  await signIn({ personId, pin: WRONG.spoiltPin });
  await call('/signing/unlock', { passphrase: WRONG.passphrase });
  await call('/signing/unlock', { passphrase: [PASSPHRASE] });
  await call('/signing/unlock', { passphrase: PASSPHRASE });
  await signIn({ personId, pin: LINH.pin });
  await call('/people/list', undefined);
  port.deliver(`{"i":"x","p":{"u":"/people/signIn","b":"${OFFICER.badge}"},"more":"${OFFICER.pin}"}`);
  port.shut();
  return heard;
}

async function bundle(use: Use): Promise<Buffer> {
  const file = join(at.dir, 'report.json.gz');
  const { answers, said } = await at.keyline('doctor', '--bundle', file);
  expect(use.folder.logs.startsWith(at.dir)).toBe(true);
  return Buffer.concat([gunzipSync(readFileSync(file)), Buffer.from([...answers, ...said].join('\n'))]);
}

test('what was said was heard: some refused, some not', () => {
  expect(codes).toEqual([
    ...['BADGE_UNKNOWN', '400', 'ok', 'ok', 'ok', 'PERSON_EXISTS', '400', 'PIN_WRONG', '400'],
    ...['PASSPHRASE_WRONG', '400', 'ok', 'ok', 'ok'],
  ]);
  const log = String(searched.get(join('station', 'logs', 'keyline.log')));
  for (const line of ['"call":"people.signIn"', '"call":"signing.unlock"', 'a message from a screen was refused'])
    expect(log).toContain(line);
  expect(searched.get(join('station', 'station.db-wal'))?.length).toBeGreaterThan(0);
  expect(String(searched.get('bundle'))).toContain('people.signIn');
});

test.each(SECRETS)('%s is nowhere', (secret) => {
  expect(findSecret(searched, Buffer.from(secret))).toEqual([]);
});

test('names of people are in the table of people and before the eyes of a page, in no log and no bundle', () => {
  for (const { name } of [OFFICER, LINH]) {
    const places = findSecret(searched, Buffer.from(name)).map((place) => place.replace(/: .*/, ''));
    expect(places.filter((place) => !/station\.db|what the page heard/.test(place))).toEqual([]);
    expect(places).toContain('what the page heard');
  }
});
