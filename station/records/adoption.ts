// A board that passed without these records knowing it, as after a restore, is recovered and not made anew: its
// certificate counts as signed, and is live (CERTAINTY.md, Plug-in). Inside a transaction.
import { assert } from '../../domain/errors.ts';
import { certificateLive } from './certificate-records.ts';
import type { CertificateRow, RecordStore } from './record-store.ts';
import type { Append } from './recorder.ts';

/** The certificate of an open job, that the service has registered: the job passed after the backup. */
export function adoptPassed(store: RecordStore, append: Append, nowMs: number, row: CertificateRow): void {
  const device = store.device(row.deviceId);
  assert(device && row.certificate, 'a registered certificate was signed, for a device');
  const { jobId, certificateId, fingerprint, deviceSerial } = row;
  append('device-adopted', { jobId, certificateId, fingerprint, hwid: device.hwid, deviceSerial, by: 'service' });
  store.setCertificateState(certificateId, 'installed', null);
  certificateLive(store, append, device, { ...row, state: 'installed' });
  store.endJob(jobId, 'passed', null, nowMs);
  append('job-passed', { jobId, code: null, detail: 'adopted', hwid: device.hwid, deviceSerial });
}
