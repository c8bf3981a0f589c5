// All that proves one device, as one file: its record, its certificates and the CAs above them, its audit events, and what
// pins them: the chain from each to the next signed checkpoint, and the key that signs those. It can be checked with
// nothing but itself and a reason to believe that key. Public facts only: no name of a person is in it.
import type { DeviceRecord } from '../contract/devices-api.ts';
import { toPem } from '../pki/pem.ts';
import type { DeviceBooks } from './device-books.ts';
import { evidenceSeals } from './evidence-seals.ts';
import type { CaShelf } from './identity/ca-folder.ts';
import type { DeviceRow, StationRow } from './records/record-store.ts';
import type { StationIdentity } from './station-identity.ts';

interface EvidenceOrder {
  readonly books: DeviceBooks;
  readonly shelf: CaShelf;
  readonly device: DeviceRow;
  readonly record: DeviceRecord;
  readonly station: StationRow | null;
  readonly identity: StationIdentity | null;
}

interface DeviceEvidence {
  /** What the file is to be called. */
  readonly fileName: string;
  /** JSON. */
  readonly text: string;
}

export function evidenceOf({ books, shelf, device, record, station, identity }: EvidenceOrder): DeviceEvidence {
  const { deviceSerial, hwid, hardwareType, model, revision, simulated, firstSeenMs } = device;
  const certificates = books.certificatesOf(device.deviceId);
  const issuers = new Set(certificates.map(({ issuerId }) => issuerId));
  const cas = shelf.whole.filter(({ chain }) => issuers.has(chain.issuerId));
  const events = books.eventsOfDevice(device);
  const file = {
    keyline: 1,
    stationId: station?.stationId ?? null,
    // SubjectPublicKeyInfo in Base64; the certificate where the station is enrolled with that key.
    stationKey: identity && Buffer.from(identity.spki).toString('base64'),
    stationCertificate: identity?.certificate ? toPem('CERTIFICATE', identity.certificate) : null,
    device: { deviceSerial, hwid, hardwareType, model, revision, simulated, firstSeenMs },
    ...{ state: record.device.state, identity: record.identity, attempts: record.attempts },
    certificates: certificates.map((row) => ({
      ...{ certificateSerialNumber: row.certificateSerialNumber, issuerId: row.issuerId, fingerprint: row.fingerprint },
      ...{ spkiSha256: row.spkiSha256, state: row.state, reason: row.reason },
      certificate: row.certificate && toPem('CERTIFICATE', row.certificate),
    })),
    chains: cas.map(({ chain }) => ({
      issuerId: chain.issuerId,
      certificates: [...chain.intermediates, chain.root].map((der) => toPem('CERTIFICATE', der)),
    })),
    events,
    seals: evidenceSeals(books, station?.epoch ?? 1, events),
  };
  return { fileName: `${deviceSerial ?? hwid}.json`, text: `${JSON.stringify(file, null, 2)}\n` };
}
