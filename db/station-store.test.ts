import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CHAIN_START, checkChain } from '../domain/audit-event.ts';
import { LotRecords } from '../station/records/lot-records.ts';
import { recordAnswers } from '../station/records/outbox-records.ts';
import { Recorder, sha256Text } from '../station/records/recorder.ts';
import { openQueries } from './queries.ts';
import {
  digest,
  sampleCertificate,
  sampleDevice,
  sampleIntended,
  sampleJob,
  sampleLot,
  samplePassed,
} from './station-sample.ts';
import { type OpenStationStore, openStationStore, type StationStore } from './station-store.ts';

let folder = '';
let path = '';
let open: OpenStationStore;
let store: StationStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-store-'));
  path = join(folder, 'station.db');
  open = openStationStore(path);
  store = open.store;
});
afterEach(() => {
  open.close();
  rmSync(folder, { recursive: true, force: true });
});

const RELEASED = { state: 'released', stateMs: 7000, heldBecause: null, heldBy: null } as const;

function withLot<T>(work: () => T): T {
  return store.transaction(() => {
    store.insertLot(sampleLot());
    return work();
  });
}

test('a station and a lot are read back as they were written', () => {
  expect(store.station()).toBeNull();
  const station = { stationId: 'LINE-3', practice: true, epoch: 1, createdMs: 5 };
  const lot = sampleLot('LOT-1', { state: 'held', heldBecause: 'NO_ANSWER', failureRun: 2, failureCode: 'NO_ANSWER' });
  store.transaction(() => {
    store.insertStation(station);
    store.insertLot(lot);
  });
  expect(store.station()).toEqual(station);
  expect(store.lot('LOT-1')).toEqual(lot);
  expect(store.lot('LOT-2')).toBeNull();
  expect(store.releasedLot()).toBeNull();
  store.transaction(() => store.setLotState('LOT-1', RELEASED));
  expect(store.releasedLot()).toEqual({ ...lot, ...RELEASED });
  expect(store.lotRanges()).toEqual([{ lotId: 'LOT-1', serialRange: lot.serialRange }]);
});

test('a transaction that fails leaves nothing of itself', () => {
  const half = () =>
    store.transaction(() => {
      store.insertLot(sampleLot());
      store.insertDevice(sampleDevice(1));
      throw new Error('half done');
    });
  expect(half).toThrow('half done');
  expect(store.lot('LOT-1')).toBeNull();
  expect(store.device(1)).toBeNull();
  expect(() =>
    store.transaction(() => {
      store.insertLot(sampleLot());
      store.insertLot(sampleLot());
    }),
  ).toThrow(/UNIQUE/);
  expect(store.lot('LOT-1')).toBeNull();
});

test('nothing is written outside a transaction, and no transaction hides in another', () => {
  expect(() => store.insertLot(sampleLot())).toThrow(/inside a transaction/);
  expect(() => store.transaction(() => store.transaction(() => 1))).toThrow(/one transaction at a time/);
  expect(() => store.transaction(async () => 1)).toThrow(/promise/);
});

test('a change that finds no row is a bug and undoes its transaction', () => {
  expect(() => store.transaction(() => store.setLotState('LOT-9', RELEASED))).toThrow(/one row changes, not 0/);
});

test('a freed serial is given out again first, and counts as taken once', () => {
  withLot(() => {
    const [a, b] = [store.insertDevice(sampleDevice(1)), store.insertDevice(sampleDevice(2))];
    store.reserveSerial('LOT-1', a, 'LOT-1-0002');
    store.reserveSerial('LOT-1', b, 'LOT-1-0001');
    expect(store.freedSerial('LOT-1')).toBeNull();
    store.freeSerial(a);
    store.freeSerial(b);
    expect(store.device(a)?.deviceSerial).toBeNull();
    expect(store.freedSerial('LOT-1')).toBe('LOT-1-0001');
    expect(store.freedSerial('LOT-2')).toBeNull();
    store.reserveSerial('LOT-1', a, 'LOT-1-0001');
    expect(store.freedSerial('LOT-1')).toBe('LOT-1-0002');
    expect(store.device(a)).toEqual({ ...sampleDevice(1), deviceId: a, deviceSerial: 'LOT-1-0001' });
    expect(store.lot('LOT-1')?.serialsTaken).toBe(2);
    expect(() => store.reserveSerial('LOT-1', b, 'LOT-1-0001')).toThrow(/UNIQUE/);
  });
});

test('a device is found by type and hardware id together', () => {
  store.transaction(() => store.insertDevice(sampleDevice(1)));
  const { hardwareType, hwid } = sampleDevice(1);
  expect(store.deviceByHwid(hardwareType, hwid)?.deviceId).toBe(1);
  expect(store.deviceByHwid('1.2.3', hwid)).toBeNull();
});

