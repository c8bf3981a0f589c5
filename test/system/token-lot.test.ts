// A lot whose signing key lies in a token, by the command line alone; and what of its PIN is left anywhere afterwards.
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eachMemoryBlock } from './process-memory.ts';
import { findSecret, readTree, type Tree } from './secret-search.ts';
import { TokenStation } from './token-station.ts';

const BOARDS = 24;
const station = new TokenStation();
const notSearched = (path: string) => path === 'ballast';
/** When -> form of the PIN, or the label of its token -> where the running station holds it. */
const inMemory = new Map<string, Map<string, string[]>>();
const SECRETS: ReadonlyMap<string, Buffer> = new Map([
  ['as it was typed', Buffer.from(station.token.pin)],
  ['as the engine holds text', Buffer.from(station.token.pin, 'utf16le')],
  ['the label of the token', Buffer.from(station.token.label)],
]);
let folders: Tree[];
let admitted: boolean[];

beforeAll(async () => {
  await station.setUp();
  // One more than there are boards: the line still runs when its memory is read.
  const lot = await station.begin(BOARDS, BOARDS + 1, async (begun) => {
    await station.open(begun);
    inMemory.set('at the login', searched(begun.line.pid ?? 0));
  });
  await station.until(lot, () => station.passed(lot.lotId) === BOARDS);
  inMemory.set('after the lot', searched(lot.line.pid ?? 0));
  lot.line.kill('SIGTERM');
  if (lot.line.exitCode === null) await once(lot.line, 'close');
  await station.sync();
  const boards = Array.from({ length: BOARDS }, (_, device) => device);
  admitted = await Promise.all(
    boards.map(async (device) => (await lot.simulator.authenticate(device, station.service)).admitted),
  );
  await station.end(lot);
  folders = [station.folder, station.serviceFolder].map((path) => readTree(path, notSearched));
}, 180_000);
afterAll(() => station.tearDown());

test('passes, registers and is let in by the service, each board with one certificate', () => {
  expect(station.verdict('T1')).toEqual({
    ...{ passed: BOARDS, signatures: BOARDS, live: BOARDS, void: 0, inWork: 0, twice: 0, otherBytes: 0 },
  });
  expect(admitted).toEqual(admitted.map(() => true));
});

/** All that the process could write to, as a core of it would hold. */
function searched(pid: number): Map<string, string[]> {
  const found = new Map([...SECRETS.keys()].map((name) => [name, [] as string[]]));
  const bytes = eachMemoryBlock(pid, ({ where, content }) => {
    const block = new Map([[where, content]]);
    for (const [name, secret] of SECRETS) found.get(name)?.push(...findSecret(block, secret));
  });
  expect(bytes).toBeGreaterThan(30_000_000);
  return found;
}

describe('the PIN of its token', () => {
  test.each([['as it was typed'], ['as the engine holds text']])(
    'is in no file of station and service, nor in the memory of the station, %s',
    (form) => {
      const secret = SECRETS.get(form) ?? Buffer.alloc(0);
      expect(folders.flatMap((tree) => findSecret(tree, secret))).toEqual([]);
      expect([...inMemory].map(([when, found]) => [when, found.get(form)])).toEqual([
        ['at the login', []],
        ['after the lot', []],
      ]);
    },
  );

  test('would be found: what the station does hold in memory is', () => {
    for (const found of inMemory.values()) expect(found.get('the label of the token')).not.toEqual([]);
    expect(folders[0]?.get('station.db')?.length).toBeGreaterThan(0);
  });
});
