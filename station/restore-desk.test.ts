// What a restored station learns from its service before it gives out anything.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newSampleCa, type SampleCa, type SampleLeaf } from '../cloud/service-sample.ts';
import { type HeldCertificate, HeldPage } from '../contract/security-service/held.ts';
import { digest, sampleDevice, sampleIntended, sampleJob, sampleLot, samplePassed } from '../db/station-sample.ts';
import { type OpenStationStore, openStationStore, type StationStore } from '../db/station-store.ts';
import { assert, KeylineError } from '../domain/errors.ts';
import { systemClock } from './clock.ts';
import type { IssuerChain } from './identity/issuer.ts';
import type { CloudBooks } from './outbox/connectors/cloud-connector.ts';
import { adopt } from './records/adoption.ts';
import { Recorder } from './records/recorder.ts';
import { recordRestore } from './records/restore-records.ts';
import { RestoreDesk } from './restore-desk.ts';

const ENROLMENT = {
  serviceUrl: 'https://localhost',
  serviceCaPem: 'CA',
  stationCertificatePem: 'S',
};

let dir: string;
let open: OpenStationStore;
let store: StationStore;
let recorder: Recorder;
let pages: HeldCertificate[][];
let asked: (string | null)[];
let running: string | null;
let changes: number;
let busyJob: number | null;
let chains: IssuerChain[];
/** The service says that there is always more. */
let more: boolean;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-desk-'));
  open = openStationStore(join(dir, 'station.db'));
  store = open.store;
  recorder = new Recorder(store, systemClock);
  [pages, asked, more, running, changes, busyJob, chains] = [[], [], false, null, 0, null, []];
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

function restore(epoch = 2): void {
  const { seq, hash } = store.chainHead();
  recordRestore(recorder, { actorId: 'ann', epoch, backupSeq: seq, backupHead: hash, freshRange: null });
}

function desk(books: () => Pick<CloudBooks, 'held' | 'close'> = pageByPage): RestoreDesk {
  return new RestoreDesk({
    ...{ recorder, chains, enrolment: () => ENROLMENT, books: () => books },
    ...{ runningLot: () => running, worksOn: (jobId) => jobId === busyJob, changed: () => void changes++ },
  });
}

function pageByPage() {
  return {
    async held(after: string | null) {
      asked.push(after);
      const certificates = pages[asked.length - 1];
      if (!certificates) throw new KeylineError('SERVICE_UNREACHABLE');
      return { certificates, more: more || asked.length < pages.length };
    },
    async close() {},
  };
}

function held(number: number, state: HeldCertificate['state'], deviceSerial = `OUT-${number}`): HeldCertificate {
  return {
    ...{ fingerprint: digest(number), deviceSerial, hwid: '0'.repeat(11) + (number % 10), hardwareType: '1.2' },
    ...{ spkiSha256: digest(5), issuerId: digest(6), state, voidReason: null, certificate: 'AAAA' },
  };
}

