// Yesterday's backup restored on a second station: no serial, key or certificate is used twice, and boards made after the
// backup end adopted or told. The CA was changed after the backup too, and stays changed. Real programs, virtual boards, both books read by plain SQL.
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  BackupAnswer,
  CaAnswer,
  DeviceListAnswer,
  LotAnswer,
  RefusalAnswer,
  RestoreAnswer,
  RunAnswer,
  ServiceAnswer,
  SyncAnswer,
  TokenAnswer,
} from '../../contract/cli.ts';
import { keyline, keylineJson, keylineServing, RECIPE, type Serving } from './keyline-process.ts';

const BOARDS = 4;
/** Boards that passed before the backup; after it and registered; after it while the service was away; new ones. */
const BENCHES = ['before', 'registered', 'waiting', 'new'] as const;

let dir: string;
let service: Serving<z.infer<typeof ServiceAnswer>>;
const benches: AbortController[] = [];
const running: Promise<unknown>[] = [];
const at = (...names: string[]) => join(dir, ...names);
const FIRST = () => ['--data', at('first')];
const SECOND = () => ['--data', at('second')];

async function serve(port: string): Promise<void> {
  service = await keylineServing(ServiceAnswer, ['service', '--practice', '--data', at('cloud'), '--port', port]);
}

/** Virtual boards in slots of a folder, until the end of the test. */
async function bench(name: string, seed: number): Promise<void> {
  const leave = new AbortController();
  const there = Promise.withResolvers<void>();
  const args = ['simulate', '--slots', String(BOARDS), '--dir', at(name), '--seed', String(seed)];
  running.push(keyline(args, { signal: leave.signal, onSaid: () => there.resolve() }));
  benches.push(leave);
  await there.promise;
}

async function lot(station: string[], name: string, range: string, quantity: number, release: boolean): Promise<void> {
  const size = ['--quantity', String(quantity), '--spare', String(BOARDS), '--range', range, '--stop-after', '0'];
  const order = ['lot', 'create', name, '--recipe', RECIPE, '--practice', ...size, ...(release ? ['--release'] : [])];
  await keylineJson(LotAnswer, [...order, ...station]);
}

function run(station: string[], name: string, ports: string, slots: number) {
  return keylineJson(RunAnswer, ['run', '--lot', name, '--ports', ports, '--slots', String(slots), ...station]);
}

/** The line of the restored station: all boards of all benches at once, each in a slot of its own. */
function allPorts(): string {
  mkdirSync(at('all'));
  for (const name of BENCHES)
    for (const port of readdirSync(at(name)).filter((entry) => /^slot/.test(entry)))
      symlinkSync(readlinkSync(at(name, port)), at('all', `${name}-${port}`));
  return at('all');
}

let restored: z.infer<typeof RestoreAnswer>;
let last: z.infer<typeof RunAnswer>;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-second-'));
  await serve('0');
  const { url, caFile } = service.answer;
  const { answer } = await keylineJson(TokenAnswer, ['service', 'token', '--practice', '--data', at('cloud')]);
  const where = ['--service', url, '--ca', caFile, '--token-fd', '3', '--practice', ...FIRST()];
  await keyline(['station', 'enrol', ...where], { secrets: [answer.token] });
  await keyline(['ca', 'init', '--practice', ...FIRST()]);
  await keyline(['ca', 'init', 'next', '--practice', ...FIRST()]);
  for (const [index, name] of BENCHES.entries()) await bench(name, index + 1);

  await lot(FIRST(), 'L-1', 'A-0001..A-0008', BOARDS, true);
  await lot(FIRST(), 'L-2', 'B-0001..B-0008', BOARDS, false);
  await run(FIRST(), 'L-1', at('before'), BOARDS);
  await keyline(['lot', 'close', 'L-1', ...FIRST()]);
  await keylineJson(SyncAnswer, ['sync', '--once', ...FIRST()]);
  await keylineJson(BackupAnswer, ['backup', '--to', at('backup'), ...FIRST()]);

  await keylineJson(CaAnswer, ['ca', 'rotate', 'next', ...FIRST()]);
  await keyline(['lot', 'release', 'L-2', ...FIRST()]);
  await run(FIRST(), 'L-2', at('registered'), BOARDS);
  await keylineJson(SyncAnswer, ['sync', '--once', ...FIRST()]);
  await keyline(['lot', 'close', 'L-2', ...FIRST()]);
  await service.stop();
  await lot(FIRST(), 'L-3', 'C-0001..C-0008', BOARDS, true);
  await run(FIRST(), 'L-3', at('waiting'), BOARDS);
  await serve(new URL(url).port);

  const order = ['restore', '--from', at('backup'), ...SECOND()];
  restored = (await keylineJson(RestoreAnswer, order)).answer;
  await lot(SECOND(), 'L-9', 'D-0001..D-0016', 2 * BOARDS, true);
  last = (await run(SECOND(), 'L-9', allPorts(), 4 * BOARDS)).answer;
}, 240_000);

