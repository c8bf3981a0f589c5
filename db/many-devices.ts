// Records of so many devices that passed, for the bench: made in the station's own schema by the database itself, which
// keeps its triggers and indexes on all the way. Without outbox and journal, which no find reads.
import Database from 'better-sqlite3';
import { openStationStore } from './station-store.ts';

/** Devices a lot. */
export const LOT_SIZE = 10_000;

export function manyDevices(path: string, devices: number): void {
  openStationStore(path).close();
  const database = new Database(path);
  try {
    // The bench can lose its records in a power cut.
    database.pragma('synchronous = OFF');
    database.pragma('journal_mode = OFF');
    database.pragma('cache_size = -500000');
    database.exec(`BEGIN; ${fill(devices)} COMMIT; ANALYZE;`);
  } finally {
    database.close();
  }
}

function fill(devices: number): string {
  const lots = Math.ceil(devices / LOT_SIZE);
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 <`;
  const digest = (prefix: string) => `'${prefix}' || printf('%063x', i)`;
  const serial = `'L' || (i / ${LOT_SIZE}) || '-' || printf('%06d', i % ${LOT_SIZE})`;
  const zero = '0'.repeat(64);
  return `
    INSERT INTO station VALUES (1, 'BENCH', 0, 1, 1);
    INSERT INTO lot (lot_id, order_id, state, practice, quantity, spare, serial_range, recipe, recipe_name,
        recipe_version, recipe_sha256, firmware_sha256, stop_after, serials_taken, failure_run, created_ms)
      ${numbers} ${lots}) SELECT 'L' || i, 'W', 'closed', 0, ${LOT_SIZE}, 0, 'L' || i || '-000000..', '{}', 'r', '1.0.0',
        '${zero}', '${zero}', 3, ${LOT_SIZE}, 0, i FROM n;
    INSERT INTO device ${numbers} ${devices}) SELECT i + 1, 'T', printf('%012x', i), 'AQ-200', 'C', 0, i * 1000 FROM n;
    INSERT INTO serial_reservation ${numbers} ${devices}) SELECT ${serial}, 'L' || (i / ${LOT_SIZE}), i + 1 FROM n;
    INSERT INTO job (job_id, lot_id, device_id, slot, state, attempt, crashes, outcome, code, started_ms, ended_ms, stages)
      ${numbers} ${devices}) SELECT i + 1, 'L' || (i / ${LOT_SIZE}), i + 1, '1', '{}', 1, 0, 'passed', NULL, i * 1000,
        i * 1000 + 900, '[{"stage":"firmware","ms":7000}]' FROM n;
    INSERT INTO key ${numbers} ${devices}) SELECT ${digest('a')}, CAST(printf('%012x', i) AS BLOB), i + 1, i + 1, 0 FROM n;
    INSERT INTO certificate (device_id, job_id, lot_id, device_serial, spki_sha256, issuer_id,
        certificate_serial_number, tbs, certificate, fingerprint, state)
      ${numbers} ${devices}) SELECT i + 1, i + 1, 'L' || (i / ${LOT_SIZE}), ${serial}, ${digest('a')}, '${zero}',
        printf('%032x', i), x'30', x'30', ${digest('b')}, 'live' FROM n;`;
}
