// The figures of a lot's page, over a lot whose boards are known.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeLot } from './made-lot.ts';
import { openStationDatabase } from './station-database.ts';
import { sampleDevice, sampleJob, sampleLot } from './station-sample.ts';
import { type OpenStationStore, openStationStore, type StationStore } from './station-store.ts';

const NONE = { passed: 0, revoked: 0, inWork: 0, inRework: 0, failed: 0, noVerdict: 0, scrapped: 0 };
const MOST = { halfHours: 96, named: 5, copiedOutboxId: 0 };

let dir = '';
let opened: OpenStationStore;
let store: StationStore;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-page-'));
  opened = openStationStore(join(dir, 'station.db'));
  store = opened.store;
});
afterEach(() => {
  opened.close();
  rmSync(dir, { recursive: true, force: true });
});

test('each board stands in one place, by its last job, and boards that never said who they are in none', () => {
  const lotId = makeLot(store, 0, 200);
  const { places, halfHours, failures, startedMs } = store.lotPage(lotId, MOST);
  expect(places).toEqual({ ...NONE, passed: 196, failed: 4 });
  const sum = (key: 'judged' | 'firstPassed') => halfHours.reduce((total, part) => total + part[key], 0);
  const { judged, firstPassed } = store.lotProgress(lotId, 0);
  expect({ judged: sum('judged'), firstPassed: sum('firstPassed') }).toEqual({ judged, firstPassed });
  expect(judged).toBe(200);
  const of = (code: string) => failures.reduce((total, row) => total + (row.code === code ? row.boards : 0), 0);
  expect([of('NO_ANSWER'), of('FIRMWARE_DIFFERS'), of('PROOF_FAILED')]).toEqual([5, 8, 4]);
  expect(startedMs).not.toBeNull();
});

test('a board without a name is in work while its job runs, and stands nowhere after it', () => {
  store.transaction(() => store.insertLot(sampleLot()));
  const jobId = store.transaction(() => store.insertJob(sampleJob(null)));
  expect(store.lotPage('LOT-1', MOST).places).toMatchObject({ inWork: 1, noVerdict: 0 });
  store.transaction(() => store.endJob(jobId, 'errored', 'NO_ANSWER', 9));
  expect(store.lotPage('LOT-1', MOST).places).toEqual(NONE);
});

test('jobs of another lot move no board of this one', () => {
  store.transaction(() => {
    store.insertLot(sampleLot());
    store.insertLot(sampleLot('LOT-2'));
    const deviceId = store.insertDevice(sampleDevice(1));
    store.endJob(store.insertJob(sampleJob(deviceId)), 'failed', 'PROOF_FAILED', 9);
    store.endJob(store.insertJob(sampleJob(deviceId, 'LOT-2')), 'aborted', 'WRITTEN_OFF', 10);
  });
  expect(store.lotPage('LOT-1', MOST).places).toMatchObject({ failed: 1, noVerdict: 0 });
  expect(store.lotPage('LOT-2', MOST).places).toMatchObject({ failed: 0, noVerdict: 1 });
});

test('the lot before is the newest of the same recipe in which a board passed', () => {
  const [first, second] = [makeLot(store, 0, 20), makeLot(store, 1, 20)];
  store.transaction(() => {
    store.insertLot(sampleLot('EMPTY', { createdMs: 20_000_000 }));
    store.insertLot(sampleLot('OTHER', { createdMs: 20_000_001, recipeName: 'other' }));
  });
  expect(store.lotPage(first, MOST).timeBefore).toBeNull();
  expect(store.lotPage(second, MOST)).toMatchObject({ time: { boards: 20 }, timeBefore: { lotId: first } });
  expect(store.lotPage('EMPTY', MOST)).toMatchObject({ time: null, timeBefore: { lotId: second } });
  expect(store.lotPage('OTHER', MOST).timeBefore).toBeNull();
});

