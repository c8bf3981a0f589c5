// Rows of labels: due with a certificate, printed by numbered copies, read back from the board.
import { z } from 'zod';
import { LabelSize } from '../domain/label.ts';
import type { LabelCounts, LabelRow, LabelStore } from '../station/records/label-store.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { change, changeOne, query } from './statement.ts';

const LabelShape = z.object({
  certificateId: z.number(),
  lotId: z.string(),
  deviceSerial: z.string(),
  spkiSha256: z.string(),
  model: z.string(),
  revision: z.string(),
  size: LabelSize,
  dueMs: z.number(),
  copies: z.number(),
  printedMs: z.number().nullable(),
  printedBy: z.string().nullable(),
  scannedMs: z.number().nullable(),
}) satisfies z.ZodType<LabelRow>;

const SELECT_LABEL = `SELECT label.certificate_id AS certificateId, label.lot_id AS lotId,
    certificate.device_serial AS deviceSerial, certificate.spki_sha256 AS spkiSha256, model, revision, size,
    due_ms AS dueMs, printed_ms AS printedMs, scanned_ms AS scannedMs,
    (SELECT coalesce(max(copy), 0) FROM label_copy WHERE label_copy.certificate_id = label.certificate_id) AS copies,
    (SELECT actor_id FROM label_copy WHERE label_copy.certificate_id = label.certificate_id AND state = 'printed'
       ORDER BY copy DESC LIMIT 1) AS printedBy
  FROM label JOIN certificate USING (certificate_id) JOIN device USING (device_id)`;

const Count = z.object({ count: z.number() });

export function labelRows(database: SqliteDatabase): LabelStore {
  const lotLabel = query(database, 'SELECT size FROM lot_label WHERE lot_id = ?', z.object({ size: LabelSize }));
  const insertLotLabel = change(database, 'INSERT INTO lot_label (lot_id, size) VALUES (?, ?)');
  const byId = query(database, `${SELECT_LABEL} WHERE label.certificate_id = ?`, LabelShape);
  const bySerial = query(
    database,
    `${SELECT_LABEL} WHERE certificate.device_serial = ? AND certificate.state <> 'void'`,
    LabelShape,
  );
  const passed = query(
    database,
    `SELECT certificate_id AS certificateId, lot_id AS lotId, spki_sha256 AS spkiSha256 FROM certificate
     WHERE device_serial = ? AND state = 'live'`,
    z.object({ certificateId: z.number(), lotId: z.string(), spkiSha256: z.string() }),
  );
  const insertLabel = change(
    database,
    'INSERT INTO label (certificate_id, lot_id, size, due_ms, printed_ms, scanned_ms) VALUES (?, ?, ?, ?, NULL, NULL)',
  );
  const waiting = query(
    database,
    `${SELECT_LABEL} WHERE printed_ms IS NULL AND certificate.state <> 'void'
     ORDER BY due_ms, label.certificate_id LIMIT ?`,
    LabelShape,
  );
  const waitingCount = query(
    database,
    `SELECT count(*) AS count FROM label JOIN certificate USING (certificate_id)
     WHERE printed_ms IS NULL AND certificate.state <> 'void'`,
    Count,
  );
  const insertCopy = change(
    database,
    `INSERT INTO label_copy (certificate_id, copy, actor_id, state, intended_ms, ended_ms)
     VALUES (?, ?, ?, 'intended', ?, NULL)`,
  );
  const endCopy = changeOne(
    database,
    'UPDATE label_copy SET state = ?, ended_ms = ? WHERE certificate_id = ? AND copy = ?',
  );
  const setPrinted = changeOne(database, 'UPDATE label SET printed_ms = ? WHERE certificate_id = ?');
  const open = query(
    database,
    `SELECT certificate_id AS certificateId, copy FROM label_copy WHERE state = 'intended' ORDER BY certificate_id, copy`,
    z.object({ certificateId: z.number(), copy: z.number() }),
  );
  const setScanned = changeOne(database, 'UPDATE label SET scanned_ms = ? WHERE certificate_id = ?');
  return {
    lotLabel: (lotId) => lotLabel.one(lotId)?.size ?? null,
    insertLotLabel: (lotId, size) => void insertLotLabel(lotId, size),
    label: (certificateId) => byId.one(certificateId),
    labelOfSerial: (deviceSerial) => bySerial.one(deviceSerial),
    passedCertificate: (deviceSerial) => passed.one(deviceSerial),
    insertLabel: ({ certificateId, lotId, size, dueMs }) => void insertLabel(certificateId, lotId, size, dueMs),
    waitingLabels: (limit) => waiting.all(limit),
    waitingLabelCount: () => waitingCount.one()?.count ?? 0,
    labelCounts: labelCountsQuery(database),
    insertCopy: ({ certificateId, copy, actorId, intendedMs }) =>
      void insertCopy(certificateId, copy, actorId, intendedMs),
    endCopy: (certificateId, copy, state, endedMs) => {
      endCopy(state, endedMs, certificateId, copy);
      if (state === 'printed') setPrinted(endedMs, certificateId);
    },
    openCopies: () => open.all(),
    setLabelScanned: (certificateId, scannedMs) => setScanned(scannedMs, certificateId),
  };
}

/** Labels of a lot's boards that are not void: due, printed, read back, printed more than once. */
function labelCountsQuery(database: SqliteDatabase): (lotId: string) => LabelCounts {
  const counts = query(
    database,
    `SELECT count(*) AS due, count(printed_ms) AS printed, count(scanned_ms) AS scannedBack,
       count(CASE WHEN EXISTS (SELECT 1 FROM label_copy WHERE label_copy.certificate_id = label.certificate_id AND copy > 1)
         THEN 1 END) AS again
     FROM label JOIN certificate USING (certificate_id) WHERE label.lot_id = ? AND certificate.state <> 'void'`,
    z.object({ due: z.number(), printed: z.number(), scannedBack: z.number(), again: z.number() }),
  );
  return (lotId) => counts.one(lotId) ?? { due: 0, printed: 0, scannedBack: 0, again: 0 };
}
