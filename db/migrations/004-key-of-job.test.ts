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

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-keys-'));
  path = join(folder, 'station.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const digest = (n: number) => String(n).padStart(64, '0');

test('keys of an older Keyline are found by their job: those not discarded, and without a certificate', () => {
  const old = openDatabase(path, { kind: 'station', migrations: [firstStation, people, lineOnScreen] });
  old.exec(`INSERT INTO lot (lot_id, order_id, state, practice, quantity, spare, serial_range, recipe, recipe_name,
      recipe_version, recipe_sha256, firmware_sha256, stop_after, serials_taken, failure_run, created_ms)
      VALUES ('L', 'W', 'draft', 0, 5, 1, 'A-1..A-6', '{}', 'r', '1.0.0', '${digest(0)}', '${digest(0)}', 3, 1, 0, 1);
    INSERT INTO device VALUES (1, 'T', 'aabbccddeeff', 'M', 'C', 0, 1);
    INSERT INTO serial_reservation VALUES ('A-1', 'L', 1);
    INSERT INTO job (job_id, lot_id, device_id, slot, state, attempt, crashes, started_ms)
      VALUES (1, 'L', 1, '1', '{}', 1, 0, 5);
    INSERT INTO key VALUES ('${digest(1)}', x'01', 1, 1, 0), ('${digest(2)}', x'02', 1, 1, 1), ('${digest(3)}', x'03', 1, 1, 0);
    INSERT INTO certificate (device_id, job_id, lot_id, device_serial, spki_sha256, issuer_id, certificate_serial_number,
      tbs, state) VALUES (1, 1, 'L', 'A-1', '${digest(3)}', '${digest(9)}', '1', x'00', 'intended');`);
  old.close();
  const { store, close } = openStationStore(path);
  expect(store.unusedKeys(1)).toEqual([digest(1)]);
  expect(store.unusedKeys(2)).toEqual([]);
  close();
});

test('they are read from an index, never the whole table', () => {
  const database = openStationDatabase(path);
  const sql = 'SELECT spki_sha256 FROM key WHERE job_id = 1 AND discarded = 0';
  const plan = database.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all();
  expect(plan.map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/^SEARCH key USING COVERING INDEX key_of_job/),
  ]);
  database.close();
});
