// Devices made through the real recorder, with certificates that a real CA signed: a backlog such as weeks without a
// network leave, without the boards.

import { assembleCertificate } from '../../pki/certificate.ts';
import { readCertificate } from '../../pki/certificate-facts.ts';
import { buildTbs, newCertificateSerialNumber } from '../../pki/idevid-profile.ts';
import type { LintIssuer } from '../../pki/leaf-lint.ts';
import { wholeSecond } from '../../pki/time.ts';
import { systemClock } from '../../station/clock.ts';
import type { Ca } from '../../station/identity/ca-folder.ts';
import { newKey, spkiOf } from '../../station/identity/file-signer.ts';
import { lintIssuer } from '../../station/identity/lint-issuer.ts';
import type { Signer } from '../../station/identity/signer.ts';
import { systemRandom } from '../../station/random.ts';
import { certificateLive } from '../../station/records/certificate-records.ts';
import type { RecordStore } from '../../station/records/record-store.ts';
import { type Recorder, STATION_ACTOR } from '../../station/records/recorder.ts';

/** Devices in one transaction: how many are made a second is not what is measured. */
const AT_ONCE = 100;
export const LOT = 'L1';
const DAY_MS = 86_400_000;

export interface BacklogCa {
  readonly ca: Ca;
  readonly signer: Signer;
}

interface Made {
  readonly number: number;
  readonly certificate: Uint8Array;
}

/** Numbers from `first` on. Each passes: live certificate, waiting registration, audit events. */
export async function makeDevices(recorder: Recorder, ca: BacklogCa, first: number, count: number): Promise<void> {
  const issuer = lintIssuer(ca.ca).certificate;
  for (let from = first; from < first + count; from += AT_ONCE) {
    const made: Made[] = [];
    for (let number = from; number < Math.min(from + AT_ONCE, first + count); number++)
      made.push({ number, certificate: await signed(issuer, ca.signer, number) });
    recorder.commit(STATION_ACTOR, (append, nowMs) => {
      for (const device of made) record(recorder.store, append, nowMs, ca.ca.chain.issuerId, device);
    });
  }
}

/** The certificate of one device, of a key of its own. Nothing reads it twice before it is out: 100,000 take minutes so. */
async function signed(issuer: LintIssuer['certificate'], signer: Signer, number: number): Promise<Uint8Array> {
  const nowMs = systemClock.nowMs();
  const tbs = buildTbs({
    issuer,
    certificateSerialNumber: newCertificateSerialNumber(systemRandom),
    notBeforeMs: Math.max(wholeSecond(nowMs - DAY_MS), issuer.notBeforeMs),
    ...{ organization: 'Example Works', hardwareType: '1.3.6.1.4.1.32473.1', notAfter: 'never' },
    deviceSerial: `B-${String(number).padStart(6, '0')}`,
    hwid: (number + 1).toString(16).padStart(12, '0'),
    spki: spkiOf(newKey()),
  });
  return assembleCertificate(tbs, await signer.sign(tbs));
}

type Append = Parameters<Parameters<Recorder['commit']>[1]>[0];

function record(store: RecordStore, append: Append, nowMs: number, issuerId: string, { certificate }: Made): void {
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
  const ids = { deviceId, jobId, lotId: LOT, deviceSerial, spkiSha256, issuerId };
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
