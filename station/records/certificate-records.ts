// A certificate's last word: live with its device's registration, or void with its void entry. Inside a transaction.
import { assert } from '../../domain/errors.ts';
import type { CertificateFacts } from '../../pki/certificate-facts.ts';
import { registerPayload, voidPayload } from './outbox-payload.ts';
import type { CertificateRow, DeviceRow, RecordStore } from './record-store.ts';
import type { Append } from './recorder.ts';

/** The device passed: its certificate is live and its registration is due. */
export function certificateLive(store: RecordStore, append: Append, device: DeviceRow, row: CertificateRow): void {
  assert(row.certificate && row.fingerprint && row.state === 'installed', 'only an installed certificate goes live');
  store.setCertificateState(row.certificateId, 'live', null);
  const payload = registerPayload(device, row, row.certificate, store.lastReplaced(device.deviceId));
  store.insertOutbox({ kind: 'register', payload, certificateId: row.certificateId });
  append('certificate-live', { certificateId: row.certificateId, fingerprint: row.fingerprint, hwid: device.hwid });
}

/** Nobody may use it: void, for ever. What was never signed needs no entry at the service, but its signature is spent. */
export function certificateVoid(store: RecordStore, append: Append, row: CertificateRow, reason: string): void {
  store.setCertificateState(row.certificateId, 'void', reason);
  if (row.certificate && row.fingerprint) {
    const payload = voidPayload(row, row.certificate, row.fingerprint, reason);
    store.insertOutbox({ kind: 'void', payload, certificateId: row.certificateId });
  }
  append('certificate-voided', { certificateId: row.certificateId, fingerprint: row.fingerprint, reason });
}

/** What is void here as a to-be-signed was signed all the same, as a restore from a backup may show: the service is told now. */
export function voidToldLate(
  store: RecordStore,
  row: CertificateRow,
  leaf: Pick<CertificateFacts, 'der' | 'fingerprint'>,
): void {
  assert(row.state === 'void' && row.certificate === null && row.reason !== null, 'it was never signed on record');
  const payload = voidPayload(row, leaf.der, leaf.fingerprint, row.reason);
  store.insertOutbox({ kind: 'void', payload, certificateId: row.certificateId });
}
