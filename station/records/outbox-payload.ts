// The texts that leave for the security service, fixed in the transaction that makes them due.
import { canonicalJson } from '../../domain/audit-event.ts';
import type { CertificateRow, DeviceRow } from './record-store.ts';

/** Entry of a device that passed: its live certificate and who it says it is. */
export function registerPayload(device: DeviceRow, certificate: CertificateRow, der: Uint8Array): string {
  return canonicalJson({
    kind: 'register',
    deviceSerial: certificate.deviceSerial,
    hwid: device.hwid,
    hardwareType: device.hardwareType,
    model: device.model,
    lotId: certificate.lotId,
    certificate: Buffer.from(der).toString('base64'),
    issuerId: certificate.issuerId,
    simulated: device.simulated,
  });
}

/** Entry of a signed certificate that no device may use. `reason` is a code of the table of errors. */
export function voidPayload(certificate: CertificateRow, der: Uint8Array, fingerprint: string, reason: string): string {
  return canonicalJson({
    kind: 'void',
    fingerprint,
    deviceSerial: certificate.deviceSerial,
    certificate: Buffer.from(der).toString('base64'),
    issuerId: certificate.issuerId,
    reason,
  });
}