test('a job is followed from an unnamed board to its end', () => {
  withLot(() => {
    const jobId = store.insertJob(sampleJob(null));
    const deviceId = store.insertDevice(sampleDevice(1));
    expect(store.runningJobOf(deviceId)).toBeNull();
    store.setJobDevice(jobId, deviceId);
    const stages = '[{"stage":"connect","ms":80}]';
    store.setJobState(jobId, '{"at":"locking"}', 2, stages);
    store.setJobSlot(jobId, '7');
    store.setJobCrashes(jobId, 1);
    const running = {
      ...sampleJob(deviceId),
      jobId,
      state: '{"at":"locking"}',
      attempt: 2,
      slot: '7',
      crashes: 1,
      stages,
    };
    expect(store.runningJobOf(deviceId)).toEqual(running);
    expect(store.runningJobs()).toEqual([running]);
    store.endJob(jobId, 'failed', 'NO_ANSWER', 9000);
    expect(store.runningJobOf(deviceId)).toBeNull();
    expect(store.lastJobOf(deviceId)).toEqual({ ...running, outcome: 'failed', code: 'NO_ANSWER', endedMs: 9000 });
  });
});

test('a device is counted once, by its last job in the lot; boards that never said who they are count each', () => {
  withLot(() => {
    store.insertLot(sampleLot('LOT-2'));
    const [a, b, c] = [1, 2, 3].map((number) => store.insertDevice(sampleDevice(number)));
    const end = (deviceId: number | null | undefined, outcome: 'passed' | 'failed' | 'aborted', lotId = 'LOT-1') =>
      store.endJob(store.insertJob(sampleJob(deviceId ?? null, lotId)), outcome, null, 1);
    end(a, 'failed');
    end(a, 'failed');
    end(a, 'passed');
    end(a, 'aborted', 'LOT-2');
    end(b, 'aborted');
    end(b, 'failed');
    store.insertJob(sampleJob(c ?? null));
    end(null, 'failed');
    end(null, 'failed');
    store.insertJob(sampleJob(null));
    const tally = { passed: 1, failed: 3, errored: 0, aborted: 0, running: 2, signatures: 0 };
    expect(store.lotTally('LOT-1')).toEqual(tally);
    expect(store.lotTally('LOT-2')).toEqual({ ...tally, passed: 0, failed: 0, aborted: 1, running: 0 });
  });
});

test('the quota counts every to-be-signed, void or not', () => {
  withLot(() => {
    samplePassed(store, 1);
    const second = sampleIntended(store, 2);
    store.setCertificateState(second.certificateId, 'void', 'WRITTEN_OFF');
    expect(store.lotTally('LOT-1').signatures).toBe(2);
  });
});

test('a key is remembered for ever with its device', () => {
  withLot(() => {
    const { deviceId, jobId } = sampleIntended(store, 1);
    expect(store.keyOwner(digest(1))).toBe(deviceId);
    expect(store.keySpki(digest(1))).toEqual(new Uint8Array([1, 0]));
    store.discardKey(digest(1));
    expect(store.keyOwner(digest(1))).toBe(deviceId);
    const row = { spkiSha256: digest(1), spki: new Uint8Array([1, 0]), deviceId, jobId };
    expect(() => store.insertKey(row)).toThrow(/UNIQUE/);
    expect(store.keyOwner(digest(2))).toBeNull();
  });
});

test('a certificate goes from intended to live, and is found by device and fingerprint', () => {
  withLot(() => {
    const made = sampleIntended(store, 1);
    const { certificateId, deviceId } = made;
    const intended = {
      ...sampleCertificate(1, { deviceId, jobId: made.jobId, deviceSerial: made.deviceSerial }),
      certificateId,
    };
    expect(store.certificate(certificateId)).toEqual({
      ...intended,
      certificate: null,
      fingerprint: null,
      reason: null,
    });
    store.setCertificateSigned(certificateId, new Uint8Array([7]), digest(5));
    expect(() => store.setCertificateSigned(certificateId, new Uint8Array([8]), digest(6))).toThrow(/one row/);
    const signed = {
      ...intended,
      state: 'signed',
      certificate: new Uint8Array([7]),
      fingerprint: digest(5),
      reason: null,
    };
    expect(store.standingCertificate(deviceId)).toEqual(signed);
    expect(store.certificateByFingerprint(digest(5))).toEqual(signed);
    store.setCertificateState(certificateId, 'void', 'LOCK_LOST');
    expect(store.standingCertificate(deviceId)).toBeNull();
    expect(store.lastCertificate(deviceId)).toEqual({ ...signed, state: 'void', reason: 'LOCK_LOST' });
  });
});

test('a re-worked device keeps its serial, with a new key and a new certificate', () => {
  withLot(() => {
    const first = sampleIntended(store, 1);
    store.setCertificateState(first.certificateId, 'void', 'WRITTEN_OFF');
    store.endJob(first.jobId, 'aborted', 'WRITTEN_OFF', 1);
    const { deviceId, deviceSerial } = first;
    const jobId = store.insertJob(sampleJob(deviceId));
    store.insertKey({ spkiSha256: digest(2), spki: new Uint8Array([2]), deviceId, jobId });
    const certificateId = store.insertCertificate(sampleCertificate(2, { deviceId, jobId, deviceSerial }));
    expect(store.standingCertificate(deviceId)?.certificateId).toBe(certificateId);
    expect(store.standingCertificate(deviceId)?.deviceSerial).toBe(deviceSerial);
  });
});

