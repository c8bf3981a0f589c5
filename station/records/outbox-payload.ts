// The texts that leave for the security service, fixed in the transaction that makes them due.
import { canonicalJson } from '../../domain/audit-event.ts';
import type { CertificateRow, DeviceRow } from './record-store.ts';

/**
 * Entry of a device that passed: its live certificate and who it says it is. `supersedes` is the fingerprint of the void
 * certificate under which the device was registered before, null without one.
 */
export function registerPayload(
  device: DeviceRow,
  certificate: CertificateRow,
  der: Uint8Array,
  supersedes: string | null = null,
): string {
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
    ...(supersedes !== null && { supersedes }),
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
