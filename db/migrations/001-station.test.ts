import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SqliteDatabase } from '../sqlite.ts';
import { openStationDatabase } from '../station-database.ts';
import { digest, sampleIntended, sampleLot, samplePassed } from '../station-sample.ts';
import { openStationStore } from '../station-store.ts';

/** Filled with: a released lot, device 1 in work, device 2 passed, device 3 with a void certificate, two events. */
let database: SqliteDatabase;
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-schema-'));
  const path = join(folder, 'station.db');
  const { store, close } = openStationStore(path);
  store.transaction(() => {
    store.insertStation({ stationId: 'S', practice: false, epoch: 1, createdMs: 1 });
    store.insertLot(sampleLot('LOT-1', { state: 'released' }));
    store.insertLot(sampleLot('LOT-2'));
    sampleIntended(store, 1);
    samplePassed(store, 2);
    const third = sampleIntended(store, 3);
    store.setCertificateState(third.certificateId, 'void', 'WRITTEN_OFF');
    store.endJob(third.jobId, 'aborted', 'WRITTEN_OFF', 4000);
    store.saveEnrolment({
      serviceUrl: 'https://localhost:1',
      serviceCaPem: 'A',
      stationCertificatePem: 'B',
    });
    const event = { timeMs: 1, actorId: 'station', type: 'device-seen', body: '{"jobId":1}' } as const;
    store.insertEvent({ ...event, seq: 1, prevHash: digest(0), hash: digest(1) });
    store.insertEvent({ ...event, seq: 2, prevHash: digest(1), hash: digest(2) });
    const checkpoint = {
      stationId: 'S',
      epoch: 1,
      seq: 2,
      head: digest(2),
      prevSeq: 0,
      prevHead: digest(0),
      timeMs: 1,
    };
    store.insertCheckpoint({ checkpoint, signature: 'AA==' });
  });
  close();
  database = openStationDatabase(path);
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const CERTIFICATE = `certificate (device_id, job_id, lot_id, device_serial, spki_sha256, issuer_id,
  certificate_serial_number, tbs, state)`;
const EVENT = 'audit_event (seq, time_ms, actor_id, type, body, prev_hash, hash)';
const AGAIN = `FROM certificate WHERE certificate_id`;

