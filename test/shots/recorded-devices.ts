// Devices as the drawing shows one, the states that it may be in, and a list of many. Nothing here ships.
import type { DeviceRecord, FoundDevice, IdentityCheck } from '../../contract/devices-api.ts';
import type { DeviceState } from '../../domain/device-word.ts';
import { deviceEvent, deviceRecord, foundDevice } from '../samples/device-views.ts';
import { NOW_MS } from '../samples/station-views.ts';

export interface RecordedDevices {
  readonly rows: FoundDevice[];
  /** The one that can be opened; null: none. */
  readonly record: DeviceRecord | null;
  readonly check: IdentityCheck;
}

const STATES: readonly DeviceState[] = ['passed', 'passed', 'failed', 'passed', 'in-rework', 'passed', 'scrapped'];

/** More than any screen has room for. */
const ROWS = Array.from({ length: 200 }, (_, index): FoundDevice => {
  const state = index === 1 ? 'in-work' : index === 9 ? 'revoked' : (STATES[index % STATES.length] ?? 'passed');
  const endedMs = NOW_MS - index * 12_000;
  return foundDevice({
    ...{ deviceId: 869 - index, deviceSerial: `48213-0${869 - index}`, hwid: `240ac49f1${String(869 - index)}` },
    ...{ state, endedMs: state === 'in-work' ? null : endedMs, firstSeenMs: endedMs - 19_100 },
    code: state === 'failed' ? 'PROOF_FAILED' : null,
  });
});

const CHECK: IdentityCheck = {
  ...{ checkedMs: NOW_MS, slot: '7', faults: [], life: 'locked', isVoid: false, transcriptSha256: '7c21'.repeat(16) },
};

const PASSED = deviceRecord();
const DRAWN: typeof PASSED = {
  ...PASSED,
  events: [
    ...PASSED.events,
    deviceEvent({ seq: 8413, timeMs: NOW_MS - 15_000, type: 'label-printed', slot: null, jobId: null, copy: 1 }),
    deviceEvent({ seq: 8417, timeMs: NOW_MS - 7_000, type: 'label-scanned', jobId: null }),
  ],
};
const [attempt] = DRAWN.attempts;
const failedAttempts = attempt
  ? [
      {
        ...attempt,
        outcome: 'failed' as const,
        code: 'CERTIFICATE_REFUSED' as const,
        stages: attempt.stages.slice(0, 4),
      },
    ]
  : [];

const FAILED = deviceRecord({
  device: foundDevice({ state: 'failed', code: 'CERTIFICATE_REFUSED' }),
  can: ['save', 'check', 'scrap', 'rework'],
  identity: DRAWN.identity && { ...DRAWN.identity, state: 'void', reason: 'CERTIFICATE_REFUSED' },
  attempts: failedAttempts,
  events: [
    ...DRAWN.events.slice(0, 2),
    deviceEvent({ seq: 8408, timeMs: NOW_MS - 16_000, type: 'certificate-voided', reason: 'CERTIFICATE_REFUSED' }),
    deviceEvent({ seq: 8409, timeMs: NOW_MS - 16_000, type: 'job-failed', slot: null, code: 'CERTIFICATE_REFUSED' }),
  ],
  places: { ...DRAWN.places, cloud: { state: 'waiting', kind: 'void', place: 2317, waiting: 2318, code: null } },
});

const REWORKED_EVENT = deviceEvent({
  ...{ seq: 8420, timeMs: NOW_MS - 9_000, type: 'device-reworked', slot: null, jobId: null, reason: 'repaired' },
  person: 'Linh Trần',
});

const REWORKED = deviceRecord({
  attempts: [...failedAttempts, ...DRAWN.attempts.map((each) => ({ ...each, jobId: 871 }))],
  events: [
    ...FAILED.events,
    REWORKED_EVENT,
    deviceEvent({ seq: 8422, timeMs: NOW_MS - 8_000, jobId: 871 }),
    deviceEvent({ seq: 8441, timeMs: NOW_MS - 1_000, type: 'job-passed', slot: null, jobId: 871 }),
  ],
});

const IN_REWORK = deviceRecord({
  ...FAILED,
  device: foundDevice({ state: 'in-rework', code: 'CERTIFICATE_REFUSED' }),
  can: ['save', 'check', 'scrap'],
  events: [...FAILED.events, REWORKED_EVENT],
});

const SCRAPPED = {
  ...FAILED,
  device: foundDevice({ state: 'scrapped', code: 'CERTIFICATE_REFUSED' }),
  can: ['save' as const, 'check' as const],
  events: [
    ...FAILED.events,
    deviceEvent({
      ...{ seq: 8430, timeMs: NOW_MS - 4_000, type: 'device-scrapped', slot: null, jobId: null, reason: 'damaged' },
      person: 'María Ríos',
    }),
  ],
};

export const DEVICES = {
  drawn: { rows: ROWS, record: DRAWN, check: CHECK },
  none: { rows: [], record: null, check: CHECK },
  differs: { rows: ROWS, record: DRAWN, check: { ...CHECK, faults: ['debug', 'firmware'] } },
  notSealed: { rows: ROWS, record: { ...DRAWN, seal: DRAWN.seal && { ...DRAWN.seal, state: 'open' } }, check: CHECK },
  failed: { rows: ROWS, record: FAILED, check: CHECK },
  inRework: { rows: ROWS, record: IN_REWORK, check: CHECK },
  reworked: { rows: ROWS, record: REWORKED, check: CHECK },
  scrapped: { rows: ROWS, record: SCRAPPED, check: CHECK },
} satisfies Readonly<Record<string, RecordedDevices>>;
