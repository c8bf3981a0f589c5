// Devices for people and exports: the list by pages, one device with its attempts and certificates.
import { z } from 'zod';
import { Outcome } from '../domain/job.ts';
import type { CertificateRow, DeviceRow, JobRow } from '../station/records/record-store.ts';
import { CertificateShape, SELECT_CERTIFICATE } from './certificate-rows.ts';
import { DeviceShape, SELECT_DEVICE } from './device-rows.ts';
import { JobShape, SELECT_JOB } from './job-rows.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { Bytes, Code, query } from './statement.ts';

/** Devices of one page at most: what a screen shows and a terminal scrolls. */
const PAGE_LIMIT = 1000;

const Listed = DeviceShape.extend({
  /** Of its last job; in the lot that was asked for, when one was. */
  jobId: z.number(),
  lotId: z.string(),
  slot: z.string(),
  outcome: Outcome.nullable(),
  code: Code.nullable(),
  endedMs: z.number().nullable(),
  /** Of its certificate that is not void. */
  fingerprint: z.string().nullable(),
  spkiSha256: z.string().nullable(),
  /** What became of its registration; null while it has none to make. */
  registration: z.enum(['waiting', 'accepted', 'refused']).nullable(),
});
export type ListedDevice = z.infer<typeof Listed>;

const Exported = z.object({
  deviceSerial: z.string(),
  hardwareType: z.string(),
  hwid: z.string(),
  lotId: z.string(),
  model: z.string(),
  revision: z.string(),
  issuerId: z.string(),
  certificateSerialNumber: z.string(),
  fingerprint: z.string(),
  spkiSha256: z.string(),
  /** DER. */
  certificate: Bytes,
});
export type ExportedDevice = z.infer<typeof Exported>;

export interface DeviceFilter {
  readonly lotId?: string;
  readonly outcome?: Outcome | 'running';
  /** The `next` of the page before. */
  readonly after?: number;
  /** Devices a page; 1000 at most. */
  readonly limit: number;
}

export interface DevicePage {
  readonly devices: readonly ListedDevice[];
  /** Where the next page starts, or null when this is the last. */
  readonly next: number | null;
}

export interface DeviceQueries {
  /** In the order in which they were first seen. */
  devices(filter: DeviceFilter): DevicePage;
  deviceBySerial(deviceSerial: string): DeviceRow | null;
  /** One a hardware type. */
  devicesByHwid(hwid: string): readonly DeviceRow[];
  /** Attempts, the first one first. */
  jobsOf(deviceId: number): readonly JobRow[];
  /** The first one first, void ones included. */
  certificatesOf(deviceId: number): readonly CertificateRow[];
  /** Devices with a live certificate in order of their serials: of one lot, or all. */
  liveDevices(lotId?: string): IterableIterator<ExportedDevice>;
}

export function deviceQueries(database: SqliteDatabase): DeviceQueries {
  const ofAll = query(database, listSql('all'), Listed);
  const ofLot = query(database, listSql('lot'), Listed);
  const bySerial = query(database, `${SELECT_DEVICE} WHERE device_serial = ?`, DeviceShape);
  const byHwid = query(database, `${SELECT_DEVICE} WHERE hwid = ? ORDER BY hardware_type`, DeviceShape);
  const jobs = query(database, `${SELECT_JOB} WHERE device_id = ? ORDER BY job_id`, JobShape);
  const certificates = query(
    database,
    `${SELECT_CERTIFICATE} WHERE device_id = ? ORDER BY certificate_id`,
    CertificateShape,
  );
  const live = query(
    database,
    `SELECT device_serial AS deviceSerial, hardware_type AS hardwareType, hwid, lot_id AS lotId, model, revision,
       issuer_id AS issuerId, certificate_serial_number AS certificateSerialNumber, fingerprint,
       spki_sha256 AS spkiSha256, certificate
     FROM certificate JOIN device USING (device_id)
     WHERE state = 'live' AND (? IS NULL OR lot_id = ?) ORDER BY device_serial`,
    Exported,
  );

  return {
    devices({ lotId, outcome, after = 0, limit }) {
      const size = Math.max(1, Math.min(limit, PAGE_LIMIT));
      const rest = [after, outcome ?? null, outcome ?? null, size + 1];
      // One row beyond the page says whether there is another page.
      const found = lotId === undefined ? ofAll.all(...rest) : ofLot.all(lotId, ...rest);
      const devices = found.slice(0, size);
      return { devices, next: found.length > size ? (devices.at(-1)?.deviceId ?? null) : null };
    },
    deviceBySerial: (deviceSerial) => bySerial.one(deviceSerial),
    devicesByHwid: (hwid) => byHwid.all(hwid),
    jobsOf: (deviceId) => jobs.all(deviceId),
    certificatesOf: (deviceId) => certificates.all(deviceId),
    liveDevices: (lotId) => live.each(lotId ?? null, lotId ?? null),
  };
}

/** Walks an index in order of devices, so that a page costs what it shows and not what lies before or behind it. */
function listSql(scope: 'all' | 'lot'): string {
  const inLot = scope === 'lot';
  return `SELECT device.device_id AS deviceId, hardware_type AS hardwareType, hwid,
      reserved.device_serial AS deviceSerial, model, revision, simulated, first_seen_ms AS firstSeenMs,
      job.job_id AS jobId, job.lot_id AS lotId, slot, outcome, job.code, ended_ms AS endedMs, fingerprint,
      spki_sha256 AS spkiSha256, outbox.state AS registration
    FROM job INDEXED BY ${inLot ? 'job_of_lot' : 'job_of_device'}
      CROSS JOIN device ON device.device_id = job.device_id
      LEFT JOIN serial_reservation AS reserved ON reserved.device_id = job.device_id
      LEFT JOIN certificate ON certificate.device_id = job.device_id AND certificate.state <> 'void'
      LEFT JOIN outbox ON kind = 'register' AND outbox.certificate_id = certificate.certificate_id
    WHERE ${inLot ? 'job.lot_id = ? AND' : ''} job.device_id > ?
      AND NOT EXISTS (SELECT 1 FROM job AS later WHERE later.device_id = job.device_id
        AND later.job_id > job.job_id ${inLot ? 'AND later.lot_id = job.lot_id' : ''})
      AND (? IS NULL OR coalesce(outcome, 'running') = ?)
    ORDER BY job.device_id LIMIT ?`;
}
