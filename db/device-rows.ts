// Rows of devices and of the serials reserved to them. A freed serial keeps its row and is given out again first.

import { z } from 'zod';
import type { DeviceRow, RecordStore } from '../station/records/record-store.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { change, changeOne, Flag, insertedId, query } from './statement.ts';

export const DeviceShape = z.object({
  deviceId: z.number(),
  hardwareType: z.string(),
  hwid: z.string(),
  deviceSerial: z.string().nullable(),
  model: z.string(),
  revision: z.string(),
  simulated: Flag,
  firstSeenMs: z.number(),
}) satisfies z.ZodType<DeviceRow>;

/** A device with its serial; conditions and order follow. */
export const SELECT_DEVICE = `SELECT device.device_id AS deviceId, hardware_type AS hardwareType, hwid,
    device_serial AS deviceSerial, model, revision, simulated, first_seen_ms AS firstSeenMs
  FROM device LEFT JOIN serial_reservation ON serial_reservation.device_id = device.device_id`;

type DeviceRows = Pick<
  RecordStore,
  | 'device'
  | 'deviceByHwid'
  | 'insertDevice'
  | 'freedSerial'
  | 'reserveSerial'
  | 'freeSerial'
  | 'skipSerial'
  | 'bindSerial'
>;

export function deviceRows(database: SqliteDatabase): DeviceRows {
  const device = query(database, `${SELECT_DEVICE} WHERE device.device_id = ?`, DeviceShape);
  const byHwid = query(database, `${SELECT_DEVICE} WHERE hardware_type = ? AND hwid = ?`, DeviceShape);
  const insertDevice = change(
    database,
    `INSERT INTO device (hardware_type, hwid, model, revision, simulated, first_seen_ms) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const freed = query(
    database,
    `SELECT device_serial AS deviceSerial FROM serial_reservation WHERE lot_id = ? AND device_id IS NULL
     ORDER BY device_serial LIMIT 1`,
    z.object({ deviceSerial: z.string() }),
  );
  const takeFreed = change(
    database,
    'UPDATE serial_reservation SET device_id = ? WHERE lot_id = ? AND device_serial = ? AND device_id IS NULL',
  );
  const takeNew = change(
    database,
    'INSERT INTO serial_reservation (device_id, lot_id, device_serial) VALUES (?, ?, ?)',
  );
  const bindFreed = change(
    database,
    'UPDATE serial_reservation SET device_id = ? WHERE device_serial = ? AND device_id IS NULL',
  );
  const bindNew = change(
    database,
    'INSERT INTO serial_reservation (device_id, lot_id, device_serial) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const countTaken = changeOne(database, 'UPDATE lot SET serials_taken = serials_taken + 1 WHERE lot_id = ?');
  const free = changeOne(database, 'UPDATE serial_reservation SET device_id = NULL WHERE device_id = ?');

  return {
    device: (deviceId) => device.one(deviceId),
    deviceByHwid: (hardwareType, hwid) => byHwid.one(hardwareType, hwid),
    insertDevice: (row) =>
      insertedId(
        insertDevice(row.hardwareType, row.hwid, row.model, row.revision, Number(row.simulated), row.firstSeenMs),
      ),
    freedSerial: (lotId) => freed.one(lotId)?.deviceSerial ?? null,
    reserveSerial(lotId, deviceId, deviceSerial) {
      if (takeFreed(deviceId, lotId, deviceSerial).changes === 1) return;
      takeNew(deviceId, lotId, deviceSerial);
      countTaken(lotId);
    },
    freeSerial: (deviceId) => free(deviceId),
    bindSerial: (lotId, deviceId, deviceSerial) =>
      bindFreed(deviceId, deviceSerial).changes === 1 || bindNew(deviceId, lotId, deviceSerial).changes === 1,
    skipSerial: (lotId) => countTaken(lotId),
  };
}
