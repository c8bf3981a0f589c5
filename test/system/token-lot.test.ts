// A lot whose signing key lies in a token, by the command line alone; and what of its PIN is left anywhere afterwards.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findSecret, readTree, type Tree } from './secret-search.ts';
import { TokenStation } from './token-station.ts';

const BOARDS = 24;
const station = new TokenStation();
const notSearched = (path: string) => path === 'ballast';
let core: Tree;
let folders: Tree[];
let admitted: boolean[];

beforeAll(async () => {
  await station.setUp();
  // One more than there are boards: the line still runs when its core is taken.
  const lot = await station.begin(BOARDS, BOARDS + 1);
  await station.until(lot, () => station.passed(lot.lotId) === BOARDS);
  const file = join(station.dir, 'core');
  execFileSync('gcore', ['-o', file, String(lot.line.pid)], { stdio: 'ignore' });
  core = new Map([['core', readFileSync(`${file}.${lot.line.pid}`)]]);
  lot.line.kill('SIGTERM');
  if (lot.line.exitCode === null) await once(lot.line, 'close');
  await station.sync();
  const boards = Array.from({ length: BOARDS }, (_, device) => device);
  admitted = await Promise.all(
    boards.map(async (device) => (await lot.simulator.authenticate(device, station.service)).admitted),
  );
  await station.end(lot);
  folders = [station.folder, station.serviceFolder].map((path) => readTree(path, notSearched));
});
afterAll(() => station.tearDown());

test('passes, registers and is let in by the service, each board with one certificate', () => {
  expect(station.verdict('T1')).toEqual({
    ...{ passed: BOARDS, signatures: BOARDS, live: BOARDS, void: 0, inWork: 0, twice: 0, otherBytes: 0 },
  });
  expect(admitted).toEqual(admitted.map(() => true));
});

describe('the PIN of its token', () => {
  const pin = Buffer.from(station.token.pin);
  test.each([
    ['as it was typed', pin],
    ['as the engine holds text', Buffer.from(station.token.pin, 'utf16le')],
  ])('is in no file of station and service, nor in a core of the station, %s', (_title, secret) => {
    expect(folders.flatMap((tree) => findSecret(tree, secret))).toEqual([]);
    expect(findSecret(core, secret)).toEqual([]);
  });

  test('would be found: what the station does hold in memory is', () => {
    expect(findSecret(core, Buffer.from(station.token.label))).not.toEqual([]);
    expect(folders[0]?.get('station.db')?.length).toBeGreaterThan(0);
  });
});
