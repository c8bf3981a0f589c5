// `doctor` looks at records and changes nothing: not their version, not the folder, nor who may open it meanwhile.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { marksFolder, writeMark } from '../db/chain-mark.ts';
import { lockFolder } from '../db/folder-lock.ts';
import { firstStation } from '../db/migrations/001-station.ts';
import { openDatabase } from '../db/sqlite.ts';
import { openStationStore } from '../db/station-store.ts';
import { examine } from './doctor-checks.ts';
import { type Use, useOf } from './surroundings.ts';
import { type TestWorld, testWorld } from './test-terminal.ts';

let at: TestWorld;
let use: Use;
beforeEach(() => {
  at = testWorld();
  use = useOf(at.world, {});
  mkdirSync(use.folder.path);
});
afterEach(() => at.dispose());

const STATION = { stationId: 'KL-1', practice: true, epoch: 1, createdMs: 1 };

function newStation(): void {
  const { store, close } = openStationStore(use.folder.stationDatabase);
  store.transaction(() => store.insertStation(STATION));
  close();
}

const records = async () => (await examine(use)).find(({ check }) => check === 'records');

/** Every file below the test's folder with what it holds; the shared memory of readers is none of the records. */
function all(): string[] {
  const files = readdirSync(at.dir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const kept = files.filter(({ name }) => !/-(?:wal|shm)$/.test(name));
  return kept
    .map(({ name, parentPath }) => `${name} ${readFileSync(join(parentPath, name)).toString('base64')}`)
    .sort();
}

test('records of an older Keyline are told as that and stay as they are', async () => {
  const old = openDatabase(use.folder.stationDatabase, { kind: 'station', migrations: [firstStation] });
  old.exec("INSERT INTO station VALUES (1, 'KL-1', 1, 1, 1)");
  old.close();
  writeFileSync(use.folder.lock, '');
  const before = all();
  const checks = await examine(use);
  expect(checks.find(({ check }) => check === 'records')).toMatchObject({
    ...{ verdict: 'look', detail: expect.stringContaining('made by an older Keyline') },
  });
  expect(checks.filter(({ verdict, detail }) => verdict === 'bad' && detail.includes('older Keyline'))).toEqual([]);
  expect(all()).toEqual(before);
});

test('whole records are told as whole, and nothing is laid beside them', async () => {
  newStation();
  const before = all();
  expect(await records()).toMatchObject({ verdict: 'ok', detail: expect.stringContaining('is whole') });
  expect(all()).toEqual(before);
});

test('a folder that a Keyline holds is not read a second time', async () => {
  newStation();
  const unlock = lockFolder(use.folder.lock);
  expect(await records()).toMatchObject({ verdict: 'ok', detail: expect.stringContaining('a Keyline that runs') });
  unlock();
});

test('damaged records, and records that are behind their mark, are bad', async () => {
  newStation();
  writeMark(marksFolder(at.world.around), {
    ...{ stationId: 'KL-1', epoch: 1, seq: 7 },
    ...{ folder: use.folder.path, head: 'a'.repeat(64) },
  });
  expect(await records()).toMatchObject({ verdict: 'bad', detail: expect.stringContaining('older than the last') });
  const bytes = readFileSync(use.folder.stationDatabase);
  writeFileSync(use.folder.stationDatabase, bytes.fill(0, bytes.length - 4096));
  expect(await records()).toMatchObject({
    verdict: 'bad',
    detail: expect.stringContaining('did not pass their check'),
  });
});
