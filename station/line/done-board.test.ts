// A board that passed and comes again: what it signs of itself is held against the recipe of its own lot (CERTAINTY.md,
// Plug-in: passed x locked).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newSampleCa, type SampleCa, type SampleLeaf } from '../../cloud/service-sample.ts';
import { sampleLot } from '../../db/station-sample.ts';
import { type OpenStationStore, openStationStore, type StationStore } from '../../db/station-store.ts';
import { KeylineError } from '../../domain/errors.ts';
import { Recipe } from '../../domain/recipe.ts';
import { systemClock } from '../clock.ts';
import type { DeviceDriver, IdentityBoard, Proof } from '../drivers/driver.ts';
import { JobRecords } from '../records/job-records.ts';
import { Recorder } from '../records/recorder.ts';
import { adoptBoard } from './adoption.ts';
import { type Answer, type IntakeParts, takeIn } from './intake.ts';
import { JobsInWork } from './jobs-in-work.ts';

const hex = (number: number) => number.toString(16).padStart(64, '0');
const recipe = (debug: boolean) =>
  Recipe.parse({
    ...{ keyline: 1, name: 'aq-200', version: '1.0.0', model: 'AQ-200', hardwareRevisions: ['C'], keyMode: 'on-chip' },
    firmware: { version: '1.4.2', file: 'image.bin', sha256: hex(1), imageHash: hex(2) },
    certificate: { organization: 'Example', hardwareType: '1.3.6.1.4.1.32473.1', notAfter: 'never' },
    lock: { debug, allowGroups: [] },
  });

let dir: string;
let open: OpenStationStore;
let store: StationStore;
let recorder: Recorder;
let ca: SampleCa;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-intake-'));
  open = openStationStore(join(dir, 'station.db'));
  store = open.store;
  recorder = new Recorder(store, systemClock);
  ca = await newSampleCa(true);
});
afterEach(() => {
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

function boardOf({ facts }: SampleLeaf): IdentityBoard {
  return {
    ...{ kind: 'identity', hwid: facts.hwid ?? '', model: 'AQ-200', revision: 'C', firmwareVersion: '1.4.2' },
    ...{ firmware: { activeHash: hex(2), confirmed: true }, life: 'locked', locking: false },
    ...{ canGenerate: true, canInject: false, canAttest: false, takesPsk: false, debugOpen: false },
    ...{ deviceSerial: null, spkiSha256: facts.spkiSha256, leafSha256: facts.fingerprint, simulated: true },
  };
}

function proving({ facts }: SampleLeaf, change: Partial<Proof> | 'nothing' = {}): DeviceDriver {
  const proof: Proof = {
    ...{ hwid: facts.hwid ?? '', life: 'locked', debugOpen: false, firmwareHash: hex(2) },
    ...{ spkiSha256: facts.spkiSha256, leafSha256: facts.fingerprint, chainSha256: hex(3), anchorSha256: hex(4) },
    ...{ transcriptSha256: hex(7), ...(change !== 'nothing' && change) },
  };
  const never = () => Promise.reject(new Error('nothing is written to a board that is done'));
  return {
    ...{ identify: never, loadFirmware: never, confirmFirmware: never, restart: never, makeKey: never, install: never },
    ...{ openInjection: never, injectKey: never, readRequest: never, readItem: never, readLockPlan: never },
    ...{ lock: never, openGroups: never, async close() {} },
    prove: async () => {
      if (change === 'nothing') throw new KeylineError('PROOF_FAILED');
      return proof;
    },
  };
}

/** The lot that it passed in shuts the debug port, or not; the one that runs now says the contrary. */
async function comesAgain(shutsDebug: boolean, change: Partial<Proof> | 'nothing'): Promise<Answer> {
  recorder.commit('station', () => {
    const size = { quantity: 2, spare: 1 } as const;
    const old = { serialRange: 'AQ-0001..AQ-0012', recipe: JSON.stringify(recipe(shutsDebug)), ...size };
    store.insertLot(sampleLot('OLD', { state: 'held', ...old }));
    store.insertLot(sampleLot('NOW', { state: 'released', serialRange: 'NEW-0001..NEW-0012', ...size }));
  });
  const context = { imageHash: hex(2), cableGuard: null, chainSha256: hex(3), anchorSha256: hex(4) };
  const parts: IntakeParts = {
    ...{ lotId: 'NOW', recipe: recipe(!shutsDebug), recorder, records: new JobRecords(recorder) },
    ...{ chains: [], inWork: new JobsInWork() },
    contextUnder: () => ({ ...context, lockDebug: true, allowGroups: [] }),
  };
  const leaf = ca.leaf(5);
  const { facts } = leaf;
  const driver = proving(leaf);
  const jobId = await adoptBoard(parts, '1', boardOf(leaf), { driver, leaf: facts, issuerId: ca.issuerId });
  expect(store.job(jobId ?? 0)).toMatchObject({ lotId: 'OLD', outcome: 'passed' });
  const look = { board: boardOf(leaf), driver: proving(leaf, change), sinceMs: 0, leave: false };
  const intake = await takeIn(parts, '2', look);
  if (!('answer' in intake)) throw new Error('a board that passed gets no job');
  return intake.answer;
}

const certificate = () => store.certificate(1);

test.each<[string, Partial<Proof>]>([
  ['as it passed', {}],
  ['with firmware that was renewed in the field', { firmwareHash: hex(9) }],
])('a board that comes again %s is done already, and has no job', async (_, change) => {
  expect(await comesAgain(true, change)).toEqual({ jobId: null, outcome: null, code: 'ALREADY_DONE' });
  expect(certificate()).toMatchObject({ state: 'live' });
});

test.each<[string, Partial<Proof>]>([
  ['an open debug port', { debugOpen: true }],
  ['a state that is not locked', { life: 'enrolled' }],
])('a board that signs %s has lost its lock, and its certificate is void', async (_, change) => {
  expect(await comesAgain(true, change)).toMatchObject({ outcome: 'failed', code: 'LOCK_LOST' });
  expect(certificate()).toMatchObject({ state: 'void', reason: 'LOCK_LOST' });
});

test('a debug port that its own lot left open says nothing, whatever the lot that runs wants', async () => {
  expect(await comesAgain(false, { debugOpen: true })).toMatchObject({ code: 'ALREADY_DONE' });
});

test.each<[string, Partial<Proof> | 'nothing']>([
  ['does not hold the key', 'nothing'],
  ['signs another hardware id', { hwid: 'ffeeddccbbaa', debugOpen: true }],
  ['signs another certificate', { leafSha256: hex(9) }],
])('a board that %s is a copy: kept apart, and the certificate stands', async (_, change) => {
  expect(await comesAgain(true, change)).toMatchObject({ code: 'DUPLICATE_HWID' });
  expect(certificate()).toMatchObject({ state: 'live' });
});
