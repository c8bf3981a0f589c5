// Rows of device certificates, the conflicts between them, and their counts.
import type { SqliteDatabase } from '../../db/sqlite.ts';
import type { CertificateRow, RegistrationStore, StationCounts } from '../registration-store.ts';

type CertificateStatements = Pick<
  RegistrationStore,
  | 'certificate'
  | 'registeredOfDevice'
  | 'registeredOfSerial'
  | 'otherOfKey'
  | 'lastRegisteredOfDevice'
  | 'saveCertificate'
  | 'insertConflict'
  | 'counts'
  | 'certificatesOf'
  | 'unclaimed'
  | 'insertDecision'
>;

const ROW = `SELECT fingerprint, station_id AS stationId, issuer_id AS issuerId, hardware_type AS hardwareType, hwid,
  device_serial AS deviceSerial, spki_sha256 AS spkiSha256, certificate, state, void_reason AS voidReason,
  first_seen_ms AS firstSeenMs, registered_ms AS registeredMs, entry FROM certificate`;

export function certificateStatements(db: SqliteDatabase): CertificateStatements {
  const certificate = db.prepare<[string], CertificateRow>(`${ROW} WHERE fingerprint = ?`);
  const ofDevice = db.prepare<[string, string], CertificateRow>(
    `${ROW} WHERE hardware_type = ? AND hwid = ? AND state = 'registered'`,
  );
  const ofSerial = db.prepare<[string], CertificateRow>(`${ROW} WHERE device_serial = ? AND state = 'registered'`);
  const ofKey = db.prepare<[string, string], CertificateRow>(
    `${ROW} WHERE spki_sha256 = ? AND fingerprint <> ? AND state <> 'unclaimed' LIMIT 1`,
  );
  const lastOfDevice = db.prepare<[string, string], CertificateRow>(
    `${ROW} WHERE hardware_type = ? AND hwid = ? AND registered_ms IS NOT NULL ORDER BY registered_ms DESC LIMIT 1`,
  );
  const save = db.prepare<[CertificateRow]>(
    `INSERT INTO certificate VALUES (:fingerprint, :stationId, :issuerId, :hardwareType, :hwid, :deviceSerial,
       :spkiSha256, :certificate, :state, :voidReason, :firstSeenMs, :registeredMs, :entry)
     ON CONFLICT (fingerprint) DO UPDATE SET state = excluded.state, void_reason = excluded.void_reason,
       registered_ms = excluded.registered_ms, entry = excluded.entry`,
  );
  const insertConflict = db.prepare(
    `INSERT INTO conflict (station_id, fingerprint, other_fingerprint, reason, entry, opened_ms)
     VALUES (:stationId, :fingerprint, :otherFingerprint, :reason, :entry, :openedMs) ON CONFLICT DO NOTHING`,
  );
  const counts = db.prepare<[{ stationId: string }], StationCounts>(
    `SELECT count(*) FILTER (WHERE state = 'registered') AS registered, count(*) FILTER (WHERE state = 'void') AS void,
       count(*) FILTER (WHERE state = 'unclaimed') AS unclaimed,
       (SELECT count(*) FROM conflict WHERE conflict.station_id = :stationId AND NOT EXISTS (
          SELECT 1 FROM certificate AS decided WHERE decided.fingerprint = conflict.fingerprint
            AND (decided.state = 'void' OR decided.state = 'registered' AND conflict.reason <> 'CERTIFICATE_TAKEN')
        )) AS conflicts
     FROM certificate WHERE station_id = :stationId`,
  );
  const ofStation = db.prepare<[string, string, number], CertificateRow>(
    `${ROW} WHERE station_id = ? AND fingerprint > ? ORDER BY fingerprint LIMIT ?`,
  );
  const unclaimed = db.prepare<[string, number], CertificateRow>(
    `${ROW} WHERE state = 'unclaimed' AND fingerprint > ? ORDER BY fingerprint LIMIT ?`,
  );
  const insertDecision = db.prepare(
    `INSERT INTO decision (fingerprint, decision, because, decided_ms)
     VALUES (:fingerprint, :decision, :because, :decidedMs)`,
  );
  return {
    certificate: (fingerprint) => certificate.get(fingerprint) ?? null,
    registeredOfDevice: (hardwareType, hwid) => ofDevice.get(hardwareType, hwid) ?? null,
    registeredOfSerial: (deviceSerial) => ofSerial.get(deviceSerial) ?? null,
    otherOfKey: (spkiSha256, fingerprint) => ofKey.get(spkiSha256, fingerprint) ?? null,
    lastRegisteredOfDevice: (hardwareType, hwid) => lastOfDevice.get(hardwareType, hwid) ?? null,
    saveCertificate: (row) => void save.run(row),
    insertConflict: (row) => void insertConflict.run(row),
    unclaimed: (after, limit) => unclaimed.all(after, limit),
    insertDecision: (row) => void insertDecision.run(row),
    certificatesOf: (stationId, after, limit) => ofStation.all(stationId, after, limit),
    counts: (stationId) => counts.get({ stationId }) ?? { registered: 0, void: 0, unclaimed: 0, conflicts: 0 },
  };
}
