// A short run of `npm run long:processes`, and the judge: books that were doctored are found.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judgeStation, type StationBooks } from './judge-plant.ts';
import type { Plant } from './plant.ts';
import { type ProcessRun, runProcesses } from './process-run.ts';
import { killsOf } from './tally.ts';

const KILLS = 3;
const NETWORK_FAULTS = 4;
const FORGET = 'DELETE FROM certificate WHERE fingerprint = (SELECT min(fingerprint) FROM certificate)';

let dir: string;
let run: ProcessRun;
/** Copies of the books of the station whose programs were killed. */
let books: StationBooks;
let service: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-judge-'));
  run = await runProcesses(
    {
      ...{ seed: 2, kills: KILLS, networkFaults: NETWORK_FAULTS, boards: [6, 6], bench: false, clock: [] },
      disk: ['slow'],
      ...{ stop: new AbortController().signal, say: () => {} },
    },
    copyBooks,
  );
}, 240_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function copyBooks({ stations, serviceBooks }: Plant): void {
  const station = stations.find(({ name }) => name === 'A');
  if (!station) throw new Error('there is no station A');
  const copies = { books: join(dir, 'station.db'), service: join(dir, 'service.db') };
  new Database(station.books).exec(`VACUUM INTO '${copies.books}'`).close();
  new Database(serviceBooks).exec(`VACUUM INTO '${copies.service}'`).close();
  const boards = station.boards.map((folder, i) => {
    const copy = join(dir, `boards-${i}`);
    cpSync(folder, copy, { recursive: true });
    return copy;
  });
  books = { name: 'A', books: copies.books, boards, told: station.told };
  service = copies.service;
}

test('a lot whose station, service and boards are killed, over a failing network and a slow disk, breaks no rule', () => {
  expect(run.violations).toEqual([]);
  expect(killsOf(run)).toBeGreaterThanOrEqual(KILLS);
  expect(Object.values(run.network).reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(NETWORK_FAULTS);
  expect(run.diskFaults.slow).toBe(1);
  expect(run.outcomes).toEqual({ passed: run.devices });
});

test('the judge finds nothing in the copies of the books as they are', () => {
  expect(judgeStation(books, service, true)).toEqual([]);
});

test.each([
  ['a board that the service does not hold', 'markIsTheServicesWord', () => doctor(service, FORGET)],
  ['a board that lost its leaf', 'passedBoardHoldsItsIdentity', wipeABoard],
  ['a board that was said to have passed and is not on record', 'toldIsHeld', () => books.told.passed.add('A-1-999')],
  [
    'an audit event that was changed',
    'auditChainIsWhole',
    () => doctor(books.books, "UPDATE audit_event SET type = 'x' WHERE seq = 3"),
  ],
])('the judge finds %s', (_what, rule, spoil) => {
  spoil();
  expect(judgeStation(books, service, true).map((violation) => violation.rule)).toContain(rule);
});

/** Past what the books themselves refuse. */
function doctor(path: string, sql: string): void {
  const database = new Database(path);
  database.pragma('foreign_keys = OFF');
  const triggers = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
  for (const name of triggers) database.exec(`DROP TRIGGER ${String(name)}`);
  database.exec(sql);
  database.close();
}

function wipeABoard(): void {
  const [folder = ''] = books.boards;
  const [name = ''] = readdirSync(folder);
  const record = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { items: object };
  writeFileSync(join(folder, name), JSON.stringify({ ...record, items: { ...record.items, leaf: null } }));
}
