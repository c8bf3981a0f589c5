import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkChain } from '../domain/audit-event.ts';
import { Recorder, sha256Text } from '../station/records/recorder.ts';
import { openQueries, type StationQueries } from './queries.ts';
import { digest, sampleDevice, sampleIntended, sampleJob, sampleLot, samplePassed } from './station-sample.ts';
import { type OpenStationStore, openStationStore, type StationStore } from './station-store.ts';

const NOW_MS = 3_100;
let folder = '';
let path = '';
let open: OpenStationStore;
let store: StationStore;
let queries: StationQueries;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-queries-'));
  path = join(folder, 'station.db');
  open = openStationStore(path);
  store = open.store;
  store.transaction(() => {
    store.insertLot(sampleLot('LOT-1'));
    store.insertLot(sampleLot('LOT-2', { createdMs: 2000 }));
  });
  queries = openQueries(path);
});
afterEach(() => {
  queries.close();
  open.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Devices 1 to 5: passed, passed, written off, in work, and one that passed in LOT-2. */
function fill() {
  store.transaction(() => {
    samplePassed(store, 1);
    samplePassed(store, 2);
    const third = sampleIntended(store, 3);
    store.setCertificateSigned(third.certificateId, new Uint8Array([3]), digest(33));
    store.setCertificateState(third.certificateId, 'void', 'WRITTEN_OFF');
    store.insertOutbox({ kind: 'void', payload: '{}', certificateId: third.certificateId });
    store.endJob(third.jobId, 'aborted', 'WRITTEN_OFF', 1);
    sampleIntended(store, 4);
    samplePassed(store, 5, 'LOT-2');
    store.answerOutbox(1, 'accepted', null);
  });
}

test('a data folder without records is told apart from empty records', () => {
  expect(() => openQueries(join(folder, 'none.db'))).toThrow(expect.objectContaining({ code: 'NO_STATION' }));
  expect(queries.station()).toBeNull();
  expect(queries.devices({ limit: 10 })).toEqual({ devices: [], next: null });
});

test('queries see what is committed while the station writes, and nothing of what is not', () => {
  expect(queries.lots(NOW_MS).map(({ tally }) => tally.passed)).toEqual([0, 0]);
  store.transaction(() => {
    samplePassed(store, 1);
    expect(queries.lot('LOT-1', NOW_MS)?.tally.passed).toBe(0);
    expect(queries.deviceBySerial('LOT-1-0001')).toBeNull();
  });
  expect(queries.lot('LOT-1', NOW_MS)?.tally.passed).toBe(1);
  expect(queries.lot('LOT-9', NOW_MS)).toBeNull();
});

test('numbers that are read together belong to one state of the records', () => {
  queries.together(() => {
    expect(queries.syncCounts().made).toBe(0);
    fill();
    expect(queries.syncCounts().made).toBe(0);
    expect(queries.certificateCounts().signed).toBe(0);
  });
  expect(queries.syncCounts().made).toBe(3);
});

test('a query cannot write', () => {
  const database = new Database(path, { readonly: true });
  expect(() => database.exec('CREATE TABLE x (y)')).toThrow(/readonly/);
  database.close();
});

test('made = registered + waiting + refused, and signed = live + void + in work', () => {
  fill();
  expect(queries.syncCounts()).toEqual({ made: 3, registered: 1, waiting: 2, refused: 0, voidsWaiting: 1 });
  expect(queries.certificateCounts()).toEqual({ signed: 5, live: 3, void: 1, inWork: 1 });
  expect(queries.certificateCounts('LOT-2')).toEqual({ signed: 1, live: 1, void: 0, inWork: 0 });
});

test('a pass without its registration and a signature without its job break the equations', () => {
  fill();
  store.transaction(() => {
    store.endJob(store.insertJob(sampleJob(store.insertDevice(sampleDevice(6)))), 'passed', null, 1);
    store.endJob(sampleIntended(store, 7).jobId, 'failed', null, 1);
  });
  const { made, registered, waiting, refused } = queries.syncCounts();
  expect(made).toBe(registered + waiting + refused + 1);
  const counts = queries.certificateCounts();
  expect(counts.signed).toBe(counts.live + counts.void + counts.inWork + 1);
});

test('devices are listed by pages, by lot and by outcome, each with its last job', () => {
  fill();
  const numbers = (filter: Parameters<StationQueries['devices']>[0]) =>
    queries.devices(filter).devices.map(({ hwid }) => Number.parseInt(hwid, 16));
  const first = queries.devices({ limit: 2 });
  expect(first.next).toBe(2);
  expect(numbers({ limit: 2, after: first.next ?? 0 })).toEqual([3, 4]);
  expect(queries.devices({ limit: 2, after: 4 })).toMatchObject({ next: null, devices: [{ lotId: 'LOT-2' }] });
  expect(numbers({ limit: 10, lotId: 'LOT-1' })).toEqual([1, 2, 3, 4]);
  expect(numbers({ limit: 10, lotId: 'LOT-1', outcome: 'passed' })).toEqual([1, 2]);
  expect(numbers({ limit: 10, outcome: 'running' })).toEqual([4]);
  expect(numbers({ limit: 1, outcome: 'aborted' })).toEqual([3]);
  expect(first.devices[0]).toMatchObject({
    deviceSerial: 'LOT-1-0001',
    outcome: 'passed',
    fingerprint: digest(1_000_001),
    registration: 'accepted',
  });
});

test('a device with several jobs is listed once, with the last one that the lot or the station knows', () => {
  fill();
  store.transaction(() => {
    store.endJob(store.insertJob(sampleJob(3)), 'failed', 'PROOF_FAILED', 2);
    store.endJob(store.insertJob(sampleJob(3, 'LOT-2')), 'errored', null, 3);
  });
  const third = (lotId?: string) => queries.devices({ limit: 1, after: 2, ...(lotId && { lotId }) }).devices;
  expect(third('LOT-1')).toMatchObject([{ deviceId: 3, lotId: 'LOT-1', outcome: 'failed', code: 'PROOF_FAILED' }]);
  expect(third()).toMatchObject([{ deviceId: 3, lotId: 'LOT-2', outcome: 'errored' }]);
  expect(queries.devices({ limit: 10, outcome: 'aborted' }).devices).toEqual([]);
  expect(queries.devices({ limit: 10 }).devices).toHaveLength(5);
});

test('one device is found by serial and by hardware id, with every attempt and certificate', () => {
  fill();
  const device = queries.deviceBySerial('LOT-1-0003');
  expect(device && queries.devicesByHwid(device.hwid)).toEqual([device]);
  expect(queries.jobsOf(device?.deviceId ?? 0)).toMatchObject([{ outcome: 'aborted', code: 'WRITTEN_OFF' }]);
  expect(queries.certificatesOf(device?.deviceId ?? 0)).toMatchObject([{ state: 'void', reason: 'WRITTEN_OFF' }]);
  expect(queries.devicesByHwid('ffff')).toEqual([]);
});

test('only live certificates are exported, in order of their serials', () => {
  fill();
  expect([...queries.liveDevices('LOT-1')].map(({ deviceSerial }) => deviceSerial)).toEqual([
    'LOT-1-0001',
    'LOT-1-0002',
  ]);
  const [first] = queries.liveDevices();
  expect(first?.certificate).toEqual(new Uint8Array([0x30, 0x82, 1]));
});

test('one byte changed in one event, and its type made unknown, are both named by the check of the chain', () => {
  const recorder = new Recorder(store, { nowMs: () => 7, monotonicMs: () => 7, after: () => () => {} });
  recorder.commit('station', (append) => {
    for (const jobId of [1, 2, 1, 3]) append('device-seen', { jobId });
  });
  expect(queries.eventsOfJob(1).map(({ seq }) => seq)).toEqual([1, 3]);
  expect(checkChain(queries.auditEvents(), [store.chainHead()], sha256Text)).toMatchObject({ ok: true, events: 4 });
  const hand = new Database(path);
  hand.exec("DROP TRIGGER audit_event_never_changed; UPDATE audit_event SET type = 'device-sefn' WHERE seq = 3");
  hand.close();
  expect(checkChain(queries.auditEvents(), [], sha256Text)).toEqual({ ok: false, events: 2, firstBad: 3 });
});

test('a slot tells its last boards that were judged, the newest first, and no other slot’s', () => {
  fill();
  store.transaction(() => {
    store.endJob(store.insertJob({ ...sampleJob(3), slot: '7' }), 'failed', 'NO_ANSWER', 20);
    store.endJob(store.insertJob({ ...sampleJob(3), slot: '8' }), 'failed', 'PROOF_FAILED', 21);
    store.endJob(store.insertJob({ ...sampleJob(3), slot: '7' }), 'aborted', 'WRITTEN_OFF', 22);
    store.endJob(store.insertJob({ ...sampleJob(3), slot: '7' }), 'passed', null, 23);
    store.endJob(store.insertJob({ ...sampleJob(3), slot: '7' }), 'errored', 'KEY_NOT_MADE', 24);
  });
  expect(store.slotResults('7', 100, 3)).toEqual([
    { outcome: 'errored', code: 'KEY_NOT_MADE', endedMs: 24 },
    { outcome: 'passed', code: null, endedMs: 23 },
    { outcome: 'failed', code: 'NO_ANSWER', endedMs: 20 },
  ]);
  expect(store.slotResults('7', 100, 1)).toMatchObject([{ endedMs: 24 }]);
  // Among the last two jobs only.
  expect(store.slotResults('7', 2, 3)).toHaveLength(2);
});