afterAll(async () => {
  for (const leave of benches) leave.abort();
  await Promise.all(running);
  await service.stop();
  rmSync(dir, { recursive: true, force: true });
});

const Row = z.object({ deviceSerial: z.string(), hwid: z.string(), key: z.string(), fingerprint: z.string() });

function rows(file: string, sql: string): z.infer<typeof Row>[] {
  const database = new Database(file, { readonly: true });
  try {
    return database
      .prepare(sql)
      .all()
      .map((row) => Row.parse(row));
  } finally {
    database.close();
  }
}

const SIGNED = `SELECT device_serial AS deviceSerial, hwid, spki_sha256 AS key, fingerprint FROM certificate
  JOIN device USING (device_id) WHERE fingerprint IS NOT NULL`;
const HELD = `SELECT device_serial AS deviceSerial, hwid, spki_sha256 AS key, fingerprint FROM certificate
  WHERE state = 'registered'`;

const everySigned = () => [...rows(at('first', 'station.db'), SIGNED), ...rows(at('second', 'station.db'), SIGNED)];

describe('yesterday’s backup on a second station', () => {
  test('goes on in a new epoch, after the service has said which serials are used', () => {
    expect(restored).toMatchObject({ epoch: 2, fromEpoch: 1, serialsRead: true });
  });

  test('signs with the CA that the first station had changed to after the backup', async () => {
    expect(restored.ca).toBe('next');
    const { cas } = (await keylineJson(CaAnswer, ['ca', 'show', ...SECOND()])).answer;
    expect(cas.map(({ name, state }) => [name, state])).toEqual([
      ['next', 'active'],
      ['main', 'retired'],
    ]);
    const byCa = 'SELECT ca.name AS name, count(*) AS n FROM certificate JOIN ca USING (issuer_id) GROUP BY name';
    const database = new Database(at('second', 'station.db'), { readonly: true });
    const signed = database.prepare(byCa).all();
    database.close();
    expect(signed).toEqual([
      { name: 'main', n: BOARDS },
      { name: 'next', n: 3 * BOARDS },
    ]);
  });

  test('no serial, key or certificate was used for two boards', () => {
    for (const field of ['deviceSerial', 'key', 'fingerprint'] as const) {
      const boards = new Map<string, Set<string>>();
      for (const row of everySigned()) boards.set(row[field], (boards.get(row[field]) ?? new Set()).add(row.hwid));
      expect([...boards].filter(([, hwids]) => hwids.size > 1)).toEqual([]);
    }
  });

  test('no board got a second certificate', () => {
    const of = new Map<string, Set<string>>();
    for (const { hwid, fingerprint } of everySigned()) of.set(hwid, (of.get(hwid) ?? new Set()).add(fingerprint));
    expect([...of.values()].map((fingerprints) => fingerprints.size)).toEqual(Array(4 * BOARDS).fill(1));
  });

  test('boards made after the backup are adopted: in their lot where it is on record, else in the one that runs', async () => {
    const { devices } = (await keylineJson(DeviceListAnswer, ['device', 'list', ...SECOND()])).answer;
    const lots = devices.map(({ deviceSerial, lotId, outcome }) => `${deviceSerial?.slice(0, 1)} ${lotId} ${outcome}`);
    expect([...new Set(lots)].sort()).toEqual(['A L-1 passed', 'B L-2 passed', 'C L-9 passed', 'D L-9 passed']);
    expect(devices).toHaveLength(4 * BOARDS);
    expect(last).toMatchObject({ passed: 2 * BOARDS, made: 4 * BOARDS });
  });

  test('every board is registered once, and nothing is refused', async () => {
    const { answer } = await keylineJson(SyncAnswer, ['sync', '--once', ...SECOND()]);
    expect(answer).toMatchObject({ made: 4 * BOARDS, registered: 4 * BOARDS, waiting: 0, refused: 0 });
    expect(new Set(rows(at('cloud', 'service.db'), HELD).map(({ hwid }) => hwid)).size).toBe(4 * BOARDS);
  });

  test('the first station, on the same computer, is told that its records are old, and acts no more', async () => {
    const { answer } = await keylineJson(RefusalAnswer, ['sync', '--once', ...FIRST()]);
    expect(answer.error.code).toBe('ROLLED_BACK');
  });

  test('its audit log is whole, over the restore', async () => {
    expect(await keyline(['audit', 'verify', ...SECOND()])).toMatchObject({ exitCode: 0 });
  });
});
