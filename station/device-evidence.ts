// All that proves one device, as one file: its record, its certificates and the CAs above them, its audit events, and the
// signed checkpoint that pins them. Public facts only: no name of a person is in it.
import type { DeviceRecord } from '../contract/devices-api.ts';
import { toPem } from '../pki/pem.ts';
import type { DeviceBooks } from './device-books.ts';
import type { CaShelf } from './identity/ca-folder.ts';
import type { DeviceRow, StationRow } from './records/record-store.ts';

interface EvidenceOrder {
  readonly books: DeviceBooks;
  readonly shelf: CaShelf;
  readonly device: DeviceRow;
  readonly record: DeviceRecord;
  readonly station: StationRow | null;
}

interface DeviceEvidence {
  /** What the file is to be called. */
  readonly fileName: string;
  /** JSON. */
  readonly text: string;
}

export function evidenceOf({ books, shelf, device, record, station }: EvidenceOrder): DeviceEvidence {
  const { deviceSerial, hwid, hardwareType, model, revision, simulated, firstSeenMs } = device;
  const certificates = books.certificatesOf(device.deviceId);
  const issuers = new Set(certificates.map(({ issuerId }) => issuerId));
  const cas = shelf.whole.filter(({ chain }) => issuers.has(chain.issuerId));
  const events = books.eventsOfDevice(device);
  const lastSeq = events.at(-1)?.seq ?? 0;
  const checkpoint = books.checkpointAfter(station?.epoch ?? 1, lastSeq);
  const file = {
    keyline: 1,
    stationId: station?.stationId ?? null,
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
    checkpoint,
  };
  return { fileName: `${deviceSerial ?? hwid}.json`, text: `${JSON.stringify(file, null, 2)}\n` };
}
