// A board that passed without these records knowing it, as after a restore, is recovered and not made anew: its
// certificate counts as signed, and is live (CERTAINTY.md, Plug-in). Inside a transaction.
import { assert } from '../../domain/errors.ts';
import type { CertificateFacts } from '../../pki/certificate-facts.ts';
import { certificateLive } from './certificate-records.ts';
import type { CertificateRow, RecordStore } from './record-store.ts';
import type { Append } from './recorder.ts';

export interface Adopted {
  readonly lotId: string;
  readonly deviceId: number;
  /** Bound to the device already. */
  readonly deviceSerial: string;
  readonly slot: string;
  /** The job machine's state, JSON: ended, passed. */
  readonly state: string;
  readonly issuerId: string;
  readonly leaf: CertificateFacts;
  /** Of the proof over its locked state; null where the service's word is all that there is. */
  readonly transcriptSha256: string | null;
}

/**
 * Whether a certificate of this key may be taken in for this device, null for one that was never seen: no other device
 * showed the key, and none was made for it. A backup may hold a key whose board got its certificate afterwards.
 */
export function keyMayCome(store: RecordStore, spkiSha256: string, deviceId: number | null): boolean {
  const owner = store.keyOwner(spkiSha256);
  return owner === null || (owner === deviceId && store.certificateOfKey(spkiSha256) === null);
}

/** A board of which nothing was on record but, perhaps, that it was seen or had made its key; its job. */
export function adopt(store: RecordStore, append: Append, nowMs: number, adopted: Adopted): number {
  const row = takeInSigned(store, nowMs, adopted);
  adoptPassed(store, append, nowMs, row, adopted.transcriptSha256);
  return row.jobId;
}

/** What was signed without these records knowing it, as the certificate of an open job: its end says what becomes of it. */
export function takeInSigned(
  store: RecordStore,
  nowMs: number,
  taken: Omit<Adopted, 'transcriptSha256'>,
): CertificateRow {
  const { lotId, deviceId, deviceSerial, slot, state, issuerId, leaf } = taken;
  const { spki, spkiSha256, certificateSerialNumber, tbs, der, fingerprint } = leaf;
  const jobId = store.insertJob({
    ...{ lotId, deviceId, slot, state, attempt: 1, crashes: 0, outcome: null, code: null, startedMs: nowMs },
    ...{ endedMs: null, stages: null },
  });
  if (store.keyOwner(spkiSha256) === null) store.insertKey({ spkiSha256, spki, deviceId, jobId });
  const intended = { ...{ spkiSha256, certificateSerialNumber, tbs, jobId, deviceId, lotId, deviceSerial, issuerId } };
  // Not first as a to-be-signed: its CA may sign nothing new any more.
  const certificateId = store.insertSigned({ ...intended, certificate: der, fingerprint });
  const row = store.certificate(certificateId);
  assert(row, 'a certificate that was just written can be read');
  return row;
}

/** The signed certificate of an open job: its device passed. `transcriptSha256` as in `Adopted`. */
export function adoptPassed(
  store: RecordStore,
  append: Append,
  nowMs: number,
  row: CertificateRow,
  transcriptSha256: string | null,
): void {
  const device = store.device(row.deviceId);
  assert(device && row.certificate, 'what is adopted was signed, for a device');
  const { hwid } = device;
  const { jobId, certificateId, fingerprint, spkiSha256, deviceSerial, certificateSerialNumber } = row;
  append('device-adopted', {
    ...{ jobId, certificateId, fingerprint, spkiSha256, certificateSerialNumber, hwid, deviceSerial },
    ...{ by: transcriptSha256 === null ? 'service' : 'board', transcriptSha256 },
  });
  if (row.state === 'signed') store.setCertificateState(certificateId, 'installed', null);
  certificateLive(store, append, device, { ...row, state: 'installed' });
  store.endJob(jobId, 'passed', null, nowMs);
  append('job-passed', { jobId, code: null, detail: 'adopted', hwid, deviceSerial });
}
