import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Migration, openDatabase, transact } from './sqlite.ts';

const ONE: Migration = { name: 'one', sql: 'CREATE TABLE a (id INTEGER PRIMARY KEY, t TEXT NOT NULL) STRICT' };
const TWO: Migration = { name: 'two', sql: 'CREATE TABLE b (a INTEGER NOT NULL REFERENCES a (id)) STRICT' };
const BAD: Migration = { name: 'bad', sql: 'CREATE TABLE c (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1)' };

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-sqlite-'));
  path = join(folder, 'x.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(migrations: readonly Migration[], readOnly = false) {
  return openDatabase(path, { kind: 'station', migrations, readOnly });
}

function fill() {
  const db = open([ONE]);
  db.prepare('INSERT INTO a (t) VALUES (?)').run('kept');
  db.close();
}

test('a database that is opened again still flushes every commit', () => {
  fill();
  const db = open([ONE]);
  expect(db.pragma('synchronous', { simple: true })).toBe(2);
  expect(db.pragma('fullfsync', { simple: true })).toBe(1);
  expect(db.pragma('checkpoint_fullfsync', { simple: true })).toBe(1);
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  db.close();
});

test('a migration keeps the rows, and a readable copy of the version before stands beside the file', () => {
  fill();
  const db = open([ONE, TWO]);
  expect(db.pragma('user_version', { simple: true })).toBe(2);
  expect(db.prepare('SELECT t FROM a').pluck().all()).toEqual(['kept']);
  expect(() => db.prepare('INSERT INTO b VALUES (99)').run()).toThrow(/FOREIGN KEY/);
  db.close();
  const copy = new Database(`${path}.version-1`, { readonly: true });
  expect(copy.pragma('user_version', { simple: true })).toBe(1);
  expect(copy.prepare('SELECT t FROM a').pluck().all()).toEqual(['kept']);
  copy.close();
});

test('a migration that fails changes nothing, and the next program can try again', () => {
  fill();
  expect(() => open([ONE, BAD])).toThrow(/nowhere/);
  const db = open([ONE, TWO]);
  expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'c'").pluck().get()).toBe(0);
  db.close();
});

test('records of a newer program are refused and not touched', () => {
  open([ONE, TWO]).close();
  const before = readFileSync(path);
  expect(() => open([ONE])).toThrow(expect.objectContaining({ code: 'RECORDS_NEWER' }));
  expect(() => open([ONE], true)).toThrow(expect.objectContaining({ code: 'RECORDS_NEWER' }));
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a reader refuses records that still wait for their migration', () => {
  fill();
  expect(() => open([ONE, TWO], true)).toThrow(expect.objectContaining({ code: 'RECORDS_OLDER' }));
});

test('a reader cannot write', () => {
  fill();
  const db = open([ONE], true);
  expect(() => db.exec("INSERT INTO a (t) VALUES ('no')")).toThrow(/readonly/);
  db.close();
});

test('a file that is no database, is cut, or holds other records is refused as damaged', () => {
  writeFileSync(path, 'this is a text file, and no database at all'.repeat(100));
  expect(() => open([ONE])).toThrow(expect.objectContaining({ code: 'RECORDS_DAMAGED' }));
  rmSync(path);

  fill();
  expect(() => openDatabase(path, { kind: 'service', migrations: [ONE] })).toThrow(
    expect.objectContaining({ code: 'RECORDS_DAMAGED' }),
  );
  writeFileSync(path, readFileSync(path).subarray(0, 5000));
  expect(() => open([ONE])).toThrow(expect.objectContaining({ code: 'RECORDS_DAMAGED' }));
});

test('a missing folder is refused by name', () => {
  expect(() => openDatabase(join(folder, 'no', 'x.db'), { kind: 'station', migrations: [ONE] })).toThrow(
    expect.objectContaining({ code: 'DATA_FOLDER_UNUSABLE' }),
  );
});

test('a full disk is told by its code and keeps what was committed', () => {
  fill();
  const db = open([ONE]);
  db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
  const insert = db.prepare('INSERT INTO a (t) VALUES (?)');
  const write = () => transact(db, () => insert.run('x'.repeat(100_000)));
  expect(write).toThrow(expect.objectContaining({ code: 'DISK_FULL' }));
  expect(db.prepare('SELECT t FROM a').pluck().all()).toEqual(['kept']);
  db.close();
});
