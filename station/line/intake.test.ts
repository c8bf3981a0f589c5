// What a board that was plugged in may do to the record of the one that it says it is (CERTAINTY.md, Plug-in).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digest, sampleDevice, sampleIntended, sampleLot, samplePassed } from '../../db/station-sample.ts';
import { type OpenStationStore, openStationStore, type StationStore } from '../../db/station-store.ts';
import { KeylineError } from '../../domain/errors.ts';
import { Recipe } from '../../domain/recipe.ts';
import { systemClock } from '../clock.ts';
import type { DeviceDriver, IdentityBoard, Proof } from '../drivers/driver.ts';
import { NO_FACTS } from '../job/job-state.ts';
import { JobRecords } from '../records/job-records.ts';
import { Recorder } from '../records/recorder.ts';
import { type IntakeParts, takeIn } from './intake.ts';
import { JobsInWork } from './jobs-in-work.ts';

const RECIPE = Recipe.parse({
  ...{ keyline: 1, name: 'sensor', version: '1.0.0', model: 'sensor', hardwareRevisions: ['A'], keyMode: 'on-chip' },
  firmware: { version: '1.4.2', file: 'image.bin', sha256: digest(1), imageHash: digest(2) },
  certificate: { organization: 'Example', hardwareType: sampleDevice(1).hardwareType, notAfter: 'never' },
  lock: { debug: true, allowGroups: [] },
});
const LEAF = digest(1_000_001);
const { hwid } = sampleDevice(1);