test('the chain starts at zero, and what the recorder appends is a chain that verifies', () => {
  expect(store.chainHead()).toEqual({ seq: 0, hash: CHAIN_START, timeMs: 0 });
  const clock = { nowMs: () => 42, monotonicMs: () => 42, after: () => () => {} };
  const lots = new LotRecords(new Recorder(store, clock));
  const {
    state: _s,
    createdMs: _c,
    serialsTaken: _t,
    failureRun: _r,
    failureCode: _f,
    heldBecause: _h,
    ...lot
  } = sampleLot();
  lots.create('p-1', lot);
  lots.command('p-1', 'LOT-1', 'release', null);
  const queries = openQueries(path);
  const head = store.chainHead();
  expect(head).toMatchObject({ seq: 2, timeMs: 42 });
  expect(checkChain(queries.auditEvents(), [head], sha256Text)).toMatchObject({ ok: true, events: 2 });
  queries.close();
});

test('checkpoints are handed on from a point, oldest first, and the last one is of the newest epoch', () => {
  expect(store.lastCheckpoint()).toBeNull();
  const checkpoint = (epoch: number, seq: number) => ({
    checkpoint: { stationId: 'S', epoch, seq, head: digest(seq), prevSeq: 0, prevHead: digest(0), timeMs: 1 },
    signature: 'AA==',
  });
  store.transaction(() => {
    for (const [epoch, seq] of [
      [1, 900],
      [1, 1000],
      [2, 950],
    ] as const)
      store.insertCheckpoint(checkpoint(epoch, seq));
  });
  expect(store.lastCheckpoint()).toEqual(checkpoint(2, 950));
  expect(store.checkpointsFrom(1, 1000, 10)).toEqual([checkpoint(1, 1000), checkpoint(2, 950)]);
  expect(store.checkpointsFrom(0, 0, 1)).toEqual([checkpoint(1, 900)]);
});

test('the outbox leaves oldest first; an answer marks an entry once and has one audit event', () => {
  withLot(() => [1, 2, 3].map((number) => samplePassed(store, number)));
  const [first, second] = store.waiting(2);
  expect(first).toEqual({ id: 1, kind: 'register', payload: '{"n":1}', state: 'waiting', code: null });
  expect(second?.id).toBe(2);
  const recorder = new Recorder(store, { nowMs: () => 1, monotonicMs: () => 1, after: () => () => {} });
  recordAnswers(recorder, [
    { id: 1, state: 'accepted' },
    { id: 2, state: 'refused', code: 'conflict' },
  ]);
  recordAnswers(recorder, [
    { id: 1, state: 'refused', code: 'late' },
    { id: 99, state: 'accepted' },
  ]);
  expect(store.waiting(10).map(({ id }) => id)).toEqual([3]);
  expect(store.counts()).toEqual({ registered: 1, waiting: 1, refused: 1, voidsWaiting: 0, made: 3 });
  expect(store.chainHead().seq).toBe(2);
});

test('an enrolment is kept, and its next version replaces it', () => {
  expect(store.enrolment()).toBeNull();
  const row = { serviceUrl: 'https://s:1', serviceCaPem: 'CA', stationCertificatePem: 'C' };
  store.saveEnrolment(row);
  store.transaction(() => store.saveEnrolment({ ...row, stationCertificatePem: 'D' }));
  expect(store.enrolment()).toEqual({ ...row, stationCertificatePem: 'D' });
});

test('a service that enrols the station again is told of each of its CAs again', () => {
  const row = { serviceUrl: 'https://service', serviceCaPem: 'CA', stationCertificatePem: 'C' };
  const issuerId = digest(9);
  store.saveEnrolment(row);
  store.transaction(() => {
    store.insertCa({ issuerId, name: 'main', role: 'active', limit: null });
    store.setCaRegistered(issuerId);
  });
  expect(store.ca(issuerId)?.registered).toBe(true);
  store.saveEnrolment({ ...row, stationCertificatePem: 'D' });
  expect(store.ca(issuerId)?.registered).toBe(false);
});

test('a slot has one place, and a place one slot', () => {
  store.bindSlot('usb-1', 1);
  store.bindSlot('usb-2', 2);
  store.bindSlot('usb-3', 1);
  store.bindSlot('usb-2', 3);
  expect(store.slotBindings()).toEqual([
    { position: 'usb-3', slot: 1 },
    { position: 'usb-2', slot: 3 },
  ]);
});

test('a slot that is off is off in the next program too', () => {
  const off = { slot: 2, reason: 'worn-pin', sinceMs: 7 } as const;
  store.transaction(() => store.insertSlotOff(off));
  open.close();
  open = openStationStore(path);
  expect(open.store.slotsOff()).toEqual([off]);
});

test('a row that another hand wrote is refused as damaged records', () => {
  withLot(() => store.insertJob(sampleJob(null)));
  const other = new Database(path);
  other.exec("UPDATE job SET outcome = 'failed', ended_ms = 1, code = 'NO_SUCH_CODE'");
  other.close();
  expect(() => store.job(1)).toThrow(expect.objectContaining({ code: 'RECORDS_DAMAGED' }));
});
