import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digest, sampleDevice, sampleIntended, sampleJob, sampleLot, samplePassed } from '../../db/station-sample.ts';
import { type OpenStationStore, openStationStore } from '../../db/station-store.ts';
import { KeylineError } from '../../domain/errors.ts';
import { systemClock } from '../clock.ts';
import { DeviceRecords } from './device-records.ts';
import { JobRecords } from './job-records.ts';
import { Recorder } from './recorder.ts';

let folder = '';
let open: OpenStationStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-decided-'));
  open = openStationStore(join(folder, 'station.db'));
  const { store } = open;
  store.transaction(() => store.insertLot(sampleLot('LOT-1', { state: 'released' })));
});
afterEach(() => {
  open.close();
  rmSync(folder, { recursive: true, force: true });
});

type Store = OpenStationStore['store'];

function desk(store: Store = open.store) {
  const recorder = new Recorder(store, systemClock);
  return new DeviceRecords(recorder, new JobRecords(recorder));
}

const facts = (lockIntended: boolean) => JSON.stringify({ at: 'locking', facts: { lockIntended } });

/** Device 1 with a certificate that is on it, its job open. */
function installed(store: Store, lockIntended: boolean): void {
  const { jobId, certificateId } = sampleIntended(store, 1);
  store.setCertificateSigned(certificateId, new Uint8Array([0x30, 1]), digest(51));
  store.setCertificateState(certificateId, 'installed', null);
  store.setJobState(jobId, facts(lockIntended), 1, null);
}

function failed(store: Store): void {
  const { jobId, certificateId } = sampleIntended(store, 1);
  store.setCertificateState(certificateId, 'void', 'PROOF_FAILED');
  store.endJob(jobId, 'failed', 'PROOF_FAILED', 9);
}

/** Each makes device 1 so, inside a transaction. `in-slot` is worked on now. */
const STATES: Readonly<Record<string, (store: Store) => void>> = {
  'waiting before its certificate': (store) => void store.insertJob(sampleJob(store.insertDevice(sampleDevice(1)))),
  'waiting with a to-be-signed': (store) => {
    store.setJobState(sampleIntended(store, 1).jobId, facts(false), 1, null);
  },
  'waiting with its certificate on it': (store) => installed(store, false),
  'waiting with its lock begun': (store) => installed(store, true),
  'in work in a slot': (store) => installed(store, false),
  failed,
  passed: (store) => void samplePassed(store, 1),
  revoked: (store) => store.setCertificateState(samplePassed(store, 1).certificateId, 'void', 'REVOKED'),
  'in re-work': (store) => {
    failed(store);
    store.insertRework({ deviceId: 1, reason: 'repaired', actorId: 'linh', nowMs: 9 });
  },
  scrapped: (store) => {
    failed(store);
    store.insertScrap({ deviceId: 1, reason: 'damaged', actorId: 'maria', nowMs: 9 });
  },
};

/** What comes of it: the device's state after, or the refusal. */
const TABLE: Readonly<Record<string, readonly [rework: string, scrap: string, revoke: string]>> = {
  'waiting before its certificate': ['in-rework', 'scrapped', 'NO_IDENTITY'],
  'waiting with a to-be-signed': ['in-rework', 'scrapped', 'NO_IDENTITY'],
  'waiting with its certificate on it': ['in-rework', 'scrapped', 'NO_IDENTITY'],
  'waiting with its lock begun': ['LOCK_BEGUN', 'scrapped', 'NO_IDENTITY'],
  'in work in a slot': ['DEVICE_IN_WORK', 'DEVICE_IN_WORK', 'NO_IDENTITY'],
  failed: ['in-rework', 'scrapped', 'NO_IDENTITY'],
  passed: ['IDENTITY_FIXED', 'scrapped', 'revoked'],
  revoked: ['IDENTITY_FIXED', 'scrapped', 'NO_IDENTITY'],
  'in re-work': ['REWORK_WAITS', 'scrapped', 'NO_IDENTITY'],
  scrapped: ['SCRAPPED', 'SCRAPPED', 'NO_IDENTITY'],
};
const ACTS = ['rework', 'scrap', 'revoke'] as const;

function decide(records: DeviceRecords, act: (typeof ACTS)[number], inWork: boolean): void {
  const order = { deviceId: 1, reason: 'other' };
  if (act === 'revoke') records.revoke('ann', order, 'bea');
  else records[act]('ann', order, () => inWork);
}

function outcome(work: () => void): string {
  try {
    work();
    return open.store.devices.foundDevice(1)?.state ?? 'none';
  } catch (error) {
    return error instanceof KeylineError ? error.code : String(error);
  }
}

describe('what the record says x what a person decides', () => {
  test('every state has its row', () => {
    expect(Object.keys(TABLE)).toEqual(Object.keys(STATES));
  });

  for (const [state, cells] of Object.entries(TABLE))
    for (const [index, act] of ACTS.entries()) {
      const expected = cells[index] ?? '';
      test(`${state} x ${act} -> ${expected}`, () => {
        const { store } = open;
        store.transaction(() => STATES[state]?.(store));
        const signatures = store.lotTally('LOT-1').signatures;
        const before = store.chainHead().seq;
        expect(outcome(() => decide(desk(), act, state === 'in work in a slot'))).toBe(expected);
        expect(store.lotTally('LOT-1').signatures).toBe(signatures);
        const refused = /^[A-Z_]+$/.test(expected);
        if (refused) return expect(store.chainHead().seq).toBe(before);
        expect(store.runningJobOf(1)).toBeNull();
        const live = store.standingCertificate(1);
        if (state === 'passed' && act === 'scrap') expect(live?.state).toBe('live');
        else expect([live, store.standingKeys(1)]).toEqual([null, act === 'revoke' ? [digest(1)] : expect.anything()]);
      });
    }
});

test('a signed certificate leaves once as void, and one that was never signed not at all', () => {
  const { store } = open;
  store.transaction(() => installed(store, false));
  desk().rework('ann', { deviceId: 1, reason: 'other' }, () => false);
  expect(store.waiting(9).map(({ kind }) => kind)).toEqual(['void']);
  expect(store.device(1)?.deviceSerial).toBe('LOT-1-0001');
  expect(store.standingKeys(1)).toEqual([]);
});

test.each(['device-reworked', 'certificate-voided', 'key-voided', 'job-aborted'])(
  'a cut before %s is written leaves everything as it was',
  (type) => {
    const { store } = open;
    store.transaction(() => installed(store, false));
    const seq = store.chainHead().seq;
    const cut: Store = {
      ...store,
      insertEvent(event) {
        if (event.type === type) throw new KeylineError('DISK_FULL');
        store.insertEvent(event);
      },
    };
    expect(() => desk(cut).rework('ann', { deviceId: 1, reason: 'other' }, () => false)).toThrow(KeylineError);
    expect(store.chainHead().seq).toBe(seq);
    expect(store.standingCertificate(1)).toMatchObject({ state: 'installed' });
    expect([store.runningJobOf(1)?.outcome, store.inRework(1), store.waiting(9)]).toEqual([null, false, []]);
    expect(store.standingKeys(1)).toEqual([digest(1)]);
  },
);