let dir: string;
let open: OpenStationStore;
let store: StationStore;
let parts: IntakeParts;
let passed: ReturnType<typeof samplePassed>;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-intake-'));
  open = openStationStore(join(dir, 'station.db'));
  store = open.store;
  const recorder = new Recorder(store, systemClock);
  passed = recorder.commit('station', () => {
    store.insertLot(sampleLot('LOT-1', { state: 'released' }));
    return samplePassed(store, 1);
  });
  const contextUnder = () => {
    throw new Error('nothing is adopted here');
  };
  parts = {
    ...{ lotId: 'LOT-1', recipe: RECIPE, contextUnder, recorder, records: new JobRecords(recorder) },
    ...{ chains: [], inWork: new JobsInWork() },
  };
});
afterEach(() => {
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Says what anybody can read in the passed board's certificate. */
function claimed(life: 'enrolled' | 'locked'): IdentityBoard {
  return {
    ...{ kind: 'identity', hwid, model: 'sensor', revision: 'A', firmwareVersion: '1.4.2', life, locking: false },
    firmware: { activeHash: digest(2), confirmed: true },
    ...{ canGenerate: true, canInject: false, takesPsk: false, canAttest: false, debugOpen: true },
    ...{ deviceSerial: null, spkiSha256: digest(1), leafSha256: LEAF, simulated: false },
  };
}

function proving(life: Proof['life'], change: Partial<Proof> = {}): DeviceDriver['prove'] {
  return async () => ({
    ...{ hwid, life, debugOpen: true, firmwareHash: digest(2), spkiSha256: digest(1), leafSha256: LEAF },
    ...{ chainSha256: digest(3), anchorSha256: digest(4), transcriptSha256: digest(5) },
    ...change,
  });
}

async function comes(board: IdentityBoard, prove: DeviceDriver['prove']) {
  const never = () => Promise.reject(new Error('nothing is asked of it but a proof'));
  const driver: DeviceDriver = {
    ...{ identify: never, loadFirmware: never, confirmFirmware: never, restart: never, makeKey: never, install: never },
    ...{ openInjection: never, injectKey: never },
    ...{ readRequest: never, readItem: never, readLockPlan: never, lock: never, openGroups: never },
    ...{ prove, close: async () => {} },
  };
  return takeIn(parts, '2', { board, driver, sinceMs: 0, leave: false });
}

function voidEntries(): number {
  return store.waiting(10).filter(({ kind }) => kind === 'void').length;
}

describe('a board that says it is a passed one, and open', () => {
  test('and proves that with the key on record has lost its lock: its certificate is void', async () => {
    expect(await comes(claimed('enrolled'), proving('enrolled'))).toMatchObject({
      answer: { outcome: 'failed', code: 'LOCK_LOST' },
    });
    expect(store.certificate(passed.certificateId)).toMatchObject({ state: 'void', reason: 'LOCK_LOST' });
    expect(voidEntries()).toBe(1);
  });

  test.each<[string, DeviceDriver['prove']]>([
    ['has not the key', () => Promise.reject(new KeylineError('PROOF_FAILED'))],
    ['proves another hardware id', proving('enrolled', { hwid: sampleDevice(2).hwid })],
    ['proves another leaf', proving('enrolled', { leafSha256: digest(9) })],
    ['proves that it is locked', proving('locked')],
  ])('but %s is a copy: the certificate stands, and counts against nobody', async (_, prove) => {
    const intake = await comes(claimed('enrolled'), prove);
    expect(intake).toMatchObject({ answer: { outcome: 'aborted', code: 'DUPLICATE_HWID' } });
    expect(store.certificate(passed.certificateId)).toMatchObject({ state: 'live' });
    expect(voidEntries()).toBe(0);
    expect(store.lastJobOf(passed.deviceId)).toMatchObject({ jobId: passed.jobId, outcome: 'passed' });
  });

  test('but falls silent when it is asked is looked at again', async () => {
    const silent = comes(claimed('enrolled'), () => Promise.reject(new KeylineError('NO_ANSWER')));
    await expect(silent).rejects.toMatchObject({ code: 'NO_ANSWER' });
    expect(store.certificate(passed.certificateId)).toMatchObject({ state: 'live' });
  });
});

describe('a board that has the hardware id of one whose signed identity waits', () => {
  const second = sampleDevice(2).hwid;
  const leaf = digest(1_000_002);
  let waiting: ReturnType<typeof sampleIntended>;

  beforeEach(() => {
    waiting = parts.recorder.commit('station', () => {
      const made = sampleIntended(store, 2);
      store.setCertificateSigned(made.certificateId, new Uint8Array([0x30, 0x82, 2]), leaf);
      const facts = {
        ...NO_FACTS,
        hwid: second,
        deviceSerial: made.deviceSerial,
        spkiSha256: digest(2),
        leafSha256: leaf,
      };
      store.setJobState(made.jobId, JSON.stringify({ at: 'locking', facts }), 1, null);
      return made;
    });
  });

  function standing(): unknown {
    const { outcome } = store.job(waiting.jobId) ?? {};
    return { outcome, certificate: store.certificate(waiting.certificateId)?.state, voids: voidEntries() };
  }
  const board = (change: Partial<IdentityBoard>) => ({
    ...claimed('enrolled'),
    hwid: second,
    spkiSha256: digest(2),
    ...change,
  });

  test.each<[string, Partial<IdentityBoard>, string]>([
    ['is blank', { life: 'blank', leafSha256: null, spkiSha256: null }, 'STORE_LOST'],
    ['has another key', { life: 'keyed', leafSha256: null, spkiSha256: digest(8) }, 'STORE_LOST'],
    ['holds another certificate', { life: 'enrolled', leafSha256: digest(8) }, 'DUPLICATE_HWID'],
    ['is locked with another one', { life: 'locked', leafSha256: digest(8) }, 'DUPLICATE_HWID'],
    ['is in a lock that nobody ordered', { life: 'enrolled', locking: true, leafSha256: leaf }, 'DUPLICATE_HWID'],
  ])('and %s voids nothing: it is kept apart, and what was signed waits for its own', async (_, change, code) => {
    const events = store.chainHead().seq;
    expect(await comes(board(change), proving('enrolled'))).toEqual({ answer: { jobId: null, outcome: null, code } });
    expect(standing()).toEqual({ outcome: null, certificate: 'signed', voids: 0 });
    expect(store.chainHead().seq).toBe(events + 1);
    expect(await comes(board({ leafSha256: leaf }), proving('enrolled'))).toMatchObject({ job: waiting.jobId });
  });
});
