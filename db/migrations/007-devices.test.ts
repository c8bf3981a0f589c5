import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type SqliteDatabase } from '../sqlite.ts';
import { openStationDatabase } from '../station-database.ts';
import { digest, sampleIntended, sampleLot, samplePassed } from '../station-sample.ts';
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
  folder = mkdtempSync(join(tmpdir(), 'keyline-devices-'));
  path = join(folder, 'station.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('devices of an older Keyline are in no re-work and not scrapped, and stand as their last job says', () => {
  const migrations = [firstStation, people, lineOnScreen, keyOfJob, signing, restored];
  const old = openDatabase(path, { kind: 'station', migrations });
  old.exec(`INSERT INTO lot VALUES ('L', 'W', 'held', 0, 5, 1, 'A-1..A-6', '{}', 'r', '1.0.0', '${digest(0)}',
      '${digest(0)}', 3, NULL, 0, 0, NULL, 1234, 1234, NULL);
    INSERT INTO device VALUES (1, 'T', 'aabbccddeeff', 'M', 'C', 0, 1);
    INSERT INTO job (job_id, lot_id, device_id, slot, state, attempt, crashes, outcome, started_ms, ended_ms)
      VALUES (1, 'L', 1, '1', '{}', 1, 0, 'failed', 5, 6);`);
  old.close();
  const { store, close } = openStationStore(path);
  expect([store.inRework(1), store.scrapped(1)]).toEqual([false, false]);
  expect(store.devices.foundDevice(1)).toMatchObject({ state: 'failed', lotId: 'L' });
  close();
});

/** Device 1 is in work, 2 passed, 3 failed and is in re-work, 4 was scrapped. */
function filled(): SqliteDatabase {
  const { store, close } = openStationStore(path);
  store.transaction(() => {
    store.insertLot(sampleLot('LOT-1'));
    sampleIntended(store, 1);
    samplePassed(store, 2);
    for (const number of [3, 4]) {
      const { certificateId, jobId } = sampleIntended(store, number);
      store.setCertificateState(certificateId, 'void', 'PROOF_FAILED');
      store.endJob(jobId, 'failed', 'PROOF_FAILED', 9);
    }
    store.insertRework({ deviceId: 3, reason: 'repaired', actorId: 'linh', nowMs: 10 });
    store.insertScrap({ deviceId: 4, reason: 'damaged', actorId: 'maria', nowMs: 11 });
  });
  close();
  return openStationDatabase(path);
}

test.each([
  ['a re-work of a board in work', "INSERT INTO rework VALUES (9, 1, 'x', 'a', 1, NULL)", /keeps its identity/],
  ['a re-work of a locked board', "INSERT INTO rework VALUES (9, 2, 'x', 'a', 1, NULL)", /keeps its identity/],
  ['a second re-work that waits', "INSERT INTO rework VALUES (9, 3, 'x', 'a', 1, NULL)", /UNIQUE/],
  ['a re-work of a scrapped board', "INSERT INTO rework VALUES (9, 4, 'x', 'a', 1, NULL)", /scrapped is for ever/],
  ['a scrapped board that is none again', 'DELETE FROM scrap', /never deleted/],
  ['another reason for what was scrapped', "UPDATE scrap SET reason = 'other'", /for ever/],
  ['a re-work that was none', 'DELETE FROM rework', /never deleted/],
  ['another reason for a re-work', "UPDATE rework SET reason = 'other'", /taken up once/],
  [
    'a certificate for a scrapped board',
    `INSERT INTO key VALUES ('${digest(70)}', x'7777', 4, 4, 0);
     INSERT INTO certificate (device_id, job_id, lot_id, device_serial, spki_sha256, issuer_id,
       certificate_serial_number, tbs, state)
       VALUES (4, 4, 'LOT-1', 'LOT-1-0004', '${digest(70)}', '${digest(9)}', 'ff', x'30', 'intended')`,
    /gets no certificate/,
  ],
])('the database itself refuses %s', (_, sql, why) => {
  const database = filled();
  try {
    expect(() => database.exec(sql)).toThrow(why);
  } finally {
    database.close();
  }
});

test('a re-work is taken up by one job', () => {
  const database = filled();
  database.exec('UPDATE rework SET job_id = 1');
  expect(() => database.exec('UPDATE rework SET job_id = 2')).toThrow(/taken up once/);
  database.close();
});

test('each device counts once for its lot, by where it stands now', () => {
  const database = filled();
  const rows = database
    .prepare<[], { state: string; devices: number }>(
      "SELECT state, count(*) AS devices FROM device_now WHERE lot_id = 'LOT-1' GROUP BY state ORDER BY state",
    )
    .all();
  expect(rows.map(({ state, devices }) => [state, devices])).toEqual([
    ['in-rework', 1],
    ['in-work', 1],
    ['passed', 1],
    ['scrapped', 1],
  ]);
  database.close();
});
