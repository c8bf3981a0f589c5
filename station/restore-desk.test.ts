// What a restored station learns from its service before it gives out anything.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HeldCertificate } from '../contract/security-service/held.ts';
import { digest, sampleIntended, sampleLot, samplePassed } from '../db/station-sample.ts';
import { type OpenStationStore, openStationStore, type StationStore } from '../db/station-store.ts';
import { KeylineError } from '../domain/errors.ts';
import { systemClock } from './clock.ts';
import { Recorder } from './records/recorder.ts';
import { recordRestore } from './records/restore-records.ts';
import { RestoreDesk } from './restore-desk.ts';

const ENROLMENT = {
  serviceUrl: 'https://localhost',
  serviceCaPem: 'CA',
  stationCertificatePem: 'S',
  issuerRegistered: true,
};

let dir: string;
let open: OpenStationStore;
let store: StationStore;
let recorder: Recorder;
let pages: HeldCertificate[][];
let asked: (string | null)[];
/** The service says that there is always more. */
let more: boolean;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-desk-'));
  open = openStationStore(join(dir, 'station.db'));
  store = open.store;
  recorder = new Recorder(store, systemClock);
  [pages, asked, more] = [[], [], false];
  recorder.commit('station', (append) => {
    store.insertStation({ stationId: 'KL-1', practice: false, epoch: 1, createdMs: 1 });
    append('station-created', {});
    store.insertLot(sampleLot());
  });
});
afterEach(() => {
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

function restore(): void {
  const { seq, hash } = store.chainHead();
  recordRestore(recorder, { actorId: 'ann', epoch: 2, backupSeq: seq, backupHead: hash, freshRange: null });
}

function desk(): RestoreDesk {
  const books = () => ({
    async held(after: string | null) {
      asked.push(after);
      const certificates = pages[asked.length - 1];
      if (!certificates) throw new KeylineError('SERVICE_UNREACHABLE');
      return { certificates, more: more || asked.length < pages.length };
    },
    async close() {},
  });
  return new RestoreDesk(
    recorder,
    () => ENROLMENT,
    () => books,
  );
}

function held(number: number, state: HeldCertificate['state'], deviceSerial = `OUT-${number}`): HeldCertificate {
  return {
    ...{ fingerprint: digest(number), deviceSerial, hwid: '0'.repeat(11) + (number % 10), hardwareType: '1.2' },
    ...{ spkiSha256: digest(5), issuerId: digest(6), state, voidReason: null, certificate: 'AAAA' },
  };
}

/** A board in work whose certificate is signed; its fingerprint is `digest(number)`. */
function signed(number: number) {
  return recorder.commit('station', () => {
    const intended = sampleIntended(store, number);
    store.setCertificateSigned(intended.certificateId, new Uint8Array([0x30, number]), digest(number));
    return intended;
  });
}

test('all pages are read, each serial that these records do not know is used, and then it is done', async () => {
  restore();
  pages = [[held(50, 'registered'), held(51, 'void')], [held(52, 'unclaimed')]];
  const reader = desk();
  await reader.read();
  expect(asked).toEqual([null, digest(51)]);
  expect(['OUT-50', 'OUT-51', 'OUT-52', 'OUT-53'].map((serial) => store.serialKnown(serial))).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(reader.unread).toBe(false);
  await reader.read();
  expect(asked).toHaveLength(2);
});

test('a service that goes away between two pages has not been read', async () => {
  restore();
  pages = [[held(50, 'registered')]];
  const reader = desk();
  more = true;
  await expect(reader.read()).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE' });
  expect(reader.unread).toBe(true);
});

test('a station that was never restored asks for nothing', async () => {
  await desk().read();
  expect(asked).toEqual([]);
});

test('a board in work that the service has registered is adopted as passed, and not written off', async () => {
  const { jobId, certificateId } = signed(1);
  restore();
  pages = [[held(1, 'registered')]];
  await desk().read();
  expect(store.job(jobId)).toMatchObject({ outcome: 'passed' });
  expect(store.certificate(certificateId)).toMatchObject({ state: 'live' });
  expect(store.waiting(10)).toMatchObject([{ kind: 'register' }]);
});

test('a board in work that the service knows as void is void here, and one that it does not know waits', async () => {
  const [gone, waits] = [signed(1), signed(2)];
  restore();
  pages = [[held(1, 'void')]];
  await desk().read();
  expect(store.certificate(gone.certificateId)).toMatchObject({ state: 'void' });
  expect(store.job(waits.jobId)).toMatchObject({ outcome: null });
});

test('what passed before the backup stays as it is', async () => {
  const { certificateId } = recorder.commit('station', () => samplePassed(store, 1));
  restore();
  pages = [[held(1_000_001, 'registered')]];
  await desk().read();
  expect(store.certificate(certificateId)).toMatchObject({ state: 'live' });
});
