// A live check of one identity: the board that sits in a slot signs its whole state with a fresh nonce, and what it signed
// is compared with the record. No job; the answer is an audit event.
import type { CheckFault, IdentityCheck } from '../contract/devices-api.ts';
import { KeylineError } from '../domain/errors.ts';
import type { DeviceDriver, Proof } from './drivers/driver.ts';
import type { Line } from './line/line.ts';
import { type RecordedIdentity, stateFaults } from './line/state-faults.ts';
import type { CertificateRow, DeviceRow } from './records/record-store.ts';
import type { Recorder } from './records/recorder.ts';

interface CheckOrder extends Pick<RecordedIdentity, 'recipe' | 'chain'> {
  readonly recorder: Recorder;
  readonly line: Pick<Line, 'challenge'>;
  readonly device: DeviceRow;
  readonly certificate: CertificateRow;
  readonly actorId: string;
}

/** Throws DEVICE_NOT_HERE, DEVICE_IN_WORK, NO_ANSWER, PULLED_OUT: then nothing was found out, and nothing is recorded. */
export async function checkIdentity(order: CheckOrder): Promise<IdentityCheck> {
  const { recorder, line, device, certificate, actorId } = order;
  const { hwid, deviceSerial } = device;
  const spki = recorder.store.keySpki(certificate.spkiSha256);
  if (!spki) throw new KeylineError('RECORDS_DAMAGED', `no key of certificate ${certificate.certificateId}`);
  const { slot, answer } = await line.challenge(hwid, (driver) => proofOf(driver, spki));
  const faults: CheckFault[] = answer === null ? ['proof'] : stateFaults(answer, { ...order, hwid });
  const transcriptSha256 = answer?.transcriptSha256 ?? null;
  return recorder.commit(actorId, (append, checkedMs) => {
    const { certificateId } = certificate;
    const says = { hwid, deviceSerial, certificateId, slot, faults, transcriptSha256 };
    append('identity-checked', says);
    const isVoid = certificate.state === 'void';
    return { checkedMs, slot, faults, life: answer?.life ?? null, isVoid, transcriptSha256 };
  });
}

/** Null for a board that does not hold the key. */
async function proofOf(driver: DeviceDriver, spki: Uint8Array): Promise<Proof | null> {
  try {
    return await driver.prove(spki);
  } catch (error) {
    if (error instanceof KeylineError && error.code === 'PROOF_FAILED') return null;
    throw error;
  }
}
