// A restore that is refused leaves the folder as it was: sealed keys of the other station are no exception.
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { RefusalAnswer } from '../contract/cli.ts';
import { openStationStore } from '../db/station-store.ts';
import { type TestWorld, testWorld } from './test-terminal.ts';

const RECIPE = new URL('../examples/aq-200/recipe.json', import.meta.url).pathname;

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let at: TestWorld;
let other: TestWorld;
let backup: string;

/** A station whose lot has these serials, and its backup. */
beforeAll(async () => {
  at = testWorld();
  backup = join(at.dir, 'backup');
  const lot = ['lot', 'create', 'L-1', '--recipe', RECIPE, '--quantity', '2', '--range', 'AQ-0001..AQ-0002'];
  expect(await at.keyline('ca', 'init', '--practice')).toMatchObject({ code: 0 });
  expect(await at.keyline(...lot, '--practice')).toMatchObject({ code: 0 });
  const { store, close } = openStationStore(join(at.dir, 'station', 'station.db'));
  const pem = 'of no use before the key is open';
  store.saveEnrolment({ serviceUrl: 'https://localhost:1', serviceCaPem: pem, stationCertificatePem: pem });
  close();
  expect(await at.keyline('backup', '--to', backup)).toMatchObject({ code: 0 });
});
afterAll(() => at.dispose());
beforeEach(() => {
  other = testWorld();
});
afterEach(() => other.dispose());

async function refused(from: string, ...args: string[]): Promise<string> {
  const { code, answers } = await other.keyline('restore', '--from', from, ...args, '--json');
  return code === 0 ? 'nothing was refused' : RefusalAnswer.parse(JSON.parse(answers.at(-1) ?? '')).error.code;
}

/** Files and folders of the other station that came with keys, recipes or images. */
const brought = () =>
  ['keys', 'recipes', 'firmware'].flatMap((name) =>
    readdirSync(join(other.dir, 'station', name), { recursive: true }).map((file) => `${name}/${file}`),
  );

test('for a range that a lot had nothing is brought', async () => {
  expect(await refused(backup, '--offline', '--range', 'AQ-0002..AQ-0009')).toBe('RANGE_USED');
  expect(brought()).toEqual([]);
});

test('when the key that was brought does not open, what was brought is taken away, and what was there stays', async () => {
  const damaged = join(other.dir, 'damaged');
  cpSync(backup, damaged, { recursive: true });
  const [id = ''] = readdirSync(damaged);
  writeFileSync(join(damaged, id, 'keys', 'station.key.pem'), 'no key');
  mkdirSync(join(other.dir, 'station', 'keys', 'psk'), { recursive: true });
  writeFileSync(join(other.dir, 'station', 'keys', 'psk', 'own'), 'sealed');
  expect(await refused(damaged)).toBe('KEY_FILE_INVALID');
  expect(brought()).toEqual(['keys/psk', 'keys/psk/own']);
});

test('a restore that goes through brings them', async () => {
  expect(await refused(backup, '--offline', '--range', 'NEW-0001..NEW-0009')).toBe('nothing was refused');
  expect(brought()).toEqual(expect.arrayContaining(['keys/station.key.pem', 'keys/ca/main/issuing.key.pem']));
});
