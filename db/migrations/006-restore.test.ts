import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../sqlite.ts';
import { openStationDatabase } from '../station-database.ts';
import { openStationStore } from '../station-store.ts';
import { firstStation } from './001-station.ts';
import { people } from './002-people.ts';
import { lineOnScreen } from './003-line.ts';
import { keyOfJob } from './004-key-of-job.ts';
import { signing } from './005-signing.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-restore-'));
  path = join(folder, 'station.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a station of an older Keyline was never restored, and none of its lots is abandoned', () => {
  const migrations = [firstStation, people, lineOnScreen, keyOfJob, signing];
  const old = openDatabase(path, { kind: 'station', migrations });
  const digest = '0'.repeat(64);
  old.exec(`INSERT INTO station VALUES (1, 'KL-1', 0, 1, 5);
    INSERT INTO lot VALUES ('L', 'W', 'held', 0, 5, 1, 'A-1..A-6', '{}', 'r', '1.0.0', '${digest}', '${digest}', 3,
      NULL, 0, 0, NULL, 1234, 1234, NULL);`);
  old.close();
  const { store, close } = openStationStore(path);
  expect([store.restoration(), store.isAbandoned('L'), store.serialKnown('A-1')]).toEqual([null, false, false]);
  close();
});

test('what a restore left is never deleted, and the station keeps its name', () => {
  const database = openStationDatabase(path);
  const digest = '0'.repeat(64);
  database.exec(`INSERT INTO station VALUES (1, 'KL-1', 0, 2, 5);
    INSERT INTO lot VALUES ('L', 'W', 'held', 0, 5, 1, 'A-1..A-6', '{}', 'r', '1.0.0', '${digest}', '${digest}', 3,
      NULL, 0, 0, NULL, 1234, 1234, NULL);
    INSERT INTO restore VALUES (2, 1, 9, '${digest}', 7, NULL, NULL);
    INSERT INTO abandoned_lot VALUES ('L', 2);`);
  expect(() => database.exec('DELETE FROM abandoned_lot')).toThrow(/history is never deleted/);
  expect(() => database.exec('DELETE FROM restore')).toThrow(/history is never deleted/);
  expect(() => database.exec('UPDATE station SET epoch = 1')).toThrow(/its epoch only grows/);
  expect(() => database.exec("UPDATE station SET station_id = 'KL-2'")).toThrow(/keeps its name/);
  expect(() => database.exec(`INSERT INTO restore VALUES (3, 3, 9, '${digest}', 7, NULL, NULL)`)).toThrow(/CHECK/);
  database.close();
});
