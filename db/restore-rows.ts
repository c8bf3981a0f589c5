// Rows of restores: the epochs that a station has had, what it abandoned, and which serials others of it used.
import { z } from 'zod';
import type { RestoreRow, RestoreStore } from '../station/records/restore-store.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { change, changeOne, query } from './statement.ts';

const RestoreShape = z.object({
  epoch: z.number(),
  fromEpoch: z.number(),
  backupSeq: z.number(),
  backupHead: z.string(),
  restoredMs: z.number(),
  freshRange: z.string().nullable(),
  serialsReadMs: z.number().nullable(),
}) satisfies z.ZodType<RestoreRow>;

const Found = z.object({ deviceSerial: z.string() });

export function restoreRows(database: SqliteDatabase): RestoreStore {
  const last = query(
    database,
    `SELECT epoch, from_epoch AS fromEpoch, backup_seq AS backupSeq, backup_head AS backupHead,
       restored_ms AS restoredMs, fresh_range AS freshRange, serials_read_ms AS serialsReadMs
     FROM restore ORDER BY epoch DESC LIMIT 1`,
    RestoreShape,
  );
  const insert = change(
    database,
    `INSERT INTO restore (epoch, from_epoch, backup_seq, backup_head, restored_ms, fresh_range, serials_read_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const setEpoch = changeOne(database, 'UPDATE station SET epoch = ?');
  const setRead = changeOne(database, 'UPDATE restore SET serials_read_ms = ? WHERE epoch = ?');
  const abandon = change(database, 'INSERT INTO abandoned_lot (lot_id, epoch) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const abandoned = query(
    database,
    'SELECT lot_id AS lotId FROM abandoned_lot WHERE lot_id = ?',
    z.object({ lotId: z.string() }),
  );
  const insertUsed = change(database, 'INSERT INTO used_serial (device_serial) VALUES (?) ON CONFLICT DO NOTHING');
  const insertVoid = change(database, 'INSERT INTO void_at_service (fingerprint) VALUES (?) ON CONFLICT DO NOTHING');
  const isVoid = query(
    database,
    'SELECT fingerprint FROM void_at_service WHERE fingerprint = ?',
    z.object({ fingerprint: z.string() }),
  );
  const insertCounted = change(
    database,
    'INSERT INTO counted_at_service (fingerprint, issuer_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  // Of one length and prefix, so that the order of texts is the order of numbers.
  const used = query(
    database,
    `SELECT device_serial AS deviceSerial FROM used_serial
     WHERE device_serial BETWEEN ? AND ? AND length(device_serial) = ? ORDER BY device_serial LIMIT 1`,
    Found,
  );
  const known = query(
    database,
    `SELECT device_serial AS deviceSerial FROM serial_reservation WHERE device_serial = ?
     UNION ALL SELECT device_serial FROM used_serial WHERE device_serial = ? LIMIT 1`,
    Found,
  );
  return {
    restoration: () => last.one(),
    insertRestore: (row) =>
      void insert(
        row.epoch,
        row.fromEpoch,
        row.backupSeq,
        row.backupHead,
        row.restoredMs,
        row.freshRange,
        row.serialsReadMs,
      ),
    setEpoch: (epoch) => setEpoch(epoch),
    setSerialsRead: (epoch, readMs) => setRead(readMs, epoch),
    abandonLot: (lotId, epoch) => void abandon(lotId, epoch),
    isAbandoned: (lotId) => abandoned.one(lotId) !== null,
    insertUsedSerial: (deviceSerial) => void insertUsed(deviceSerial),
    insertVoidAtService: (fingerprint) => void insertVoid(fingerprint),
    insertCountedAtService: (fingerprint, issuerId) => void insertCounted(fingerprint, issuerId),
    isVoidAtService: (fingerprint) => isVoid.one(fingerprint) !== null,
    usedSerialBetween: (first, end) => used.one(first, end, first.length)?.deviceSerial ?? null,
    serialKnown: (deviceSerial) => known.one(deviceSerial, deviceSerial) !== null,
  };
}
