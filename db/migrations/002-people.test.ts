// Records of the first version come to know people and settings, and lose nothing; what must not be is refused.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type SqliteDatabase } from '../sqlite.ts';
import { firstStation } from './001-station.ts';
import { people } from './002-people.ts';

let folder = '';
let path = '';
let database: SqliteDatabase;

const PERSON = '(person_id, name, role, badge_digest, pin_salt, pin_digest, preferences) VALUES';
const row = (id: string, name: string, badge: string) =>
  `INSERT INTO person ${PERSON} ('${id}', ${name}, 'technician', ${badge}, zeroblob(16), zeroblob(32), '{}')`;
const [FIRST, SECOND] = ['0011223344556677', '8899aabbccddeeff'];
const erase = `UPDATE person SET name = NULL, badge_digest = NULL, pin_salt = NULL, pin_digest = NULL
  WHERE person_id = '${FIRST}'`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-people-schema-'));
  path = join(folder, 'station.db');
  const old = openDatabase(path, { kind: 'station', migrations: [firstStation] });
  old.exec(`INSERT INTO station VALUES (1, 'S', 0, 1, 1);
    INSERT INTO audit_event VALUES (1, 1, 'station', 'station-created', '{}', printf('%064d', 0), printf('%064d', 1));
    INSERT INTO slot_binding VALUES ('usb-1', 4)`);
  old.close();
  database = openDatabase(path, { kind: 'station', migrations: [firstStation, people] });
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

test('what an older Keyline recorded is there as it was', () => {
  expect(database.prepare('SELECT station_id FROM station').pluck().get()).toBe('S');
  expect(database.prepare('SELECT count(*) FROM audit_event').pluck().get()).toBe(1);
  expect(database.prepare('SELECT slot FROM slot_binding').pluck().get()).toBe(4);
  expect(database.prepare('SELECT count(*) FROM person').pluck().get()).toBe(0);
});

test.each([
  ['two people have one name', row(SECOND, "'Ada'", 'NULL'), /UNIQUE.*name/],
  ['two people have one badge', row(SECOND, "'Linh'", 'zeroblob(32)'), /UNIQUE.*badge_digest/],
  ['a role that nobody knows', `UPDATE person SET role = 'owner'`, /CHECK/],
  ['a person without a PIN', `UPDATE person SET pin_digest = NULL`, /CHECK/],
  ['a badge of somebody erased', `UPDATE person SET name = NULL, pin_salt = NULL, pin_digest = NULL`, /CHECK/],
  ['wrong PINs of no time', 'UPDATE person SET wrong_pins = 3', /CHECK/],
  ['a person deleted', 'DELETE FROM person', /never deleted/],
  ['a second salt for badges', 'INSERT INTO badge_salt VALUES (2, zeroblob(16))', /CHECK/],
  ['a setting that is no JSON', "INSERT INTO setting VALUES ('bench', '{')", /CHECK/],
])('refuses that %s', (_claim, statement, says) => {
  database.exec(row(FIRST, "'Ada'", 'zeroblob(32)'));
  expect(() => database.exec(statement)).toThrow(says);
});

test('an erased person leaves the random id alone, frees name and badge, and stays erased', () => {
  database.exec(row(FIRST, "'Ada'", 'zeroblob(32)'));
  database.exec(erase);
  database.exec(row(SECOND, "'Ada'", 'zeroblob(32)'));
  expect(() => database.exec(`UPDATE person SET role = 'supervisor' WHERE person_id = '${FIRST}'`)).toThrow(
    /stays erased/,
  );
});
