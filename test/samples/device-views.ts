// One device as the drawing of its record shows it, as a whole sample: a test changes only what its claim is about.
import type { DeviceEvent, DeviceRecord, FoundDevice } from '../../contract/devices-api.ts';
import { NOW_MS } from './station-views.ts';

const FOUND_MS = NOW_MS - 35_000;
const PASSED_MS = FOUND_MS + 19_100;

export function foundDevice(change: Partial<FoundDevice> = {}): FoundDevice {
  return {
    ...{ deviceId: 869, deviceSerial: '48213-0869', hwid: '240ac49f116e', model: 'AQ-200 Gateway', revision: 'C' },
    ...{ firstSeenMs: FOUND_MS, lotId: 'WO-48213', slot: '7', code: null, endedMs: PASSED_MS, state: 'passed' },
    ...change,
  };
}

export function deviceEvent(change: Partial<DeviceEvent> = {}): DeviceEvent {
  return {
    ...{ seq: 8395, timeMs: FOUND_MS, type: 'job-started', person: null, jobId: 869, slot: '7', code: null },
    ...{ reason: null, life: null, copy: null, read: null },
    ...change,
  };
}

export function deviceRecord(change: Partial<DeviceRecord> = {}): DeviceRecord {
  return {
    device: foundDevice(),
    simulated: false,
    can: ['save', 'check', 'revoke', 'scrap'],
    identity: {
      ...{ state: 'live', reason: null, keyMode: 'on-chip', cableGuard: null },
      spkiSha256: 'c40d88b15e02a97c13f66b2e9d7104aae8c52f90b7d3461e4f027a157f3a91c2',
      certificateSerialNumber: '510e7f3b9a44c1d0e85f26b3709ca73d',
      fingerprint: '8e1f'.repeat(16),
      ...{ signedBy: 'Factory CA 2', notBeforeMs: FOUND_MS - 86_400_000, notAfterMs: null },
    },
    attempts: [
      {
        ...{ jobId: 869, lotId: 'WO-48213', slot: '7', outcome: 'passed', code: null, startedMs: FOUND_MS },
        endedMs: PASSED_MS,
        stages: [
          { stage: 'connect', ms: 600 },
          { stage: 'firmware', ms: 11_400 },
          { stage: 'key', ms: 2_100 },
          { stage: 'certificate', ms: 900 },
          { stage: 'verify', ms: 2_800 },
          { stage: 'lock', ms: 1_300 },
        ],
      },
    ],
    usual: {
      jobMs: 16_200,
      stageMs: { connect: 600, firmware: 8_700, key: 2_100, certificate: 900, verify: 2_700, lock: 1_200 },
    },
    events: [
      deviceEvent(),
      deviceEvent({ seq: 8396, timeMs: FOUND_MS + 600, type: 'device-seen', life: 'blank' }),
      deviceEvent({ seq: 8408, timeMs: FOUND_MS + 17_800, type: 'lock-intended', slot: null }),
      deviceEvent({ seq: 8411, timeMs: PASSED_MS, type: 'job-passed', slot: null }),
    ],
    places: {
      ...{ savedMs: PASSED_MS, copiedMs: PASSED_MS + 2_000, onOtherDisk: true, lotClosedMs: null },
      cloud: { state: 'waiting', kind: 'register', place: 2316, waiting: 2318, code: null },
    },
    seal: { seq: 8411, before: 8410, after: 8412, state: 'whole' },
    ...change,
  };
}