test('records of a lot are counted by what became of their registration, and by what lies in a copy', () => {
  const lotId = makeLot(store, 0, 20);
  makeLot(store, 1, 20);
  const { id } = store.waiting(1)[0] ?? { id: 0 };
  store.transaction(() => store.answerOutbox(id, 'accepted', null));
  const counted = (copiedOutboxId: number) => store.lotPage(lotId, { ...MOST, copiedOutboxId }).records;
  expect(counted(0)).toEqual({ sealed: 20, registered: 1, waiting: 19, refused: 0, conflicts: 0, notCopied: 19 });
  expect(counted(id + 4).notCopied).toBe(15);
  store.transaction(() => {
    store.answerOutbox(id + 1, 'refused', 'SERIAL_TAKEN');
    store.answerOutbox(id + 2, 'refused', 'ISSUER_UNKNOWN');
  });
  expect(counted(0)).toMatchObject({ waiting: 17, refused: 2, conflicts: store.openConflicts(lotId) });
  expect(store.openConflicts(lotId)).toBe(1);
  // Sent again, a conflict is one until the service has answered; what had another reason only waits.
  store.transaction(() => [id + 1, id + 2].map((each) => store.sendEntryAgain(each)));
  expect(counted(0)).toMatchObject({ registered: 1, waiting: 18, refused: 1, conflicts: store.openConflicts(lotId) });
  expect(store.openConflicts(lotId)).toBe(1);
});

test('labels are counted where a lot has them, and where a board of a lot without them was given one', () => {
  const [bare, lotId] = [makeLot(store, 0, 20), makeLot(store, 1, 20)];
  const ofBoard = (lot: string, n: number) => store.passedCertificate(`${lot}-${String(n).padStart(6, '0')}`);
  const due = (lot: string, n: number) => {
    const certificateId = ofBoard(lot, n)?.certificateId ?? 0;
    store.insertLabel({ certificateId, lotId: lot, size: '50x25', dueMs: 7 });
    return certificateId;
  };
  const copy = (certificateId: number, number: number) => {
    store.insertCopy({ certificateId, copy: number, actorId: 'station', intendedMs: 8 });
    store.endCopy(certificateId, number, 'printed', 9);
  };
  const labels = (lot: string) => store.lotPage(lot, MOST).labels;
  store.transaction(() => store.insertLotLabel(lotId, '50x25'));
  expect([labels(bare), labels(lotId)]).toEqual([null, { due: 0, printed: 0, scannedBack: 0, again: 0 }]);
  store.transaction(() => {
    const [first, second] = [due(lotId, 1), due(lotId, 2)];
    due(lotId, 3);
    for (const number of [1, 2]) copy(first, number);
    copy(second, 1);
    store.setLabelScanned(first, 10);
    copy(due(bare, 1), 1);
  });
  expect(labels(lotId)).toEqual({ due: 3, printed: 2, scannedBack: 1, again: 1 });
  expect(labels(bare)).toEqual({ due: 1, printed: 1, scannedBack: 0, again: 0 });
});

test('what is read at once is of one moment', () => {
  const lotId = makeLot(store, 0, 20);
  const other = openStationStore(join(dir, 'station.db'));
  store.atOnce(() => {
    const before = store.lotPage(lotId, MOST).places;
    other.store.transaction(() => {
      const deviceId = other.store.insertDevice(sampleDevice(999));
      other.store.endJob(other.store.insertJob(sampleJob(deviceId, lotId)), 'failed', 'PROOF_FAILED', 9);
    });
    expect(store.lotPage(lotId, MOST).places).toEqual(before);
  });
  other.close();
  expect(store.lotPage(lotId, MOST).places.failed).toBe(1);
});

test('events of lots are found by an index', () => {
  const database = openStationDatabase(join(dir, 'station.db'));
  const kinds = `type IN ('lot-created', 'lot-released', 'lot-held', 'lot-closed', 'report-signed', 'report-printed')`;
  const plan = database
    .prepare<[], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT seq FROM audit_event WHERE json_extract(body, '$.lotId') = 'L' AND ${kinds} ORDER BY seq`,
    )
    .all();
  database.close();
  expect(plan.map(({ detail }) => detail).join()).toContain('audit_event_of_lot');
});
