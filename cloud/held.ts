// A page of what is held of one station, in the order of fingerprints. Bounded: a station of a million devices asks often.
import { Buffer } from 'node:buffer';
import { HELD_PAGE, type HeldPage } from '../contract/security-service/held.ts';
import type { StationRow } from './registration-store.ts';
import type { Service } from './service-context.ts';

export function heldPage({ store }: Service, { stationId }: StationRow, after: string | null): HeldPage {
  const rows = store.certificatesOf(stationId, after ?? '', HELD_PAGE + 1);
  const certificates = rows.slice(0, HELD_PAGE).map((row) => ({
    ...{ fingerprint: row.fingerprint, deviceSerial: row.deviceSerial, hwid: row.hwid },
    ...{ hardwareType: row.hardwareType, spkiSha256: row.spkiSha256, issuerId: row.issuerId },
    ...{ state: row.state, voidReason: row.voidReason },
    certificate: Buffer.from(row.certificate).toString('base64'),
  }));
  return { certificates, more: rows.length > HELD_PAGE };
}
