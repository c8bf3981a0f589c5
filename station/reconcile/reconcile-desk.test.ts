// Station and cloud compared over the real records: what is listed, what may be decided, and what a decision does.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newSampleCa, type SampleCa, type SampleLeaf } from '../../cloud/service-sample.ts';
import type { ReconcileRow } from '../../contract/reconcile-api.ts';
import type { HeldCertificate } from '../../contract/security-service/held.ts';
import { VoidEntry } from '../../contract/security-service/registration.ts';
import { sampleDevice, sampleJob, sampleLot, samplePassed } from '../../db/station-sample.ts';
import { type OpenStationStore, openStationStore, type StationStore } from '../../db/station-store.ts';
import { assert, KeylineError } from '../../domain/errors.ts';
import { systemClock } from '../clock.ts';
import { adoptPassed } from '../records/adoption.ts';
import { certificateLive, certificateVoid } from '../records/certificate-records.ts';
import { recordAnswers } from '../records/outbox-records.ts';
import { Recorder } from '../records/recorder.ts';
import { recordRestore } from '../records/restore-records.ts';
import { ReconcileDesk } from './reconcile-desk.ts';

const RECIPE = readFileSync(new URL('../../examples/aq-200/recipe.json', import.meta.url), 'utf8');

let dir: string;
let open: OpenStationStore;
let store: StationStore;
let recorder: Recorder;
let ca: SampleCa;
let retired: SampleCa;
let desk: ReconcileDesk;
let cloud: HeldCertificate[];
let pageSize: number;
let busyJob: number | null;
/** What happens here while the service's answer is put away. */
let closing: () => void;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-reconcile-'));
  open = openStationStore(join(dir, 'station.db'));
  store = open.store;
  recorder = new Recorder(store, systemClock);
  recorder.commit('station', () =>
    store.insertLot(sampleLot('L', { serialRange: 'AQ-0001..AQ-0500', quantity: 400, spare: 50, recipe: RECIPE })),
  );
  ca = await newSampleCa(true);
  [cloud, pageSize, busyJob, closing] = [[], 3, null, () => {}];
  retired = await newSampleCa(true);
  const chains = [ca, retired].map(({ certificates, issuerId }) => ({
    ...{ ...certificates, issuerId, notBeforeMs: 0, practice: true },
  }));
  desk = new ReconcileDesk({
    ...{ recorder, store, practice: true, chains, worksOn: (jobId) => jobId === busyJob },
    books: () => ({
      async held(after) {
        const rest = cloud
          .filter(({ fingerprint }) => fingerprint > (after ?? ''))
          .sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
        return { certificates: rest.slice(0, pageSize), more: rest.length > pageSize };
      },
      close: async () => closing(),
    }),
  });
});
afterEach(() => {
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

type State = 'signed' | 'live' | 'void';

/** The leaf on record here. */
function here(number: number, state: State, leaf = ca.leaf(number)): SampleLeaf {
  const { facts } = leaf;
  recorder.commit('station', (append) => {
    const device = { ...sampleDevice(number), hwid: facts.hwid ?? '', hardwareType: facts.hardwareType ?? '' };
    const deviceId = store.insertDevice(device);
    const jobId = store.insertJob(sampleJob(deviceId, 'L'));
    store.bindSerial('L', deviceId, facts.deviceSerial ?? '');
    store.insertKey({ spkiSha256: facts.spkiSha256, spki: facts.spki, deviceId, jobId });
    const certificateId = store.insertCertificate({
      ...{ deviceId, jobId, lotId: 'L', deviceSerial: facts.deviceSerial ?? '', spkiSha256: facts.spkiSha256 },
      ...{ issuerId: ca.issuerId, certificateSerialNumber: facts.certificateSerialNumber, tbs: facts.tbs },
      state: 'intended' as const,
    });
    store.setCertificateSigned(certificateId, facts.der, facts.fingerprint);
    const row = store.certificate(certificateId);
    const full = store.device(deviceId);
    if (!row || !full || state === 'signed') return;
    if (state === 'void') certificateVoid(store, append, row, 'LOCK_FAILED');
    else {
      store.setCertificateState(certificateId, 'installed', null);
      certificateLive(store, append, full, { ...row, state: 'installed' });
    }
    store.endJob(jobId, state === 'live' ? 'passed' : 'failed', state === 'live' ? null : 'LOCK_FAILED', 9);
  });
  return leaf;
}

function there(leaf: SampleLeaf, state: HeldCertificate['state'], says: Partial<HeldCertificate> = {}): void {
  const { facts } = leaf;
  cloud.push({
    ...{ fingerprint: facts.fingerprint, deviceSerial: facts.deviceSerial ?? '', hwid: facts.hwid ?? '' },
    ...{
      hardwareType: facts.hardwareType ?? '',
      spkiSha256: facts.spkiSha256,
      issuerId: leaf.register.issuerId,
      state,
    },
    ...{ voidReason: state === 'void' ? 'LOCK_FAILED' : null, certificate: leaf.register.certificate },
    ...says,
  });
}

function answer(how: 'accepted' | 'refused'): void {
  const ids = store.waiting(1000).map(({ id }) => id);
  recordAnswers(
    recorder,
    ids.map((id) => (how === 'accepted' ? { id, state: how } : { id, state: how, code: 'DEVICE_TAKEN' })),
  );
}

async function all(): Promise<ReconcileRow[]> {
  const rows: ReconcileRow[] = [];
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<ReconcileDesk['list']>> = await desk.list(after);
    rows.push(...page.rows);
    if (page.next === null) return rows;
    after = page.next;
  }
}

async function decide(leaf: SampleLeaf, decision: 'adopt' | 'void' | 'send-again', lotId: string | null = null) {
  return desk.decide('ann', { fingerprint: leaf.facts.fingerprint, decision, lotId });
}

const words = (rows: readonly ReconcileRow[]) =>
  rows.map(({ list, device, station, cloud: held, decisions }) => [list, device, station, held, decisions.join('/')]);

test('what is alike on both sides is not listed, nor what is still on its way', async () => {
  there(here(1, 'live'), 'registered');
  there(here(2, 'void'), 'void');
  here(3, 'signed');
  answer('accepted');
  here(4, 'live');
  here(5, 'void');
  expect(await all()).toEqual([]);
});

test('a certificate that the service lost is only here, and its entry can leave again', async () => {
  const leaf = here(1, 'live');
  answer('accepted');
  expect(words(await all())).toEqual([['here', 'locked', 'live', null, 'send-again/void']]);
  expect(await decide(leaf, 'send-again')).toMatchObject({ sent: 'waiting' });
  expect(store.waiting(5)).toMatchObject([{ kind: 'register', state: 'waiting' }]);
  expect(await all()).toEqual([]);
});

test('one that was refused can be sent again or made void, and its void leaves', async () => {
  const leaf = here(1, 'live');
  answer('refused');
  await decide(leaf, 'void');
  expect(store.certificateByFingerprint(leaf.facts.fingerprint)).toMatchObject({ state: 'void' });
  expect(store.waiting(5)).toMatchObject([{ kind: 'void' }]);
});

test('one that is void at the service and live here is different, and can only be void here', async () => {
  there(here(1, 'live'), 'void');
  answer('accepted');
  expect(words(await all())).toEqual([['different', 'locked', 'live', 'void', 'void']]);
});

test('one that is void here and still registered is different, and its void can leave again', async () => {
  const leaf = here(1, 'void');
  answer('accepted');
  there(leaf, 'registered');
  expect(words(await all())).toEqual([['different', 'unknown', 'void', 'registered', 'send-again']]);
  await decide(leaf, 'send-again');
  expect(store.waiting(5)).toMatchObject([{ kind: 'void' }]);
});

describe('a certificate that only the service knows', () => {
  test('is adopted into the lot of its serial, and counts there', async () => {
    const leaf = ca.leaf(7);
    there(leaf, 'registered');
    expect(words(await all())).toEqual([['cloud', 'unknown', null, 'registered', 'adopt/void']]);
    expect(await decide(leaf, 'adopt')).toMatchObject({ station: 'live', device: 'locked' });
    expect(store.lotTally('L')).toMatchObject({ passed: 1, signatures: 1 });
    expect(await all()).toEqual([]);
  });

  test('and is of a CA that signs nothing new any more is adopted under that one', async () => {
    const { issuerId } = retired;
    recorder.commit('station', () => store.insertCa({ issuerId, name: 'old', role: 'retired', limit: null }));
    const leaf = retired.leaf(7);
    there(leaf, 'registered');
    await decide(leaf, 'adopt');
    expect(store.certificateByFingerprint(leaf.facts.fingerprint)).toMatchObject({ state: 'live', issuerId });
  });

  test('is made void, and the service is told: nothing passed', async () => {
    const leaf = ca.leaf(7);
    there(leaf, 'registered');
    expect(await decide(leaf, 'void')).toMatchObject({ station: 'void', decisions: [] });
    expect(store.waiting(5).map(({ kind }) => kind)).toEqual(['void']);
    expect(store.lotTally('L')).toMatchObject({ passed: 0, aborted: 1, running: 0, signatures: 1 });
    expect(store.counts()).toMatchObject({ made: 0, voidsWaiting: 1 });
    expect(await all()).toEqual([]);
  });

  test('is made void also where its lot is full, and is not adopted there', async () => {
    const full = { serialRange: 'FU-0001..FU-0500', quantity: 1, spare: 0, recipe: RECIPE };
    recorder.commit('station', () => {
      store.insertLot(sampleLot('FULL', full));
      samplePassed(store, 99, 'FULL');
    });
    const leaf = ca.leaf(7, { deviceSerial: 'FU-0007' });
    there(leaf, 'registered');
    await expect(decide(leaf, 'adopt')).rejects.toMatchObject({ code: 'QUOTA_REACHED' });
    await decide(leaf, 'void');
    expect(store.certificateByFingerprint(leaf.facts.fingerprint)).toMatchObject({ state: 'void', lotId: 'FULL' });
    expect(store.lotTally('FULL')).toMatchObject({ passed: 1 });
  });

  test('and whose serial is of no lot needs a lot to be named', async () => {
    const leaf = ca.leaf(7, { deviceSerial: 'LOST-7' });
    there(leaf, 'registered');
    await expect(decide(leaf, 'adopt')).rejects.toMatchObject({ code: 'LOT_UNKNOWN' });
    await decide(leaf, 'adopt', 'L');
    expect(store.lotTally('L')).toMatchObject({ signatures: 1 });
  });

  test('and stands for a board that has another here can be looked at, and nothing else', async () => {
    const other = here(1, 'live');
    there(other, 'registered');
    there(ca.leaf(2, { hwid: other.facts.hwid ?? '' }), 'registered');
    answer('accepted');
    expect(words(await all())).toEqual([['cloud', 'unknown', null, 'registered', '']]);
  });

  test.each<[string, Partial<HeldCertificate>]>([
    ['another hardware id', { hwid: 'eeeeeeeeeeee' }],
    ['another kind of hardware', { hardwareType: '1.2.3' }],
    ['another serial', { deviceSerial: 'AQ-0400' }],
    ['another key', { spkiSha256: '0'.repeat(64) }],
  ])('and holds other than the service says, %s, can be looked at, and nothing else', async (_, says) => {
    const leaf = ca.leaf(7);
    there(leaf, 'registered', says);
    expect((await all()).map(({ decisions }) => decisions)).toEqual([[]]);
    await expect(decide(leaf, 'adopt')).rejects.toMatchObject({ code: 'ROW_CHANGED' });
  });

  test('and is said to be of another CA, of the station or not, can be looked at, and nothing else', async () => {
    there(ca.leaf(7), 'registered', { issuerId: retired.issuerId });
    there(ca.leaf(8), 'registered', { issuerId: '0'.repeat(64) });
    expect((await all()).map(({ decisions }) => decisions)).toEqual([[], []]);
  });

  test('and was signed by another CA can be looked at, and nothing else', async () => {
    there((await newSampleCa(true)).leaf(7), 'registered');
    expect((await all()).map(({ decisions }) => decisions)).toEqual([[]]);
  });
});

describe('a board that was in work in the backup, and passed after it', () => {
  /** At its key, or at its to-be-signed; then the station is restored. */
  function restoredAt(stage: 'key' | 'to-be-signed', { facts }: SampleLeaf): number {
    const deviceId = recorder.commit('station', (append) => {
      store.insertStation({ stationId: 'KL-1', practice: true, epoch: 1, createdMs: 1 });
      append('station-created', {});
      const deviceId = store.insertDevice({ ...sampleDevice(1), hwid: facts.hwid ?? '' });
      const jobId = store.insertJob(sampleJob(deviceId, 'L'));
      const { deviceSerial, spkiSha256, spki, certificateSerialNumber, tbs } = facts;
      assert(deviceSerial, 'a leaf of a board');
      store.reserveSerial('L', deviceId, deviceSerial);
      store.insertKey({ spkiSha256, spki, deviceId, jobId });
      const intended = { deviceId, jobId, lotId: 'L', deviceSerial, spkiSha256, certificateSerialNumber, tbs };
      if (stage === 'to-be-signed')
        store.insertCertificate({ ...intended, issuerId: ca.issuerId, state: 'intended' as const });
      return deviceId;
    });
    const { seq, hash } = store.chainHead();
    recordRestore(recorder, { actorId: 'ann', epoch: 2, backupSeq: seq, backupHead: hash, freshRange: null });
    return deviceId;
  }

  test('is adopted with the key that it had made then', async () => {
    const leaf = ca.leaf(1);
    const deviceId = restoredAt('key', leaf);
    there(leaf, 'registered');
    expect(words(await all())).toEqual([['cloud', 'unknown', null, 'registered', 'adopt/void']]);
    expect(await decide(leaf, 'adopt')).toMatchObject({ station: 'live' });
    expect(store.standingCertificate(deviceId)).toMatchObject({ fingerprint: leaf.facts.fingerprint, state: 'live' });
    expect(store.keyOwner(leaf.facts.spkiSha256)).toBe(deviceId);
  });

  test('is not adopted under the key of another board', async () => {
    const leaf = ca.leaf(1);
    restoredAt('key', leaf);
    there(ca.leaf(2, { key: leaf.key }), 'registered');
    expect(words(await all())).toEqual([['cloud', 'unknown', null, 'registered', '']]);
  });

  test('and is void here by its to-be-signed is made void at the service, once', async () => {
    const leaf = ca.leaf(1);
    restoredAt('to-be-signed', leaf);
    there(leaf, 'registered');
    expect(words(await all())).toEqual([['different', 'unknown', 'void', 'registered', 'void']]);
    expect(await decide(leaf, 'void')).toMatchObject({ station: 'void', sent: 'waiting' });
    expect(await all()).toEqual([]);
    const { fingerprint, der } = leaf.facts;
    const left = store.waiting(5).map(({ payload }) => VoidEntry.parse(JSON.parse(payload)));
    const certificate = Buffer.from(der).toString('base64');
    expect(left).toMatchObject([{ fingerprint, certificate, issuerId: ca.issuerId, kind: 'void' }]);
    answer('refused');
    expect(words(await all())).toEqual([['different', 'unknown', 'void', 'registered', 'send-again']]);
    expect(store.refusedAfter(0, 5)).toMatchObject([{ kind: 'void', fingerprint }]);
    await decide(leaf, 'send-again');
    expect(store.waiting(5)).toHaveLength(1);
    expect(store.certificateOfKey(leaf.facts.spkiSha256)).toMatchObject({ state: 'void', certificate: null });
  });
});

test('a board in work that the service has registered is adopted, or written off', async () => {
  const [first, second] = [here(1, 'signed'), here(2, 'signed')];
  there(first, 'registered');
  there(second, 'registered');
  expect((await all()).map(({ decisions }) => decisions)).toEqual([
    ['adopt', 'void'],
    ['adopt', 'void'],
  ]);
  expect(await decide(first, 'adopt')).toMatchObject({ station: 'live' });
  expect(await decide(second, 'void')).toMatchObject({ station: 'void' });
});

test('what a void leaves is whole: the decision with the end of the job, whose word it is', async () => {
  const leaf = here(1, 'signed');
  there(leaf, 'registered');
  const { jobId = 0 } = store.certificateByFingerprint(leaf.facts.fingerprint) ?? {};
  const endJob = vi.spyOn(store, 'endJob').mockImplementationOnce(() => {
    throw new KeylineError('DISK_FULL');
  });
  await expect(decide(leaf, 'void')).rejects.toMatchObject({ code: 'DISK_FULL' });
  endJob.mockRestore();
  expect(store.eventsBefore(1_000, 50).map(({ type }) => type)).not.toContain('row-decided');
  await decide(leaf, 'void');
  expect(store.job(jobId)).toMatchObject({ outcome: 'aborted', code: 'WRITTEN_OFF' });
  const said = store.eventsBefore(1_000, 50).filter(({ actorId }) => actorId === 'ann');
  expect(said.map(({ type }) => type).sort()).toEqual(['certificate-voided', 'job-aborted', 'row-decided']);
});

test.each(['adopt', 'void'] as const)(
  'a board that passes while the service is asked is not decided: %s',
  async (what) => {
    const leaf = here(1, 'signed');
    there(leaf, 'registered');
    closing = () => {
      closing = () => {};
      const row = store.certificateByFingerprint(leaf.facts.fingerprint);
      if (row) recorder.commit('station', (append) => adoptPassed(store, append, 9, row, null));
    };
    await expect(decide(leaf, what)).rejects.toMatchObject({ code: 'ROW_CHANGED' });
    expect(store.certificateByFingerprint(leaf.facts.fingerprint)).toMatchObject({ state: 'live' });
    expect(store.eventsBefore(1_000, 50).map(({ type }) => type)).not.toContain('row-decided');
  },
);

test('nothing is decided about a board that a slot works on', async () => {
  const leaf = here(1, 'signed');
  there(leaf, 'registered');
  busyJob = store.certificateByFingerprint(leaf.facts.fingerprint)?.jobId ?? null;
  await expect(decide(leaf, 'void')).rejects.toMatchObject({ code: 'DEVICE_IN_WORK' });
  busyJob = null;
  expect(await decide(leaf, 'void')).toMatchObject({ station: 'void' });
});

test('a decision for a row that is not so any more is refused', async () => {
  const leaf = here(1, 'live');
  answer('accepted');
  there(leaf, 'registered');
  await expect(decide(leaf, 'send-again')).rejects.toMatchObject({ code: 'ROW_CHANGED' });
  await expect(desk.compare('0'.repeat(64))).rejects.toMatchObject({ code: 'ROW_CHANGED' });
  expect(await desk.compare(leaf.facts.fingerprint)).toMatchObject({ station: 'live', cloud: 'registered' });
});

test('however the pages fall, each certificate of either side is compared once', async () => {
  const leaves = Array.from({ length: 24 }, (_, i) => ca.leaf(i + 1));
  const onlyHere = leaves.filter((_, i) => i % 3 === 0).map((leaf, i) => here(3 * i + 1, 'live', leaf));
  answer('accepted');
  const onlyThere = leaves.filter((_, i) => i % 3 !== 0);
  for (const leaf of onlyThere) there(leaf, 'registered');
  const expected = [...onlyHere, ...onlyThere].map(({ facts }) => facts.fingerprint).sort();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (size) => {
      pageSize = size;
      expect((await all()).map(({ fingerprint }) => fingerprint)).toEqual(expected);
    }),
    { numRuns: 10 },
  );
});
