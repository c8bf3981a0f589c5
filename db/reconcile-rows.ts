// Signed certificates in the order of fingerprints, each with the entry that told the cloud of it.
import { z } from 'zod';
import { CertificateState } from '../domain/job.ts';
import type { ReconcileStore } from '../station/reconcile/reconcile-store.ts';
import type { OwnCertificate } from '../station/reconcile/side-by-side.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { change, query } from './statement.ts';

const OwnShape = z.object({
  certificateId: z.number(),
  jobId: z.number(),
  fingerprint: z.string(),
  deviceSerial: z.string(),
  hwid: z.string(),
  state: CertificateState,
  sent: z.enum(['waiting', 'accepted', 'refused']).nullable(),
}) satisfies z.ZodType<OwnCertificate>;

export function reconcileRows(database: SqliteDatabase): ReconcileStore {
  const after = query(
    database,
    `SELECT certificate.certificate_id AS certificateId, certificate.job_id AS jobId, fingerprint,
       device_serial AS deviceSerial, hwid, certificate.state AS state, outbox.state AS sent
     FROM certificate JOIN device USING (device_id) LEFT JOIN outbox
       ON outbox.certificate_id = certificate.certificate_id
       AND outbox.kind = CASE certificate.state WHEN 'void' THEN 'void' ELSE 'register' END
     WHERE fingerprint > ? ORDER BY fingerprint LIMIT ?`,
    OwnShape,
  );
  const voids = query(
    database,
    "SELECT state AS sent FROM outbox WHERE certificate_id = ? AND kind = 'void'",
    OwnShape.pick({ sent: true }),
  );
  // Why it was refused stays until the answer: a conflict is one until then.
  const again = change(
    database,
    "UPDATE outbox SET state = 'waiting' WHERE certificate_id = ? AND kind = ? AND state <> 'waiting'",
  );
  return {
    signedAfter: (fingerprint, limit) => after.all(fingerprint, limit),
    voidSent: (certificateId) => voids.one(certificateId)?.sent ?? null,
    sendAgain: (certificateId, kind) => again(certificateId, kind).changes === 1,
  };
}
