// Which unknown locked boards are recovered, into which lot, and which are told instead (CERTAINTY.md: none x locked).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newSampleCa, type SampleCa, type SampleLeaf } from '../../cloud/service-sample.ts';
import { sampleDevice, sampleIntended, sampleJob, sampleLot, samplePassed } from '../../db/station-sample.ts';
import { type OpenStationStore, openStationStore, type StationStore } from '../../db/station-store.ts';
import { KeylineError } from '../../domain/errors.ts';
import { Recipe } from '../../domain/recipe.ts';
import { systemClock } from '../clock.ts';
import type { DeviceDriver, IdentityBoard, Proof } from '../drivers/driver.ts';
import { JobRecords } from '../records/job-records.ts';
import { Recorder } from '../records/recorder.ts';
import { type AdoptionParts, adoptBoard } from './adoption.ts';
import { takeIn } from './intake.ts';
import { JobsInWork } from './jobs-in-work.ts';

const hex = (number: number) => number.toString(16).padStart(64, '0');
const RECIPE = Recipe.parse({
  ...{ keyline: 1, name: 'aq-200', version: '1.0.0', model: 'AQ-200', hardwareRevisions: ['C'], keyMode: 'on-chip' },
  firmware: { version: '1.4.2', file: 'image.bin', sha256: hex(1), imageHash: hex(2) },
  certificate: { organization: 'Example', hardwareType: '1.3.6.1.4.1.32473.1', notAfter: 'never' },
  lock: { debug: true, allowGroups: [] },
});
const CONTEXT = {
  ...{
    imageHash: hex(2),
    cableGuard: null,
    chainSha256: hex(3),
    anchorSha256: hex(4),
    lockDebug: true,
    allowGroups: [],
  },
};

