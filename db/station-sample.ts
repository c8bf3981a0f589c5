// Rows for tests of the station's records: a lot, devices on its slots, keys and certificates, each valid by itself.
import type { CertificateRow, DeviceRow, JobRow, LotRow } from '../station/records/record-store.ts';
import type { StationStore } from './station-store.ts';

/** 64 hex digits that end in the number. */
export function digest(number: number): string {
  return number.toString(16).padStart(64, '0');
}

export function sampleLot(lotId = 'LOT-1', change: Partial<LotRow> = {}): LotRow {
  return {
    lotId,
    orderId: 'WO-1',
    state: 'draft',
    practice: false,
    quantity: 10,
    spare: 2,
    serialRange: `${lotId}-0001..${lotId}-0012`,
    recipeName: 'sensor',
    recipeVersion: '1.0.0',
    recipeSha256: digest(1),
    firmwareSha256: digest(2),
    stopAfter: 3,
    heldBecause: null,
    createdMs: 1000,
    stateMs: 1000,
    heldBy: null,
    recipe: '{"keyline":1}',
    serialsTaken: 0,
    failureRun: 0,
    failureCode: null,
    ...change,
  };
}

export function sampleDevice(number: number): Omit<DeviceRow, 'deviceId' | 'deviceSerial'> {
  return {
    hardwareType: '1.3.6.1.4.1.32473.1',
    hwid: number.toString(16).padStart(12, '0'),
    model: 'sensor',
    revision: 'A',
    simulated: false,
    firstSeenMs: 1000 + number,
  };
}

export function sampleJob(deviceId: number | null, lotId = 'LOT-1'): Omit<JobRow, 'jobId'> {
  return {
    lotId,
    deviceId,
    slot: '1',
    state: '{"at":"identifying"}',
    attempt: 1,
    crashes: 0,
    outcome: null,
    code: null,
    startedMs: 2000,
    endedMs: null,
    stages: null,
  };
}

export type NewCertificate = Parameters<StationStore['insertCertificate']>[0];

export function sampleCertificate(
  number: number,
  of: Pick<CertificateRow, 'deviceId' | 'jobId' | 'deviceSerial'>,
  lotId = 'LOT-1',
): NewCertificate {
  return {
    ...of,
    lotId,
    spkiSha256: digest(number),
    issuerId: digest(9),
    certificateSerialNumber: number.toString(16).padStart(32, '0'),
    tbs: new Uint8Array([0x30, number % 256]),
    state: 'intended',
  };
}

/** Opens a job of a new device with serial, key and a to-be-signed; inside a transaction. */
export function sampleIntended(store: StationStore, number: number, lotId = 'LOT-1') {
  const deviceId = store.insertDevice(sampleDevice(number));
  const jobId = store.insertJob(sampleJob(deviceId, lotId));
  const deviceSerial = `${lotId}-${String(number).padStart(4, '0')}`;
  store.reserveSerial(lotId, deviceId, deviceSerial);
  store.insertKey({ spkiSha256: digest(number), spki: new Uint8Array([number % 256, number >> 8]), deviceId, jobId });
  const certificateId = store.insertCertificate(sampleCertificate(number, { deviceId, jobId, deviceSerial }, lotId));
  return { deviceId, jobId, deviceSerial, certificateId };
}

/** As `sampleIntended`, gone on to the end: passed, live, its registration waiting. */
export function samplePassed(store: StationStore, number: number, lotId = 'LOT-1') {
  const made = sampleIntended(store, number, lotId);
  const { certificateId, jobId } = made;
  store.setCertificateSigned(certificateId, new Uint8Array([0x30, 0x82, number % 256]), digest(1_000_000 + number));
  store.setCertificateState(certificateId, 'installed', null);
  store.setCertificateState(certificateId, 'live', null);
  store.insertOutbox({ kind: 'register', payload: `{"n":${number}}`, certificateId });
  store.endJob(jobId, 'passed', null, 3000 + number);
  return made;
}