/** Registered, all as the certificate says it. */
function asHeld({ facts, register }: SampleLeaf): HeldCertificate {
  const { certificate, deviceSerial, hwid, hardwareType, issuerId } = register;
  const { fingerprint, spkiSha256 } = facts;
  const said = { fingerprint, deviceSerial, hwid, hardwareType, spkiSha256, issuerId, certificate };
  return { ...said, state: 'registered', voidReason: null };
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

test('a board that a slot works on is not ended below it: the reading is done once more when it is through', async () => {
  const { jobId } = signed(1);
  restore();
  pages = [[held(1, 'void')]];
  const reader = desk();
  busyJob = jobId;
  await expect(reader.read()).rejects.toMatchObject({ code: 'DEVICE_IN_WORK' });
  expect(store.job(jobId)).toMatchObject({ outcome: null });
  expect(reader.unread).toBe(true);
  [busyJob, asked] = [null, []];
  await reader.read();
  expect(store.job(jobId)?.outcome).not.toBeNull();
});

test('two that read at once come to one result', async () => {
  restore();
  const page = { certificates: [held(50, 'registered')], more: false };
  const reader = desk(() => ({ held: async () => page, close: async () => {} }));
  await Promise.all([reader.read(), reader.read()]);
  expect(changes).toBe(1);
});

test('what passed before the backup stays as it is', async () => {
  const { certificateId } = recorder.commit('station', () => samplePassed(store, 1));
  restore();
  pages = [[held(1_000_001, 'registered')]];
  await desk().read();
  expect(store.certificate(certificateId)).toMatchObject({ state: 'live' });
});

test('a certificate that is not in these records and void at the service is known as void from then on', async () => {
  restore();
  pages = [[held(50, 'registered'), held(51, 'void')]];
  await desk().read();
  expect([store.isVoidAtService(digest(50)), store.isVoidAtService(digest(51))]).toEqual([false, true]);
});

test('what passed before the backup and was made void after it is void here, with the reason of then', async () => {
  const { jobId, certificateId } = recorder.commit('station', () => samplePassed(store, 1));
  restore();
  pages = [[{ ...held(1_000_001, 'void'), voidReason: 'REVOKED' }]];
  await desk().read();
  expect(store.certificate(certificateId)).toMatchObject({ state: 'void', reason: 'REVOKED' });
  expect(store.job(jobId)).toMatchObject({ outcome: 'passed' });
  expect(store.waiting(10)).toMatchObject([{ kind: 'register' }, { kind: 'void' }]);
});

test('a reason that is no code of ours is taken for none, and leaves as one that can be read', async () => {
  const { certificateId } = recorder.commit('station', () => samplePassed(store, 1));
  restore();
  const said = { ...held(1_000_001, 'void'), voidReason: 'void\u001b[2J' };
  pages = [HeldPage.parse({ certificates: [said], more: false }).certificates];
  await desk().read();
  expect(store.certificate(certificateId)).toMatchObject({ state: 'void', reason: 'WRITTEN_OFF' });
  const [, entry] = store.waiting(10);
  expect(JSON.parse(entry?.payload ?? '')).toMatchObject({ kind: 'void', reason: 'WRITTEN_OFF' });
});

describe('a CA that was retired after the backup', () => {
  let cas: { first: SampleCa; second: SampleCa; third: SampleCa };
  beforeEach(async () => {
    cas = { first: await newSampleCa(false), second: await newSampleCa(false), third: await newSampleCa(false) };
    recorder.commit('station', () => {
      store.insertCa({ issuerId: cas.first.issuerId, name: 'first', role: 'active', limit: 10 });
      store.insertCa({ issuerId: cas.second.issuerId, name: 'second', role: 'standby', limit: null });
    });
    chains = [cas.first, cas.second].map(({ certificates, issuerId }) => ({
      ...{ ...certificates, issuerId, notBeforeMs: 0, practice: false },
    }));
    restore();
  });

  const of = (ca: SampleCa, number: number) => asHeld(ca.leaf(number));
  const roles = () => Object.fromEntries(store.cas().map(({ name, role }) => [name, role]));

  test('signs nothing new again: the one that the service saw after it is active', async () => {
    pages = [[of(cas.first, 1), of(cas.second, 2), of(cas.first, 3)]];
    await desk().read();
    expect(roles()).toEqual({ first: 'retired', second: 'active' });
    expect([store.ca(cas.first.issuerId)?.signatures, store.ca(cas.second.issuerId)?.signatures]).toEqual([2, 1]);
    expect(changes).toBe(1);
  });

  test('and whose follower is not in the data folder leaves none active', async () => {
    pages = [[of(cas.third, 1)]];
    await desk().read();
    expect(roles()).toEqual({ first: 'retired', second: 'standby' });
  });

  test.each([
    ['of the active CA', () => of(cas.first, 1)],
    ['of a CA that is not here', () => of(cas.third, 1)],
    ['that cannot be read', () => ({ ...of(cas.second, 1), certificate: 'AAAA' })],
    ['of another board', () => ({ ...of(cas.second, 1), hwid: 'eeeeeeeeeeee' })],
  ])('is not retired for a certificate %s that is said to be of the one on standby', async (_, leaf) => {
    pages = [[{ ...leaf(), issuerId: cas.second.issuerId }]];
    const reader = desk();
    await reader.read();
    expect([reader.unread, roles()]).toEqual([false, { first: 'active', second: 'standby' }]);
    expect(store.cas().map(({ signatures }) => signatures)).toEqual([0, 0]);
    const read = store.eventsBefore(1_000, 50).find(({ type }) => type === 'serials-read');
    expect(JSON.parse(read?.body ?? '')).toMatchObject({ unknown: 1 });
  });

  test('is not retired for a certificate that cannot be read, of a CA that nobody here knows', async () => {
    pages = [[{ ...of(cas.third, 1), certificate: 'AAAA' }]];
    await desk().read();
    expect(roles()).toEqual({ first: 'active', second: 'standby' });
  });

  test('is retired while no line runs: until then nothing was read', async () => {
    running = 'L';
    pages = [[of(cas.second, 1)]];
    const reader = desk();
    await expect(reader.read()).rejects.toMatchObject({ code: 'LINE_RUNNING' });
    expect([reader.unread, roles().first]).toEqual([true, 'active']);
    [running, asked] = [null, []];
    await reader.read();
    expect([reader.unread, roles().first, store.ca(cas.second.issuerId)?.signatures]).toEqual([false, 'retired', 1]);
  });

  /** The service holds a leaf of a CA that is not here; the active one's last signature came so long after its start. */
  async function readWithAbsent(afterMs: number): Promise<void> {
    const [leaf, startMs] = [of(cas.third, 1), cas.third.leaf(2).facts.notBeforeMs];
    recorder.commit('station', () => store.setCaSigned(cas.first.issuerId, startMs + afterMs));
    pages = [[leaf]];
    await desk().read();
  }

  test('was not, where it signed after one that is not here: a person left that one before the backup', async () => {
    await readWithAbsent(2 * 86_400_000);
    expect(roles()).toEqual({ first: 'active', second: 'standby' });
    expect(store.ca(cas.third.issuerId)).toBeNull();
  });

  test('may have been, where both signed within the day that a leaf starts before its signature', async () => {
    await readWithAbsent(80_000_000);
    expect(roles()).toEqual({ first: 'retired', second: 'standby' });
  });

  test('was not, where the service knows of no other: it stays active, and what it signed counts', async () => {
    running = 'L';
    pages = [[of(cas.first, 1), of(cas.first, 2)]];
    await desk().read();
    expect(roles()).toEqual({ first: 'active', second: 'standby' });
    expect(store.ca(cas.first.issuerId)?.signatures).toBe(2);
  });
});

describe('signatures of a CA that the service knows and these records do not', () => {
  let ca: SampleCa;
  let leaves: SampleLeaf[];
  const signatures = () => store.ca(ca.issuerId)?.signatures;
  beforeEach(async () => {
    ca = await newSampleCa(false);
    const { certificates, issuerId } = ca;
    chains = [{ ...certificates, issuerId, notBeforeMs: 0, practice: false }];
    recorder.commit('station', () => store.insertCa({ issuerId, name: 'main', role: 'active', limit: null }));
    leaves = [1, 2, 3].map((number) => ca.leaf(number));
    pages = [leaves.map(asHeld)];
  });

  function deviceOf({ facts }: SampleLeaf): { readonly deviceId: number; readonly deviceSerial: string } {
    const [deviceId, deviceSerial] = [store.insertDevice({ ...sampleDevice(1), hwid: facts.hwid ?? '' }), 'AQ-0001'];
    store.bindSerial('LOT-1', deviceId, deviceSerial);
    return { deviceId, deviceSerial };
  }

  test('count once, also where a board is adopted afterwards and the station is restored again', async () => {
    restore();
    await desk().read();
    expect(signatures()).toBe(3);
    const [leaf] = leaves;
    assert(leaf, 'three were signed');
    recorder.commit('station', (append, nowMs) => {
      const taken = { lotId: 'LOT-1', ...deviceOf(leaf), slot: '1', state: '{}', issuerId: ca.issuerId };
      adopt(store, append, nowMs, { ...taken, leaf: leaf.facts, transcriptSha256: null });
    });
    expect(signatures()).toBe(3);
    restore(3);
    asked = [];
    await desk().read();
    expect(signatures()).toBe(3);
  });

  test('count once where a reading was cut off and begins anew', async () => {
    restore();
    more = true;
    await expect(desk().read()).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE' });
    [more, asked] = [false, []];
    await desk().read();
    expect(signatures()).toBe(3);
  });

  test('count no more where its to-be-signed was counted before the backup', async () => {
    const [leaf] = leaves;
    assert(leaf, 'three were signed');
    const { spki, spkiSha256, tbs, certificateSerialNumber } = leaf.facts;
    recorder.commit('station', () => {
      const device = deviceOf(leaf);
      const jobId = store.insertJob(sampleJob(device.deviceId));
      store.insertKey({ spkiSha256, spki, deviceId: device.deviceId, jobId });
      const intended = { ...device, jobId, lotId: 'LOT-1', spkiSha256, tbs, certificateSerialNumber };
      store.insertCertificate({ ...intended, issuerId: ca.issuerId, state: 'intended' });
    });
    restore();
    await desk().read();
    expect(signatures()).toBe(3);
  });
});
