// Devices made through the real recorder, with certificates that a real CA signed: a backlog such as weeks without a
// network leave, without the boards.

import { boardOrder } from '../../bench/bench-ca.ts';
import { readCertificate } from '../../pki/certificate-facts.ts';
import type { Issuer } from '../../station/identity/issuer.ts';
import { certificateLive } from '../../station/records/certificate-records.ts';
import type { RecordStore } from '../../station/records/record-store.ts';
import { type Recorder, STATION_ACTOR } from '../../station/records/recorder.ts';

/** Devices in one transaction: how many are made a second is not what is measured. */
const AT_ONCE = 100;
export const LOT = 'L1';

interface Made {
  readonly number: number;
  readonly certificate: Uint8Array;
}

/** Numbers from `first` on. Each passes: live certificate, waiting registration, audit events. */
export async function makeDevices(recorder: Recorder, issuer: Issuer, first: number, count: number): Promise<void> {
  for (let from = first; from < first + count; from += AT_ONCE) {
    const made: Made[] = [];
    for (let number = from; number < Math.min(from + AT_ONCE, first + count); number++)
      made.push({ number, certificate: await signed(issuer, number) });
    recorder.commit(STATION_ACTOR, (append, nowMs) => {
      for (const device of made) record(recorder.store, append, nowMs, issuer, device);
    });
  }
}

/** The certificate of one device. */
async function signed(issuer: Issuer, number: number): Promise<Uint8Array> {
  return issuer.sign((await issuer.intend(boardOrder(number))).tbs);
}

type Append = Parameters<Parameters<Recorder['commit']>[1]>[0];

function record(store: RecordStore, append: Append, nowMs: number, issuer: Issuer, { certificate }: Made): void {
  const reading = readCertificate(certificate);
  if (!reading.ok) throw new Error(reading.reason);
  const { hwid, hardwareType, deviceSerial, spki, spkiSha256, certificateSerialNumber, tbs, fingerprint } =
    reading.facts;
  if (hwid === null || hardwareType === null || deviceSerial === null) throw new Error('a leaf names its device');
  const kind = { model: 'AQ-200', revision: 'C', simulated: true, firstSeenMs: nowMs };
  const deviceId = store.insertDevice({ hwid, hardwareType, ...kind });
  const jobId = store.insertJob({
    ...{ lotId: LOT, deviceId, slot: '1', state: '{}', attempt: 1, crashes: 0, outcome: null, code: null },
    ...{ startedMs: nowMs, endedMs: null, stages: null },
  });
  store.reserveSerial(LOT, deviceId, deviceSerial);
  store.insertKey({ spkiSha256, spki, deviceId, jobId });
  const ids = { deviceId, jobId, lotId: LOT, deviceSerial, spkiSha256, issuerId: issuer.chain.issuerId };
  const certificateId = store.insertCertificate({ ...ids, certificateSerialNumber, tbs, state: 'intended' });
  append('certificate-intended', { jobId, certificateId, hwid, deviceSerial, certificateSerialNumber, spkiSha256 });
  store.setCertificateSigned(certificateId, certificate, fingerprint);
  append('certificate-signed', { jobId, certificateId, fingerprint });
  store.setCertificateState(certificateId, 'installed', null);
  const [device, row] = [store.device(deviceId), store.certificate(certificateId)];
  if (!device || !row) throw new Error('what was written can be read');
  certificateLive(store, append, device, row);
  store.endJob(jobId, 'passed', null, nowMs);
  append('job-passed', { jobId, code: null, detail: '', hwid, deviceSerial });
}
