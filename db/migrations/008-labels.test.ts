import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../sqlite.ts';
import { openStationDatabase } from '../station-database.ts';
import { samplePassed } from '../station-sample.ts';
import { openStationStore } from '../station-store.ts';
import { firstStation } from './001-station.ts';
import { people } from './002-people.ts';
import { lineOnScreen } from './003-line.ts';
import { keyOfJob } from './004-key-of-job.ts';
import { signing } from './005-signing.ts';
import { restored } from './006-restore.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-label-rows-'));
  path = join(folder, 'station.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const digest = '0'.repeat(64);
const LOT = `INSERT INTO station VALUES (1, 'KL-1', 0, 1, 5);
  INSERT INTO lot VALUES ('LOT-1', 'W', 'held', 0, 5, 1, 'A-1..A-6', '{}', 'r', '1.0.0', '${digest}', '${digest}', 3,
    NULL, 0, 0, NULL, 1234, 1234, NULL);`;

test('a lot of an older Keyline has no labels, and none of them waits', () => {
  const migrations = [firstStation, people, lineOnScreen, keyOfJob, signing, restored];
  const old = openDatabase(path, { kind: 'station', migrations });
  old.exec(LOT);
  old.close();
  const { store, close } = openStationStore(path);
  expect([store.lotLabel('LOT-1'), store.waitingLabelCount(), store.openCopies()]).toEqual([null, 0, []]);
  close();
});

test('a copy ends once, its number is given once, and nothing of a label is ever deleted', () => {
  const { store, close } = openStationStore(path);
  const database = openStationDatabase(path);
  database.exec(LOT);
  const { certificateId } = store.transaction(() => samplePassed(store, 1));
  store.transaction(() => {
    store.insertLotLabel('LOT-1', '38x13');
    store.insertLabel({ certificateId, lotId: 'LOT-1', size: '38x13', dueMs: 7 });
    store.insertCopy({ certificateId, copy: 1, actorId: 'station', intendedMs: 8 });
  });
  const again = { certificateId, copy: 1, actorId: 'station', intendedMs: 9 };
  expect(() => store.transaction(() => store.insertCopy(again))).toThrow(/UNIQUE/);
  store.transaction(() => store.endCopy(certificateId, 1, 'unsure', 9));
  expect(() => store.transaction(() => store.endCopy(certificateId, 1, 'printed', 10))).toThrow(/a copy ends once/);
  for (const table of ['lot_label', 'label', 'label_copy'])
    expect(() => database.exec(`DELETE FROM ${table}`)).toThrow(/history is never deleted/);
  database.close();
  close();
});
