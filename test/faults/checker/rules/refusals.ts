// What the database itself must refuse, tried on a copy of it: each forbidden write is made, and must fail.
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Books } from '../books.ts';

/** [what, SQL]: with rows of the copy's own, so that nothing but the rule can refuse it. */
const FORBIDDEN: readonly (readonly [what: string, needs: string, sql: string])[] = [
  [
    'a second standing certificate of a device',
    "SELECT 1 FROM certificate WHERE state <> 'void'",
    `INSERT INTO key (spki_sha256, spki, device_id, job_id)
       SELECT '${'a'.repeat(64)}', x'00', device_id, job_id FROM certificate WHERE state <> 'void' LIMIT 1;
     INSERT INTO certificate (device_id, job_id, lot_id, device_serial, spki_sha256, issuer_id, certificate_serial_number, tbs, state)
       SELECT device_id, job_id, lot_id, device_serial, '${'a'.repeat(64)}', issuer_id, 'abc', x'00', 'intended'
       FROM certificate WHERE state <> 'void' LIMIT 1`,
  ],
  [
    'a second certificate for a key',
    'SELECT 1 FROM certificate',
    `INSERT INTO certificate (device_id, job_id, lot_id, device_serial, spki_sha256, issuer_id, certificate_serial_number, tbs, state, reason)
       SELECT device_id, job_id, lot_id, device_serial, spki_sha256, issuer_id, 'abc', x'00', 'void', 'x' FROM certificate LIMIT 1`,
  ],
  [
    'a certificate serial number twice',
    'SELECT 1 FROM certificate',
    `INSERT INTO key (spki_sha256, spki, device_id, job_id)
       SELECT '${'b'.repeat(64)}', x'01', device_id, job_id FROM certificate LIMIT 1;
     INSERT INTO certificate (device_id, job_id, lot_id, device_serial, spki_sha256, issuer_id, certificate_serial_number, tbs, state, reason)
       SELECT device_id, job_id, lot_id, device_serial, '${'b'.repeat(64)}', issuer_id, certificate_serial_number, x'00', 'void', 'x'
       FROM certificate LIMIT 1`,
  ],
  ['a key twice', 'SELECT 1 FROM key', 'INSERT INTO key SELECT * FROM key LIMIT 1'],
  [
    'a second open job of a device',
    'SELECT 1 FROM job WHERE device_id IS NOT NULL',
    `INSERT INTO job (lot_id, device_id, slot, state, attempt, crashes, started_ms)
       SELECT lot_id, device_id, slot, '{}', 1, 0, 1 FROM job WHERE device_id IS NOT NULL ORDER BY job_id LIMIT 1;
     INSERT INTO job (lot_id, device_id, slot, state, attempt, crashes, started_ms)
       SELECT lot_id, device_id, slot, '{}', 1, 0, 1 FROM job WHERE device_id IS NOT NULL ORDER BY job_id LIMIT 1`,
  ],
  [
    'a hardware id twice',
    'SELECT 1 FROM device',
    `INSERT INTO device (hardware_type, hwid, model, revision, simulated, first_seen_ms)
       SELECT hardware_type, hwid, model, revision, simulated, 1 FROM device LIMIT 1`,
  ],
  [
    'a serial of a device given to another',
    'SELECT 1 FROM certificate',
    `UPDATE serial_reservation SET device_id = NULL WHERE device_serial IN (SELECT device_serial FROM certificate)`,
  ],
  ['an audit event changed', 'SELECT 1 FROM audit_event', "UPDATE audit_event SET body = '{}' WHERE seq = 1"],
  ['an audit event deleted', 'SELECT 1 FROM audit_event', 'DELETE FROM audit_event WHERE seq = 1'],
  [
    'an audit event beside the chain',
    'SELECT 1 FROM audit_event',
    `INSERT INTO audit_event SELECT max(seq) + 2, 1, 'x', 'x', '{}', prev_hash, hash FROM audit_event`,
  ],
  [
    'a signed certificate rewritten',
    'SELECT 1 FROM certificate WHERE certificate IS NOT NULL',
    "UPDATE certificate SET certificate = x'00' WHERE certificate IS NOT NULL",
  ],
  [
    'a void certificate raised',
    "SELECT 1 FROM certificate WHERE state = 'void' AND certificate IS NOT NULL",
    "UPDATE certificate SET state = 'live', reason = NULL WHERE state = 'void' AND certificate IS NOT NULL",
  ],
  ['an epoch that goes back', 'SELECT 1 FROM restore', 'UPDATE station SET epoch = epoch - 1'],
  ['a restore deleted', 'SELECT 1 FROM restore', 'DELETE FROM restore'],
  ['an abandoned lot taken up again', 'SELECT 1 FROM abandoned_lot', 'DELETE FROM abandoned_lot'],
  ['an outbox entry deleted', 'SELECT 1 FROM outbox', 'DELETE FROM outbox'],
  [
    'an ended job ended again',
    'SELECT 1 FROM job WHERE outcome IS NOT NULL',
    "UPDATE job SET outcome = 'failed' WHERE outcome IS NOT NULL",
  ],
];

/** The copy is of a database that nobody writes any more, with the log that may still hold its last pages. */
export function databaseRefuses({ station, over }: Books): string[] {
  if (!over) return [];
  const copy = `${station.path}.tried`;
  for (const end of ['', '-wal']) if (existsSync(station.path + end)) copyFileSync(station.path + end, copy + end);
  const database = new Database(copy);
  try {
    database.pragma('foreign_keys = ON');
    const tried = FORBIDDEN.filter(([, needs]) => database.prepare(needs).get() !== undefined);
    if (tried.length === 0) return ['the copy is empty: nothing was tried'];
    return tried.filter(([, , sql]) => isTaken(database, sql)).map(([what]) => what);
  } finally {
    database.close();
    for (const end of ['', '-wal', '-shm']) rmSync(copy + end, { force: true });
  }
}

function isTaken(database: Database.Database, sql: string): boolean {
  database.exec('BEGIN');
  try {
    database.exec(sql);
    return true;
  } catch {
    return false;
  } finally {
    database.exec('ROLLBACK');
  }
}
