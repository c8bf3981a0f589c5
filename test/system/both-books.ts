// The books of a practice folder, read from both databases by plain SQL: the station's and the security service's.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { openQueries } from '../../db/queries.ts';

const Signed = z.object({
  deviceSerial: z.string(),
  hwid: z.string(),
  spkiSha256: z.string(),
  fingerprint: z.string(),
  certificateSerialNumber: z.string(),
  state: z.string(),
  reason: z.string().nullable(),
});
export type Signed = z.infer<typeof Signed>;

const Known = Signed.omit({ certificateSerialNumber: true });
const Entry = z.object({ id: z.number(), kind: z.string(), state: z.string() });
const Count = z.object({ n: z.number() });

/** Everything that both sides say of a practice folder whose programs have ended. */
export function readBooks(dataDir: string) {
  const records = openQueries(join(dataDir, 'station.db'));
  const station = new Database(join(dataDir, 'station.db'), { readonly: true, fileMustExist: true });
  const service = new Database(join(dataDir, 'service', 'service.db'), { readonly: true, fileMustExist: true });
  try {
    return {
      lots: records.lots(0).map(({ lot, tally }) => ({ ...lot, tally })),
      sync: records.syncCounts(),
      certificates: records.certificateCounts(),
      /** Of the station: with a signature. */
      signed: station
        .prepare(SIGNED)
        .all()
        .map((row) => Signed.parse(row)),
      outbox: station
        .prepare('SELECT id, kind, state FROM outbox ORDER BY id')
        .all()
        .map((row) => Entry.parse(row)),
      /** Outbox entries of which the audit log says that the service took them. */
      accepted: station
        .prepare(ACCEPTED)
        .all()
        .map((row) => Count.parse(row).n),
      /** Of the service: every certificate it knows. */
      known: service
        .prepare(KNOWN)
        .all()
        .map((row) => Known.parse(row)),
      conflicts: Count.parse(service.prepare('SELECT count(*) AS n FROM conflict').get()).n,
    };
  } finally {
    records.close();
    station.close();
    service.close();
  }
}

const SIGNED = `SELECT device_serial AS deviceSerial, hwid, spki_sha256 AS spkiSha256, fingerprint,
    certificate_serial_number AS certificateSerialNumber, state, reason
  FROM certificate JOIN device USING (device_id) WHERE fingerprint IS NOT NULL ORDER BY fingerprint`;

const ACCEPTED = `SELECT json_extract(body, '$.outboxId') AS n FROM audit_event
  WHERE type = 'registration-accepted' ORDER BY n`;

const KNOWN = `SELECT device_serial AS deviceSerial, hwid, spki_sha256 AS spkiSha256, fingerprint, state,
    void_reason AS reason
  FROM certificate ORDER BY fingerprint`;
