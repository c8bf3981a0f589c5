import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FindQuery } from '../station/device-books.ts';
import { digest, sampleDevice, sampleIntended, sampleJob, sampleLot, samplePassed } from './station-sample.ts';
import { type OpenStationStore, openStationStore } from './station-store.ts';

let folder = '';
let open: OpenStationStore;

/** Lot A: devices 1 to 30, all passed but 30, in re-work. Lot B: 31 passed and scrapped, 32 in work, 33 without a serial. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-find-'));
  open = openStationStore(join(folder, 'station.db'));
  const { store } = open;
  store.transaction(() => {
    store.insertLot(sampleLot('A', { quantity: 100, serialRange: 'A-0001..A-0100' }));
    store.insertLot(sampleLot('B', { quantity: 100, serialRange: 'B-0001..B-0100' }));
    for (let number = 1; number < 30; number++) samplePassed(store, number, 'A');
    const failed = sampleIntended(store, 30, 'A');
    store.setCertificateState(failed.certificateId, 'void', 'PROOF_FAILED');
    store.endJob(failed.jobId, 'failed', 'PROOF_FAILED', 9_000);
    store.insertRework({ deviceId: failed.deviceId, reason: 'repaired', actorId: 'linh', nowMs: 9_001 });
    const scrapped = samplePassed(store, 31, 'B');
    store.insertScrap({ deviceId: scrapped.deviceId, reason: 'damaged', actorId: 'maria', nowMs: 9_002 });
    sampleIntended(store, 32, 'B');
    const nameless = store.insertDevice(sampleDevice(33));
    const jobId = store.insertJob(sampleJob(nameless, 'B'));
    store.endJob(jobId, 'aborted', 'WRONG_MODEL', 9_003);
  });
});
afterAll(() => {
  open.close();
  rmSync(folder, { recursive: true, force: true });
});

function query(change: Partial<FindQuery> = {}): FindQuery {
  return { text: '', lotId: null, seen: null, after: null, limit: 200, ...change };
}
const found = (change: Partial<FindQuery>) =>
  open.store.devices.find(query(change)).devices.map(({ deviceId }) => deviceId);

test('all devices come newest first', () => {
  expect(found({})).toEqual(Array.from({ length: 33 }, (_, index) => 33 - index));
  expect(open.store.devices.devicesOnRecord()).toBe(33);
});

test.each<[string, Partial<FindQuery>]>([
  ['all', {}],
  ['a lot', { lotId: 'A' }],
  ['a beginning', { text: 'a-00' }],
  ['a beginning of hardware ids', { text: '0000' }],
  ['a time', { seen: { fromMs: 1_005, toMs: 1_028 } }],
  ['a time in a lot', { seen: { fromMs: 1_005, toMs: 1_040 }, lotId: 'A' }],
])('pages of %s make the same list as one page', (_, change) => {
  const whole = found(change);
  expect(whole.length).toBeGreaterThan(20);
  const paged: number[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < 50; pages++) {
    const page: ReturnType<typeof open.store.devices.find> = open.store.devices.find(
      query({ ...change, after, limit: 7 }),
    );
    paged.push(...page.devices.map(({ deviceId }) => deviceId));
    after = page.next;
    if (after === null) break;
  }
  expect(paged).toEqual(whole);
});

test('a serial is found by its beginning, in capitals or not, and in its lot only', () => {
  expect(found({ text: 'a-0007' })).toEqual([7]);
  expect(found({ text: 'B-003', lotId: 'B' })).toEqual([31, 32]);
  expect(found({ text: 'B-003', lotId: 'A' })).toEqual([]);
});

test('a hardware id is found by its beginning, with colons or not, also without a serial', () => {
  expect(found({ text: '000000000021' })).toEqual([33]);
  expect(found({ text: '00:00:00:00:00:21' })).toEqual([33]);
});

test('a beginning that fits both comes once, serials first', () => {
  expect(found({ text: 'A' })).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  expect(found({ text: '0' }).toSorted((a, b) => a - b)).toHaveLength(33);
});

test('a day holds what was first seen in it', () => {
  expect(found({ seen: { fromMs: 1_031, toMs: 1_033 } })).toEqual([32, 31]);
  expect(found({ seen: { fromMs: 1_031, toMs: 1_033 }, text: 'B-0031' })).toEqual([31]);
});

test('each device says where it stands now, by its last job and what people decided', () => {
  const states = new Map(open.store.devices.find(query()).devices.map(({ deviceId, state }) => [deviceId, state]));
  expect([1, 30, 31, 32, 33].map((id) => states.get(id))).toEqual([
    ...['passed', 'in-rework', 'scrapped', 'in-work', 'aborted'],
  ]);
});

test('a beginning with a mark that SQL knows is a beginning and nothing else', () => {
  for (const text of ['%', "'", '_', digest(1)]) expect(found({ text })).toEqual([]);
});
