import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../sqlite.ts';
import { openStationDatabase } from '../station-database.ts';
import { sampleIntended, sampleLot, samplePassed } from '../station-sample.ts';
import { openStationStore } from '../station-store.ts';
import { firstStation } from './001-station.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-line-'));
  path = join(folder, 'station.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a lot of an older Keyline is in its state since it was made, and its jobs have no stage times', () => {
  const old = openDatabase(path, { kind: 'station', migrations: [firstStation] });
  const digest = '0'.repeat(64);
  old.exec(`INSERT INTO lot VALUES ('L', 'W', 'held', 0, 5, 1, 'A-1..A-6', '{}', 'r', '1.0.0', '${digest}', '${digest}', 3,
      'broken fixture', 0, 0, NULL, 1234);
    INSERT INTO job VALUES (1, 'L', NULL, '1', '{}', 1, 0, 'aborted', NULL, 5, 6);`);
  old.close();
  const { store, close } = openStationStore(path);
  expect(store.lot('L')).toMatchObject({ stateMs: 1234, heldBy: null, heldBecause: 'broken fixture' });
  expect(store.job(1)).toMatchObject({ stages: null });
  expect(store.lotProgress('L', 10)).toEqual({ judged: 0, firstPassed: 0, passes: [], verdicts: [] });
  expect(store.slotsOff()).toEqual([]);
  close();
});

test('a slot that is off says so at the next start, and is off once', () => {
  const off = { slot: 3, reason: 'worn-pin', sinceMs: 77 } as const;
  const first = openStationStore(path);
  first.store.transaction(() => first.store.insertSlotOff(off));
  expect(() => first.store.transaction(() => first.store.insertSlotOff(off))).toThrow(/UNIQUE/);
  first.close();
  const { store, close } = openStationStore(path);
  expect(store.slotsOff()).toEqual([off]);
  store.transaction(() => store.deleteSlotOff(3));
  expect(store.slotsOff()).toEqual([]);
  expect(() => store.transaction(() => store.deleteSlotOff(3))).toThrow(/one row changes, not 0/);
  close();
});

describe('the progress of a lot', () => {
  test('counts devices once, first passes apart, and tells the last passes with their stages', () => {
    const { store, close } = openStationStore(path);
    const stages = [{ stage: 'connect', ms: 80 }] as const;
    store.transaction(() => {
      store.insertLot(sampleLot());
      store.insertLot(sampleLot('LOT-2'));
      for (let number = 1; number <= 60; number++) samplePassed(store, number);
      samplePassed(store, 61, 'LOT-2');
      const { jobId } = sampleIntended(store, 62);
      store.setJobState(jobId, '{}', 1, JSON.stringify(stages));
      store.endJob(jobId, 'failed', 'PROOF_FAILED', 9_000);
    });
    const progress = store.lotProgress('LOT-1', 3_600_000 + 3_058);
    expect(progress).toMatchObject({ judged: 61, firstPassed: 60 });
    expect(progress.passes.map(({ endedMs }) => endedMs)).toEqual(Array.from({ length: 50 }, (_, i) => 3_060 - i));
    expect(progress.verdicts.map(({ endedMs }) => endedMs).toSorted((a, b) => a - b)).toEqual([3_059, 3_060, 9_000]);
    close();
  });

  test('is read from indexes, never a whole table', () => {
    const database = openStationDatabase(path);
    const plan = (sql: string) => database.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all();
    const judged = "lot_id = 'L' AND outcome IN ('passed', 'failed')";
    for (const question of [
      `SELECT ended_ms, stages FROM job WHERE ${judged} AND outcome = 'passed' ORDER BY ended_ms DESC LIMIT 50`,
      `SELECT ended_ms, outcome FROM job WHERE ${judged} AND ended_ms > 5`,
      "SELECT count(*) FROM job WHERE lot_id = 'L' AND device_id = 1",
      "SELECT job_id, device_id, outcome FROM job WHERE lot_id = 'L' ORDER BY device_id, job_id",
    ])
      for (const { detail } of plan(question))
        expect(detail, question).toMatch(/^SEARCH job USING (?:COVERING )?INDEX/);
    database.close();
  });
});
