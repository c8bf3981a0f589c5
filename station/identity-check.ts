// A live check of one identity: the board that sits in a slot signs its whole state with a fresh nonce, and what it signed
// is compared with the record. No job; the answer is an audit event.
import type { CheckFault, IdentityCheck } from '../contract/devices-api.ts';
import { KeylineError } from '../domain/errors.ts';
import type { DeviceDriver, Proof } from './drivers/driver.ts';
import type { Line } from './line/line.ts';
import type { CertificateRow, DeviceRow } from './records/record-store.ts';
import type { Recorder } from './records/recorder.ts';

interface CheckOrder {
  readonly recorder: Recorder;
  readonly line: Pick<Line, 'challenge'>;
  readonly device: DeviceRow;
  readonly certificate: CertificateRow;
  /** Of the lot's firmware: what the board has to run. */
  readonly imageHash: string;
  readonly actorId: string;
}

/** Throws DEVICE_NOT_HERE, DEVICE_IN_WORK, NO_ANSWER, PULLED_OUT: then nothing was found out, and nothing is recorded. */
export async function checkIdentity(order: CheckOrder): Promise<IdentityCheck> {
  const { recorder, line, device, certificate, actorId } = order;
  const { hwid, deviceSerial } = device;
  const spki = recorder.store.keySpki(certificate.spkiSha256);
  if (!spki) throw new KeylineError('RECORDS_DAMAGED', `no key of certificate ${certificate.certificateId}`);
  const { slot, answer } = await line.challenge(hwid, (driver) => proofOf(driver, spki));
  const faults = answer === null ? (['proof'] as const) : faultsOf(answer, order);
  const transcriptSha256 = answer?.transcriptSha256 ?? null;
  return recorder.commit(actorId, (append, checkedMs) => {
    const { certificateId } = certificate;
    const says = { hwid, deviceSerial, certificateId, slot, faults: [...faults], transcriptSha256 };
    append('identity-checked', says);
    const isVoid = certificate.state === 'void';
    return { checkedMs, slot, faults: [...faults], life: answer?.life ?? null, isVoid, transcriptSha256 };
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

function faultsOf(proof: Proof, { device, certificate, imageHash }: CheckOrder): CheckFault[] {
  const life = certificate.state === 'live' ? proof.life === 'locked' : true;
  const alike: Record<Exclude<CheckFault, 'proof'>, boolean> = {
    'hardware-id': proof.hwid === device.hwid,
    life,
    certificate: proof.leafSha256 === certificate.fingerprint,
    firmware: proof.firmwareHash === imageHash,
  };
  return (['hardware-id', 'life', 'certificate', 'firmware'] as const).filter((each) => !alike[each]);
}
