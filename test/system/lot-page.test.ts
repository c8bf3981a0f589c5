// The page of a lot while it runs, at a whole station with simulated boards: its counts are those of SQL that this test
// writes by itself, at the same moment, and they add up.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import type { LotPage } from '../../contract/lot-page-api.ts';
import { openWorld, runAll, type World } from './world.ts';

let world: World | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});

/** What plain SQL says of the lot's boards, one after the other. */
function countsBySql(database: Database.Database): Record<string, number> {
  const last = database
    .prepare<[], { device: number; outcome: string | null }>(
      `SELECT device_id AS device, outcome FROM job WHERE lot_id = 'L1' AND device_id IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM job AS later WHERE later.device_id = job.device_id AND later.lot_id = 'L1'
           AND later.job_id > job.job_id)`,
    )
    .all();
  const nameless = database
    .prepare("SELECT count(*) FROM job WHERE lot_id = 'L1' AND device_id IS NULL AND outcome IS NULL")
    .pluck()
    .get() as number;
  const of = (...outcomes: (string | null)[]) => last.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    ...{ passed: of('passed'), failed: of('failed'), noVerdict: of('errored', 'aborted') },
    inWork: of(null) + nameless,
    seq: database.prepare('SELECT max(seq) FROM audit_event').pluck().get() as number,
  };
}

function expectAddsUp({ lot, counts }: LotPage): void {
  const { notStarted, beyond, ...standing } = counts;
  const boards = Object.values(standing).reduce((sum, each) => sum + each, 0);
  expect(boards + notStarted).toBe(lot.quantity + beyond);
}

test('the counts of a running lot are those of SQL at the same moment, and add up to the quantity', async () => {
  world = await openWorld({
    devices: 12,
    slots: 4,
    quantity: 20,
    faults: ['silence', 'proof-fails', 'firmware-stops'],
  });
  const { station, dir } = world;
  const database = new Database(join(dir, 'station', 'station.db'), { readonly: true });
  const pages: LotPage[] = [];
  const bySql: Record<string, number>[] = [];
  const stop = station.watch(({ type }) => {
    if (type === 'sync-changed') return;
    // Nothing of the station runs between the two.
    pages.push(station.lotPages.read('L1'));
    bySql.push(countsBySql(database));
  });
  await runAll(world, 4);
  stop();
  database.close();
  for (const page of pages) expectAddsUp(page);
  const told = pages.map(({ counts: { passed, inWork, failed, noVerdict }, seq }) => {
    return { passed, inWork, failed, noVerdict, seq };
  });
  expect(told).toEqual(bySql);
  const last = pages.at(-1);
  expect(pages.some(({ counts }) => counts.inWork > 1)).toBe(true);
  expect(last?.counts.passed).toBeGreaterThan(8);
  expect(last?.counts).toMatchObject({ inWork: 0, beyond: 0 });
  expect(last?.failures.length).toBeGreaterThan(0);
  const judged = last?.halfHours.reduce((sum, part) => sum + part.judged, 0);
  const firstPassed = last?.halfHours.reduce((sum, part) => sum + part.firstPassed, 0);
  expect({ passed: firstPassed, judged }).toEqual(last?.lot.firstPass);
  expect(last?.time?.boards).toBe(last?.counts.passed);
});
