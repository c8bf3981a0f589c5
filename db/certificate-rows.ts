// Rows of keys and certificates. A key is known for ever, a certificate's bytes are never rewritten, void is the end.

import { z } from 'zod';
import { CertificateState } from '../domain/job.ts';
import type { CertificateRow, RecordStore } from '../station/records/record-store.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { Bytes, change, changeOne, insertedId, query } from './statement.ts';

export const CertificateShape = z.object({
  certificateId: z.number(),
  deviceId: z.number(),
  jobId: z.number(),
  lotId: z.string(),
  deviceSerial: z.string(),
  spkiSha256: z.string(),
  issuerId: z.string(),
  certificateSerialNumber: z.string(),
  tbs: Bytes,
  certificate: Bytes.nullable(),
  fingerprint: z.string().nullable(),
  state: CertificateState,
  reason: z.string().nullable(),
}) satisfies z.ZodType<CertificateRow>;

export const SELECT_CERTIFICATE = `SELECT certificate_id AS certificateId, device_id AS deviceId, job_id AS jobId,
  lot_id AS lotId, device_serial AS deviceSerial, spki_sha256 AS spkiSha256, issuer_id AS issuerId,
  certificate_serial_number AS certificateSerialNumber, tbs, certificate, fingerprint, state, reason FROM certificate`;

type CertificateRows = Pick<
  RecordStore,
  | 'insertKey'
  | 'keyOwner'
  | 'keySpki'
  | 'discardKey'
  | 'unusedKeys'
  | 'certificate'
  | 'standingCertificate'
  | 'lastCertificate'
  | 'certificateByFingerprint'
  | 'certificateOfKey'
  | 'lastReplaced'
  | 'insertCertificate'
  | 'insertSigned'
  | 'setCertificateSigned'
  | 'setCertificateState'
>;

export function certificateRows(database: SqliteDatabase): CertificateRows {
  const key = query(
    database,
    'SELECT device_id AS deviceId, spki FROM key WHERE spki_sha256 = ?',
    z.object({ deviceId: z.number(), spki: Bytes }),
  );
  const insertKey = change(database, 'INSERT INTO key (spki_sha256, spki, device_id, job_id) VALUES (?, ?, ?, ?)');
  const discardKey = changeOne(database, 'UPDATE key SET discarded = 1 WHERE spki_sha256 = ?');
  const unused = query(
    database,
    `SELECT spki_sha256 AS spkiSha256 FROM key WHERE job_id = ? AND discarded = 0
       AND NOT EXISTS (SELECT 1 FROM certificate WHERE certificate.spki_sha256 = key.spki_sha256)`,
    z.object({ spkiSha256: z.string() }),
  );
  const byId = query(database, `${SELECT_CERTIFICATE} WHERE certificate_id = ?`, CertificateShape);
  const standing = query(database, `${SELECT_CERTIFICATE} WHERE device_id = ? AND state <> 'void'`, CertificateShape);
  const last = query(
    database,
    `${SELECT_CERTIFICATE} WHERE device_id = ? ORDER BY certificate_id DESC LIMIT 1`,
    CertificateShape,
  );
  const byFingerprint = query(database, `${SELECT_CERTIFICATE} WHERE fingerprint = ?`, CertificateShape);
  const ofKey = query(database, `${SELECT_CERTIFICATE} WHERE spki_sha256 = ?`, CertificateShape);
  const replaced = query(
    database,
    `SELECT fingerprint FROM certificate WHERE device_id = ? AND certificate.state = 'void' AND EXISTS (SELECT 1 FROM outbox
       WHERE kind = 'register' AND outbox.certificate_id = certificate.certificate_id)
     ORDER BY certificate_id DESC LIMIT 1`,
    z.object({ fingerprint: z.string() }),
  );
  const insertCertificate = change(
    database,
    `INSERT INTO certificate (device_id, job_id, lot_id, device_serial, spki_sha256, issuer_id,
       certificate_serial_number, tbs, state, certificate, fingerprint)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const inserted = (row: Omit<CertificateRow, 'certificateId' | 'reason'>) =>
    insertedId(
      insertCertificate(
        ...[row.deviceId, row.jobId, row.lotId, row.deviceSerial, row.spkiSha256, row.issuerId],
        ...[row.certificateSerialNumber, row.tbs, row.state, row.certificate, row.fingerprint],
      ),
    );
  const setSigned = changeOne(
    database,
    `UPDATE certificate SET certificate = ?, fingerprint = ?, state = 'signed'
     WHERE certificate_id = ? AND state = 'intended'`,
  );
  const setState = changeOne(database, 'UPDATE certificate SET state = ?, reason = ? WHERE certificate_id = ?');

  return {
    insertKey: (row) => void insertKey(row.spkiSha256, row.spki, row.deviceId, row.jobId),
    keyOwner: (spkiSha256) => key.one(spkiSha256)?.deviceId ?? null,
    keySpki: (spkiSha256) => key.one(spkiSha256)?.spki ?? null,
    discardKey: (spkiSha256) => discardKey(spkiSha256),
    unusedKeys: (jobId) => unused.all(jobId).map(({ spkiSha256 }) => spkiSha256),
    certificate: (certificateId) => byId.one(certificateId),
    standingCertificate: (deviceId) => standing.one(deviceId),
    lastCertificate: (deviceId) => last.one(deviceId),
    certificateByFingerprint: (fingerprint) => byFingerprint.one(fingerprint),
    certificateOfKey: (spkiSha256) => ofKey.one(spkiSha256),
    lastReplaced: (deviceId) => replaced.one(deviceId)?.fingerprint ?? null,
    insertCertificate: (row) => inserted({ ...row, certificate: null, fingerprint: null }),
    insertSigned: (row) => inserted({ ...row, state: 'signed' }),
    setCertificateSigned: (certificateId, certificate, fingerprint) =>
      setSigned(certificate, fingerprint, certificateId),
    setCertificateState: (certificateId, state, reason) => setState(state, reason, certificateId),
  };
}