/** The claim, the statement, what SQLite says. */
const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  [
    'a hardware id of one type is one device',
    'INSERT INTO device SELECT 9, hardware_type, hwid, model, revision, simulated, first_seen_ms FROM device LIMIT 1',
    /UNIQUE.*hwid/,
  ],
  [
    'a device serial is given to one device',
    "INSERT INTO serial_reservation VALUES ('LOT-1-0001', 'LOT-1', NULL)",
    /UNIQUE.*device_serial/,
  ],
  [
    'a device has one device serial',
    "INSERT INTO serial_reservation VALUES ('LOT-1-0009', 'LOT-1', 1)",
    /UNIQUE.*device_id/,
  ],
  [
    'a serial with a to-be-signed is not freed',
    'UPDATE serial_reservation SET device_id = NULL WHERE device_id = 1',
    /FOREIGN KEY/,
  ],
  [
    'a serial whose certificate is void still belongs to its device',
    'UPDATE serial_reservation SET device_id = NULL WHERE device_id = 3',
    /FOREIGN KEY/,
  ],
  [
    'a key is known once for ever, discarded or not',
    `INSERT INTO key VALUES ('${digest(3)}', x'99', 1, 1, 0)`,
    /UNIQUE.*spki_sha256/,
  ],
  [
    'a key under another digest is still known',
    `INSERT INTO key SELECT '${digest(8)}', spki, 1, 1, 0 FROM key LIMIT 1`,
    /UNIQUE.*spki/,
  ],
  ['a discarded key does not come back', 'UPDATE key SET discarded = discarded - 1', /only ever discarded/],
  ['a key does not change hands', 'UPDATE key SET device_id = 2 WHERE device_id = 1', /only ever discarded|FOREIGN/],
  [
    'a device has one certificate that is not void',
    `INSERT INTO key VALUES ('${digest(7)}', x'77', 1, 1, 0);
     INSERT INTO ${CERTIFICATE} SELECT 1, 1, lot_id, device_serial, '${digest(7)}', issuer_id, 'ff', tbs, 'intended' ${AGAIN} = 1`,
    /UNIQUE.*certificate.device/,
  ],
  [
    'an issuer gives a serial number once, void or not',
    `INSERT INTO key VALUES ('${digest(7)}', x'77', 3, 3, 0);
     INSERT INTO ${CERTIFICATE} SELECT device_id, job_id, lot_id, device_serial, '${digest(7)}', issuer_id,
       certificate_serial_number, tbs, 'intended' ${AGAIN} = 3`,
    /UNIQUE.*certificate_serial_number/,
  ],
  [
    'a key is certified once, also when that certificate is void',
    `INSERT INTO ${CERTIFICATE} SELECT device_id, job_id, lot_id, device_serial, spki_sha256, issuer_id, 'ff', tbs,
       'intended' ${AGAIN} = 3`,
    /UNIQUE.*spki_sha256/,
  ],
  [
    'a certificate does not name the key of another device',
    `INSERT INTO key VALUES ('${digest(7)}', x'77', 1, 1, 0);
     INSERT INTO ${CERTIFICATE} SELECT device_id, job_id, lot_id, device_serial, '${digest(7)}', issuer_id, 'ff', tbs,
       'intended' ${AGAIN} = 3`,
    /FOREIGN KEY/,
  ],
  [
    'a certificate does not name the serial of another device',
    `INSERT INTO key VALUES ('${digest(7)}', x'77', 3, 3, 0);
     INSERT INTO ${CERTIFICATE} SELECT device_id, job_id, lot_id, 'LOT-1-0009', '${digest(7)}', issuer_id, 'ff', tbs,
       'intended' ${AGAIN} = 3`,
    /FOREIGN KEY/,
  ],
  [
    'a fingerprint is one certificate',
    `UPDATE certificate SET certificate = x'30', fingerprint = (SELECT fingerprint ${AGAIN} = 2), state = 'signed'
     WHERE certificate_id = 1`,
    /UNIQUE.*fingerprint/,
  ],
  [
    'a certificate is not signed without its bytes',
    "UPDATE certificate SET state = 'signed' WHERE certificate_id = 1",
    /CHECK/,
  ],
  ['a state that nobody knows is refused', "UPDATE certificate SET state = 'good' WHERE certificate_id = 1", /CHECK/],
  ['a void certificate says why', "UPDATE certificate SET state = 'void' WHERE certificate_id = 1", /CHECK/],
  [
    'a void certificate stays void',
    "UPDATE certificate SET state = 'intended', reason = NULL WHERE certificate_id = 3",
    /stays void/,
  ],
  [
    'what will be signed is not rewritten',
    "UPDATE certificate SET tbs = x'31' WHERE certificate_id = 1",
    /never rewritten/,
  ],
  [
    'what was signed is not rewritten',
    "UPDATE certificate SET certificate = x'31' WHERE certificate_id = 2",
    /never rewritten/,
  ],
  [
    'a device has one running job',
    'INSERT INTO job SELECT 9, lot_id, device_id, slot, state, 1, 0, NULL, NULL, 1, NULL, NULL FROM job WHERE job_id = 1',
    /UNIQUE.*job.device_id/,
  ],
  ['a job ends once', "UPDATE job SET outcome = 'failed' WHERE job_id = 2", /ends once/],
  [
    'nobody passes without a name',
    "INSERT INTO job VALUES (9, 'LOT-1', NULL, '1', '{}', 1, 0, 'passed', NULL, 1, 2, NULL)",
    /CHECK/,
  ],
  ['a job that ended says when', "UPDATE job SET outcome = 'failed' WHERE job_id = 1", /CHECK/],
  ['a station has one released lot', "UPDATE lot SET state = 'released' WHERE lot_id = 'LOT-2'", /UNIQUE.*lot.state/],
  ['an audit event is not changed', "UPDATE audit_event SET body = '{}' WHERE seq = 1", /never changed/],
  [
    'an audit event is not replaced',
    `INSERT OR REPLACE INTO ${EVENT} VALUES (2, 1, 'x', 'device-seen', '{}', '${digest(1)}', '${digest(2)}')`,
    /extends the chain/,
  ],
  [
    'an audit event leaves no gap',
    `INSERT INTO ${EVENT} VALUES (4, 1, 'x', 'device-seen', '{}', '${digest(2)}', '${digest(4)}')`,
    /extends the chain/,
  ],
  [
    'an audit event follows the last one',
    `INSERT INTO ${EVENT} VALUES (3, 1, 'x', 'device-seen', '{}', '${digest(1)}', '${digest(4)}')`,
    /extends the chain/,
  ],
  ['a checkpoint is not changed', 'UPDATE checkpoint SET seq = 1', /never changed/],
  [
    'a registration leaves once a certificate',
    "INSERT INTO outbox (kind, payload, certificate_id) VALUES ('register', '{}', 2)",
    /UNIQUE.*outbox/,
  ],
  ['what leaves is not rewritten', "UPDATE outbox SET payload = '{}'", /never rewritten/],
  ['a number is not stored as text', "UPDATE lot SET quantity = 'many'", /INTEGER/],
  ['there is one station', "INSERT INTO station VALUES (2, 'T', 0, 1, 1)", /CHECK/],
  ['there is one enrolment', "INSERT INTO enrolment VALUES (2, 'https://x', 'A', 'B')", /CHECK/],
];

