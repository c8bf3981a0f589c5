// Finds devices by the beginning of a serial or hardware id, by lot and by the day they were first seen: each way walks
// one index, so that a page costs what it shows, among 1,000,000 devices too.
import { z } from 'zod';
import { DeviceState } from '../domain/device-word.ts';
import type { FindQuery, FoundRow, FoundRows } from '../station/device-books.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { Code, query } from './statement.ts';

const Found = z.object({
  deviceId: z.number(),
  deviceSerial: z.string().nullable(),
  hwid: z.string(),
  model: z.string(),
  revision: z.string(),
  firstSeenMs: z.number(),
  lotId: z.string(),
  slot: z.string(),
  code: Code.nullable(),
  endedMs: z.number().nullable(),
  state: DeviceState,
}) satisfies z.ZodType<FoundRow>;

const COLUMNS = `device.device_id AS deviceId, own.device_serial AS deviceSerial, hwid, model, revision,
  first_seen_ms AS firstSeenMs, device_now.lot_id AS lotId, job.slot AS slot, job.code AS code, job.ended_ms AS endedMs, device_now.state AS state`;
/** CROSS JOIN keeps the order: the driving table's index first. */
const REST = `CROSS JOIN device_now ON device_now.device_id = device.device_id
  CROSS JOIN job ON job.job_id = device_now.job_id`;
const OWN = 'LEFT JOIN serial_reservation AS own ON own.device_id = device.device_id';
/** A device counts for each lot that it has a job in. */
const IN_LOT = `(:lot IS NULL OR EXISTS (SELECT 1 FROM job AS of_lot
  WHERE of_lot.lot_id = :lot AND of_lot.device_id = device.device_id))`;
const IN_TEXT = `(:from IS NULL OR (own.device_serial >= :from AND own.device_serial < :to)
  OR (hwid >= :hexFrom AND hwid < :hexTo))`;

/** Greater than every text that begins so. */
function after(beginning: string): string {
  return `${beginning}\u{10ffff}`;
}

type Way = 'serial' | 'hwid' | 'seen' | 'lot' | 'all';

interface Place {
  readonly way: Way;
  /** The last of the page before: a serial, a hardware id or a time, and a device. */
  readonly key: string;
  readonly deviceId: number;
}

const FIRST = { key: '', deviceId: Number.MAX_SAFE_INTEGER } as const;

export function deviceFind(database: SqliteDatabase): {
  find(asked: FindQuery): FoundRows;
  foundDevice(deviceId: number): FoundRow | null;
} {
  const prepared = (sql: string) => query(database, sql, Found);
  const ways: Record<Way, ReturnType<typeof prepared>> = {
    serial: prepared(`SELECT ${COLUMNS} FROM serial_reservation AS own
      CROSS JOIN device ON device.device_id = own.device_id ${REST}
      WHERE own.device_serial >= :from AND own.device_serial < :to AND own.device_serial > :key
        AND (:lot IS NULL OR own.lot_id = :lot) ORDER BY own.device_serial LIMIT :limit`),
    hwid: prepared(`SELECT ${COLUMNS} FROM device INDEXED BY device_hwid ${REST} ${OWN}
      WHERE hwid >= :hexFrom AND hwid < :hexTo AND hwid > :key AND ${IN_LOT}
        AND (own.device_serial IS NULL OR own.device_serial < :from OR own.device_serial >= :to)
      ORDER BY hwid LIMIT :limit`),
    seen: prepared(`SELECT ${COLUMNS} FROM device INDEXED BY device_seen ${REST} ${OWN}
      WHERE first_seen_ms >= :seenFrom AND first_seen_ms < :seenTo
        AND (first_seen_ms, device.device_id) < (CAST(:key AS INTEGER), :deviceId) AND ${IN_TEXT}
      ORDER BY first_seen_ms DESC, device.device_id DESC LIMIT :limit`),
    lot: prepared(`SELECT ${COLUMNS} FROM job AS of_lot INDEXED BY job_of_lot
      CROSS JOIN device ON device.device_id = of_lot.device_id ${REST} ${OWN}
      WHERE of_lot.lot_id = :lot AND of_lot.device_id < :deviceId
        AND NOT EXISTS (SELECT 1 FROM job AS later WHERE later.lot_id = of_lot.lot_id
          AND later.device_id = of_lot.device_id AND later.job_id > of_lot.job_id)
        AND (:seenTo = 0 OR (first_seen_ms >= :seenFrom AND first_seen_ms < :seenTo)) AND ${IN_TEXT}
      ORDER BY of_lot.device_id DESC LIMIT :limit`),
    all: prepared(`SELECT ${COLUMNS} FROM device ${REST} ${OWN}
      WHERE device.device_id < :deviceId ORDER BY device.device_id DESC LIMIT :limit`),
  };
  const one = prepared(`SELECT ${COLUMNS} FROM device ${REST} ${OWN} WHERE device.device_id = :deviceId`);

  const page = (place: Place, asked: FindQuery, limit: number) =>
    ways[place.way].named({ ...valuesOf(asked), key: place.key, deviceId: place.deviceId, limit });

  return {
    find(asked) {
      const { limit } = asked;
      const start = placeOf(asked);
      const found = page(start, asked, limit + 1);
      // What begins so as a serial comes first, then what begins so as a hardware id.
      const also = start.way === 'serial' && found.length <= limit && isHex(asked.text);
      const rest = also ? page({ way: 'hwid', ...FIRST }, asked, limit + 1 - found.length) : [];
      const devices = [...found, ...rest].slice(0, limit);
      const more = found.length + rest.length > limit;
      const last = devices.at(-1);
      const way = devices.length > found.length ? 'hwid' : start.way;
      return { devices, next: more && last ? textOf(way, last) : null };
    },
    foundDevice: (deviceId) => one.named({ deviceId })[0] ?? null,
  };
}

function isHex(text: string): boolean {
  return /^[0-9a-f]+$/i.test(text.replaceAll(':', ''));
}

function valuesOf({ text, lotId, seen }: FindQuery) {
  const serial = text === '' ? null : text.toUpperCase();
  // Also as people write it, with colons.
  const hex = isHex(text) ? text.replaceAll(':', '').toLowerCase() : null;
  return {
    ...{ from: serial, to: serial && after(serial), hexFrom: hex, hexTo: hex && after(hex), lot: lotId },
    ...{ seenFrom: seen?.fromMs ?? 0, seenTo: seen?.toMs ?? 0 },
  };
}

function placeOf({ text, lotId, seen, after: cursor }: FindQuery): Place {
  const [way, key = '', deviceId = ''] = cursor?.split(' ') ?? [];
  const start = startOf(text, lotId, seen);
  const goesOn = way === start || (start === 'serial' && way === 'hwid');
  if (way === undefined || !goesOn) return { way: start, ...FIRST, key: start === 'seen' ? String(seen?.toMs) : '' };
  return { way: start === 'serial' && way === 'hwid' ? 'hwid' : start, key, deviceId: Number(deviceId) };
}

function startOf(text: string, lotId: string | null, seen: FindQuery['seen']): Way {
  // A day may hold far more devices than a lot does.
  if (seen !== null) return lotId === null ? 'seen' : 'lot';
  if (text !== '') return 'serial';
  return lotId === null ? 'all' : 'lot';
}

function textOf(way: Way, { deviceId, deviceSerial, hwid, firstSeenMs }: FoundRow): string {
  const keys = { serial: deviceSerial ?? '', hwid, seen: String(firstSeenMs), lot: '', all: '' };
  return `${way} ${keys[way]} ${deviceId}`;
}