let dir: string;
let open: OpenStationStore;
let store: StationStore;
let recorder: Recorder;
let ca: SampleCa;
let parts: AdoptionParts;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-adopt-'));
  open = openStationStore(join(dir, 'station.db'));
  store = open.store;
  recorder = new Recorder(store, systemClock);
  recorder.commit('station', () => {
    store.insertLot(sampleLot('OLD', { state: 'held', serialRange: 'AQ-0001..AQ-0012', quantity: 2, spare: 1 }));
    store.insertLot(sampleLot('NOW', { state: 'released', serialRange: 'NEW-0001..NEW-0012', quantity: 2, spare: 1 }));
  });
  ca = await newSampleCa(true);
  parts = { lotId: 'NOW', recipe: RECIPE, contextUnder: () => CONTEXT, recorder, records: new JobRecords(recorder) };
});
afterEach(() => {
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

function boardOf({ facts }: SampleLeaf): IdentityBoard {
  return {
    ...{ kind: 'identity', hwid: facts.hwid ?? '', model: 'AQ-200', revision: 'C', firmwareVersion: '1.4.2' },
    firmware: { activeHash: hex(2), confirmed: true },
    ...{
      life: 'locked',
      locking: false,
      canGenerate: true,
      canInject: false,
      canAttest: false,
      takesPsk: false,
      debugOpen: false,
    },
    ...{ deviceSerial: null, spkiSha256: facts.spkiSha256, leafSha256: facts.fingerprint, simulated: true },
  };
}

function proving({ facts }: SampleLeaf, change: Partial<Proof> = {}): DeviceDriver {
  const proof: Proof = {
    ...{ hwid: facts.hwid ?? '', life: 'locked', debugOpen: false, firmwareHash: hex(2) },
    ...{ spkiSha256: facts.spkiSha256, leafSha256: facts.fingerprint, chainSha256: hex(3), anchorSha256: hex(4) },
    transcriptSha256: hex(7),
    ...change,
  };
  const never = () => Promise.reject(new Error('nothing is written to a board that is recovered'));
  return {
    ...{ identify: never, loadFirmware: never, confirmFirmware: never, restart: never, makeKey: never, install: never },
    ...{ openInjection: never, injectKey: never },
    ...{ readRequest: never, readItem: never, readLockPlan: never, lock: never, openGroups: never },
    prove: async () => proof,
    async close() {},
  };
}

function adopt(leaf: SampleLeaf, driver = proving(leaf), board = boardOf(leaf)): Promise<number | null> {
  return adoptBoard(parts, '3', board, { driver, leaf: leaf.facts, issuerId: ca.issuerId });
}

test('a board of a lot on record counts as signed and passed there, and its registration waits', async () => {
  const leaf = ca.leaf(5);
  const jobId = await adopt(leaf);
  expect(store.job(jobId ?? 0)).toMatchObject({ lotId: 'OLD', slot: '3', outcome: 'passed', code: null });
  expect(store.certificateByFingerprint(leaf.facts.fingerprint)).toMatchObject({
    ...{ state: 'live', deviceSerial: 'AQ-0005', tbs: new Uint8Array(leaf.facts.tbs) },
  });
  expect(store.lotTally('OLD')).toMatchObject({ passed: 1, signatures: 1 });
  expect(store.lot('OLD')).toMatchObject({ serialsTaken: 0 });
  const [waiting] = store.waiting(5);
  expect(JSON.parse(waiting?.payload ?? '')).toMatchObject({ kind: 'register', deviceSerial: 'AQ-0005', lotId: 'OLD' });
});

test('a board of a lot that is not on record counts in the lot that runs', async () => {
  const leaf = ca.leaf(5, { deviceSerial: 'LOST-0005' });
  expect(store.job((await adopt(leaf)) ?? 0)).toMatchObject({ lotId: 'NOW' });
  expect(store.lotTally('NOW')).toMatchObject({ passed: 1, signatures: 1 });
});

test.each(['standby', 'retired'] as const)(
  'a board of a CA that is %s is recovered under that CA, and counts there',
  async (role) => {
    const { issuerId } = ca;
    recorder.commit('station', () => store.insertCa({ issuerId, name: 'other', role, limit: null }));
    const leaf = ca.leaf(5);
    expect(await adopt(leaf)).not.toBeNull();
    expect(store.certificateByFingerprint(leaf.facts.fingerprint)).toMatchObject({ state: 'live', issuerId });
    expect(store.ca(issuerId)).toMatchObject({ role, signatures: 1 });
  },
);

/** Another board with the same hardware id has come into slot 1, and its job has begun. */
function overtake({ facts }: SampleLeaf): number {
  const device = { hardwareType: RECIPE.certificate.hardwareType, hwid: facts.hwid ?? '', model: 'AQ-200' };
  return parts.records.open({
    ...{ lotId: 'NOW', slot: '1', device: { ...device, revision: 'C', simulated: true }, state: '{}' },
  });
}

test('a board whose hardware id another one works under meanwhile is not adopted', async () => {
  const leaf = ca.leaf(5);
  const driver = proving(leaf);
  const prove = (spki: Uint8Array) => {
    overtake(leaf);
    return driver.prove(spki);
  };
  expect(await adopt(leaf, { ...driver, prove })).toBeNull();
  expect(store.certificateByFingerprint(leaf.facts.fingerprint)).toBeNull();
});

test.each([
  ['works', true],
  ['begins and waits', false],
])(
  'a board that is asked what it holds while another one %s under its hardware id is a copy, and counts against neither',
  async (_, works) => {
    const leaf = ca.leaf(5);
    const inWork = new JobsInWork();
    let other = 0;
    const readItem = async () => {
      other = overtake(leaf);
      if (works) inWork.claim(other);
      return leaf.facts.der;
    };
    const look = { board: boardOf(leaf), driver: { ...proving(leaf), readItem }, sinceMs: 0, leave: false };
    const intake = await takeIn({ ...parts, chains: [], inWork }, '2', look);
    expect(intake).toMatchObject({ answer: { code: 'DUPLICATE_HWID' } });
    expect(store.job(other)).toMatchObject({ outcome: null });
    const ended = 'answer' in intake ? store.job(intake.answer.jobId ?? 0) : null;
    expect(ended).toMatchObject({ deviceId: null, code: 'DUPLICATE_HWID' });
  },
);

/** Plugged into slot 2, with its CA among the station's. */
function plugIn(leaf: SampleLeaf, change: Partial<DeviceDriver> = {}) {
  const driver = { ...proving(leaf), readItem: async () => leaf.facts.der, ...change };
  const { root, intermediates } = ca.certificates;
  const chains = [{ root, intermediates, issuerId: ca.issuerId, notBeforeMs: 0, practice: true }];
  const look = { board: boardOf(leaf), driver, sinceMs: 0, leave: false };
  return takeIn({ ...parts, chains, inWork: new JobsInWork() }, '2', look);
}

const voidAtService = ({ facts }: SampleLeaf) =>
  recorder.commit('station', () => store.insertVoidAtService(facts.fingerprint));

test('a board that proves itself is recovered where it is plugged in, but not one that the service said is void', async () => {
  const [good, gone] = [ca.leaf(5), ca.leaf(6)];
  voidAtService(gone);
  expect(await plugIn(good)).toMatchObject({ answer: { outcome: 'passed', code: null } });
  expect(await plugIn(gone)).toMatchObject({ answer: { outcome: 'aborted', code: 'BOARD_VOID' } });
  expect(store.certificateByFingerprint(gone.facts.fingerprint)).toBeNull();
});

test('a board of which the service says so while it proves itself is not recovered', async () => {
  const leaf = ca.leaf(5);
  const { prove } = proving(leaf);
  const meanwhile = (spki: Uint8Array) => {
    voidAtService(leaf);
    return prove(spki);
  };
  expect(await plugIn(leaf, { prove: meanwhile })).toMatchObject({ answer: { code: 'UNRECORDED_IDENTITY' } });
  expect(await plugIn(leaf)).toMatchObject({ answer: { code: 'BOARD_VOID' } });
  expect(store.certificateByFingerprint(leaf.facts.fingerprint)).toBeNull();
});

test('a board is measured against the chain of its own CA', async () => {
  const leaf = ca.leaf(5);
  const asked: string[] = [];
  const contextUnder = (issuerId: string) => {
    asked.push(issuerId);
    return { ...CONTEXT, chainSha256: hex(33) };
  };
  parts = { ...parts, contextUnder };
  expect(await adopt(leaf)).toBeNull();
  expect(await adopt(leaf, proving(leaf, { chainSha256: hex(33) }))).not.toBeNull();
  expect(asked).toEqual([ca.issuerId, ca.issuerId]);
});

test('a second look at the same board finds its record', async () => {
  const leaf = ca.leaf(5);
  await adopt(leaf);
  expect(store.deviceByHwid(RECIPE.certificate.hardwareType, leaf.facts.hwid ?? '')).toMatchObject({
    deviceSerial: 'AQ-0005',
  });
  expect(await adopt(leaf)).toBeNull();
});

/** Its job made the key and is over, as where the station was restored from a backup of that moment. */
function keyOnRecord({ facts }: SampleLeaf, hwid = facts.hwid ?? ''): void {
  recorder.commit('station', () => {
    const deviceId = store.insertDevice({ ...sampleDevice(5), hwid });
    const jobId = store.insertJob(sampleJob(deviceId, 'OLD'));
    store.reserveSerial('OLD', deviceId, 'AQ-0005');
    store.insertKey({ spkiSha256: facts.spkiSha256, spki: facts.spki, deviceId, jobId });
  });
  for (const { jobId } of store.runningJobs()) parts.records.writeOff(jobId);
}

test('a board whose key alone is on record, its own, is recovered', async () => {
  const leaf = ca.leaf(5);
  keyOnRecord(leaf);
  expect(await plugIn(leaf)).toMatchObject({ answer: { outcome: 'passed', code: null } });
  expect(store.certificateByFingerprint(leaf.facts.fingerprint)).toMatchObject({ state: 'live' });
});

test('a board with the key of another board is not recovered', async () => {
  const leaf = ca.leaf(5);
  keyOnRecord(leaf, '112233445566');
  expect(await plugIn(leaf)).toMatchObject({ answer: { code: 'UNRECORDED_IDENTITY' } });
});

test.each<[string, Partial<Proof>]>([
  ['another hardware id', { hwid: 'ffeeddccbbaa' }],
  ['another key', { spkiSha256: hex(9) }],
  ['another leaf', { leafSha256: hex(9) }],
  ['another chain', { chainSha256: hex(9) }],
  ['another anchor', { anchorSha256: hex(9) }],
  ['a state that is not locked', { life: 'enrolled' }],
  ['an open debug port', { debugOpen: true }],
  ['other firmware', { firmwareHash: hex(9) }],
])('a board that proves %s is not recovered', async (_, change) => {
  const leaf = ca.leaf(5);
  expect(await adopt(leaf, proving(leaf, change))).toBeNull();
  expect(store.lotTally('OLD').signatures).toBe(0);
});

test('a board that cannot prove anything is not recovered, and one that falls silent is asked again', async () => {
  const leaf = ca.leaf(5);
  const failing = (code: 'PROOF_FAILED' | 'NO_ANSWER') => ({
    ...proving(leaf),
    prove: () => Promise.reject(new KeylineError(code)),
  });
  expect(await adopt(leaf, failing('PROOF_FAILED'))).toBeNull();
  await expect(adopt(leaf, failing('NO_ANSWER'))).rejects.toMatchObject({ code: 'NO_ANSWER' });
});

test('a leaf for another board or another kind of hardware recovers none', async () => {
  const leaf = ca.leaf(5);
  expect(await adopt(leaf, proving(leaf), { ...boardOf(leaf), hwid: '112233445566' })).toBeNull();
  const certificate = { ...RECIPE.certificate, hardwareType: '1.2.3' };
  parts = { ...parts, recipe: { ...RECIPE, certificate } };
  expect(await adopt(leaf)).toBeNull();
});

test('a serial that another board has here is not given twice', async () => {
  recorder.commit('station', () => {
    const deviceId = store.insertDevice(sampleDevice(77));
    store.insertJob(sampleJob(deviceId, 'OLD'));
    store.reserveSerial('OLD', deviceId, 'AQ-0005');
  });
  expect(await adopt(ca.leaf(5))).toBeNull();
});

test('a serial that was free again here goes to the board that has it', async () => {
  recorder.commit('station', () => {
    const deviceId = store.insertDevice(sampleDevice(77));
    store.reserveSerial('OLD', deviceId, 'AQ-0005');
    store.freeSerial(deviceId);
  });
  expect(await adopt(ca.leaf(5))).not.toBeNull();
  expect(store.lot('OLD')).toMatchObject({ serialsTaken: 1 });
});

test('a lot whose signatures are used, or kept for boards in work, recovers none', async () => {
  recorder.commit('station', () => {
    samplePassed(store, 1, 'OLD');
    sampleIntended(store, 2, 'OLD');
  });
  expect(await adopt(ca.leaf(5))).toBeNull();
});

test('a void certificate that was live is named as the one that the next replaces', () => {
  const { deviceId, certificateId } = recorder.commit('station', () => samplePassed(store, 1, 'OLD'));
  expect(store.lastReplaced(deviceId)).toBeNull();
  recorder.commit('station', () => store.setCertificateState(certificateId, 'void', 'LOCK_LOST'));
  expect(store.lastReplaced(deviceId)).toBe(store.certificate(certificateId)?.fingerprint);
});