test.each(REFUSED)('the database itself says: %s', (_claim, sql, why) => {
  expect(() => database.exec(sql)).toThrow(why);
});

test.each(['audit_event', 'checkpoint', 'lot', 'device', 'serial_reservation', 'job', 'key', 'certificate', 'outbox'])(
  'no row of %s is ever deleted',
  (table) => {
    expect(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBeGreaterThan(0);
    expect(() => database.exec(`DELETE FROM ${table}`)).toThrow(/history is never deleted/);
  },
);

test('every table is strict', () => {
  const tables = database
    .prepare<[], { name: string; strict: number }>("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")
    .all()
    .filter(({ name }) => !name.startsWith('sqlite_'));
  expect(tables.length).toBeGreaterThan(10);
  expect(tables.filter(({ strict }) => strict !== 1)).toEqual([]);
});

test('the records of an older start are opened again, durable and unchanged', () => {
  expect(database.pragma('synchronous', { simple: true })).toBe(2);
  expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(database.pragma('user_version', { simple: true })).toBe(12);
  expect(database.prepare('SELECT count(*) FROM certificate').pluck().get()).toBe(3);
});

test('looking up a device, its jobs and a serial reads an index, never a whole table', () => {
  const questions = [
    "SELECT * FROM device WHERE hwid = 'x'",
    "SELECT * FROM serial_reservation WHERE device_serial = 'x'",
    "SELECT * FROM serial_reservation WHERE lot_id = 'x' AND device_id IS NULL ORDER BY device_serial LIMIT 1",
    'SELECT * FROM job WHERE device_id = 1 ORDER BY job_id DESC LIMIT 1',
    'SELECT * FROM job WHERE outcome IS NULL ORDER BY job_id',
    "SELECT count(*) FROM certificate WHERE lot_id = 'x'",
    "SELECT * FROM outbox WHERE state = 'waiting' ORDER BY id LIMIT 100",
    "SELECT * FROM audit_event WHERE json_extract(body, '$.jobId') = 1 ORDER BY seq",
  ];
  for (const question of questions) {
    const plan = database.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${question}`).all();
    const slow = plan.filter(
      ({ detail }) => (detail.startsWith('SCAN') && !detail.includes('USING')) || /TEMP B-TREE/.test(detail),
    );
    expect(slow, question).toEqual([]);
  }
});
