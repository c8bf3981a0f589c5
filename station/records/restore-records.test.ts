// What a restored station may give out, sentence by sentence of CERTAINTY.md, Restore.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digest, sampleDevice, sampleIntended, sampleJob, sampleLot, samplePassed } from '../../db/station-sample.ts';
import { type OpenStationStore, openStationStore, type StationStore } from '../../db/station-store.ts';
import { KeylineError } from '../../domain/errors.ts';
import { systemClock } from '../clock.ts';
import { refuseKnownRange } from './fresh-serials.ts';
import { LotRecords } from './lot-records.ts';
import { Recorder } from './recorder.ts';
import { recordRestore } from './restore-records.ts';

let dir: string;
let open: OpenStationStore;
let store: StationStore;
let recorder: Recorder;
let lots: LotRecords;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-restored-'));
  open = openStationStore(join(dir, 'station.db'));
  store = open.store;
  recorder = new Recorder(store, systemClock);
  lots = new LotRecords(recorder);
  recorder.commit('station', (append) => {
    store.insertStation({ stationId: 'KL-1', practice: false, epoch: 1, createdMs: 1 });
    append('station-created', { stationId: 'KL-1' });
    store.insertLot(sampleLot('RUN', { state: 'released' }));
    store.insertLot(sampleLot('DRAFT'));
    store.insertLot(sampleLot('OVER', { state: 'closed' }));
  });
});
afterEach(() => {
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

function restore(freshRange: string | null = null): void {
  const { seq, hash } = store.chainHead();
  recordRestore(recorder, { actorId: 'ann', epoch: 2, backupSeq: seq, backupHead: hash, freshRange });
}

function refusal(work: () => void): string {
  try {
    work();
    return 'nothing was refused';
  } catch (error) {
    return error instanceof KeylineError ? error.code : String(error);
  }
}

/** Makes a draft of these serials. */
function lotOf(serialRange: string, quantity = 1): () => void {
  const { state, createdMs, stateMs, serialsTaken, failureRun, failureCode, heldBecause, heldBy, ...lot } = sampleLot(
    `L-${serialRange.length}-${quantity}`,
  );
  return () => lots.create('ann', { ...lot, serialRange, quantity, spare: 0 });
}

test('a restore takes a new epoch, which only grows', () => {
  restore();
  expect(store.station()).toMatchObject({ stationId: 'KL-1', epoch: 2 });
  expect(() => restore()).toThrow('a restore takes a new epoch');
  expect(() => recorder.commit('ann', () => store.setEpoch(1))).toThrow(/its epoch only grows/);
});

test('every lot is held and cannot be released again, only closed', () => {
  restore();
  expect(store.lot('RUN')).toMatchObject({ state: 'held', heldBecause: 'restored from a backup', heldBy: null });
  expect(refusal(() => lots.command('ann', 'RUN', 'release', null))).toBe('LOT_ABANDONED');
  expect(refusal(() => lots.command('ann', 'DRAFT', 'release', null))).toBe('LOT_ABANDONED');
  lots.command('ann', 'RUN', 'close', null);
  expect(store.lot('RUN')).toMatchObject({ state: 'closed' });
});

test('no lot is made before the service said what is used, but of a range named as new', () => {
  restore('NEW-0100..NEW-0199');
  expect(refusal(lotOf('AQ-0001..AQ-0009'))).toBe('SERIALS_UNREAD');
  expect(refusal(lotOf('NEW-0099..NEW-0101'))).toBe('SERIALS_UNREAD');
  expect(refusal(lotOf('NEW-0100..NEW-0109'))).toBe('nothing was refused');
});

test('after the service said what is used any range is taken that holds none of it', () => {
  restore();
  recorder.commit('station', () => {
    store.insertUsedSerial('AQ-0005');
    store.setSerialsRead(2, 7);
  });
  expect(refusal(lotOf('AQ-0001..AQ-0009'))).toBe('RANGE_USED');
  expect(refusal(lotOf('AQ-0006..AQ-0009'))).toBe('nothing was refused');
  expect(refusal(lotOf('AQ-00001..AQ-00009', 2))).toBe('nothing was refused');
});

test('what the service says is used is refused in a range that was named as new too', () => {
  restore('NEW-0100..NEW-0199');
  recorder.commit('station', () => store.insertUsedSerial('NEW-0105'));
  expect(refusal(lotOf('NEW-0100..NEW-0109'))).toBe('RANGE_USED');
});

test('a range that a lot had cannot be named as new', () => {
  expect(refusal(() => refuseKnownRange(store, 'RUN-0012..RUN-0020'))).toBe('RANGE_USED');
  expect(refusal(() => refuseKnownRange(store, 'RUN-0013..RUN-0020'))).toBe('nothing was refused');
  expect(refusal(() => refuseKnownRange(store, 'RUN-0013'))).toBe('RANGE_INVALID');
});

describe('jobs that were in work when the backup was made', () => {
  test('without a certificate end, and their serials are given to nobody', () => {
    const deviceId = recorder.commit('station', () => {
      const id = store.insertDevice(sampleDevice(1));
      store.insertJob(sampleJob(id, 'RUN'));
      store.reserveSerial('RUN', id, 'RUN-0001');
      return id;
    });
    restore();
    expect(store.lastJobOf(deviceId)).toMatchObject({ outcome: 'aborted', code: 'WRITTEN_OFF' });
    expect(store.device(deviceId)?.deviceSerial).toBeNull();
    expect(store.serialKnown('RUN-0001')).toBe(true);
  });

  test('with a to-be-signed end, and it is never signed again', () => {
    const { jobId, certificateId } = recorder.commit('station', () => sampleIntended(store, 1, 'RUN'));
    restore();
    expect(store.job(jobId)).toMatchObject({ outcome: 'aborted' });
    expect(store.certificate(certificateId)).toMatchObject({ state: 'void', certificate: null });
    const again = () => store.setCertificateSigned(certificateId, new Uint8Array([1]), digest(5));
    expect(() => recorder.commit('station', again)).toThrow(/one row changes, not 0/);
  });

  test('with a signed certificate wait for their boards', () => {
    const { jobId } = recorder.commit('station', () => {
      const intended = sampleIntended(store, 1, 'RUN');
      store.setCertificateSigned(intended.certificateId, new Uint8Array([0x30]), digest(5));
      return intended;
    });
    restore();
    expect(store.job(jobId)).toMatchObject({ outcome: null });
  });

  test('that passed stay as they are', () => {
    const { certificateId } = recorder.commit('station', () => samplePassed(store, 1, 'RUN'));
    restore();
    expect(store.certificate(certificateId)).toMatchObject({ state: 'live' });
  });
});

test('the restore stands in the audit chain, after the last event of the backup', () => {
  const { seq } = store.chainHead();
  restore();
  expect(store.eventHash(seq + 1)).not.toBeNull();
  expect(store.restoration()).toMatchObject({ epoch: 2, fromEpoch: 1, backupSeq: seq, serialsReadMs: null });
});
