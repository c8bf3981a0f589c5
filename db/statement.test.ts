import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { query } from './statement.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-statement-'));
  path = join(folder, 'x.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const Row = z.object({ id: z.number(), t: z.string() });
const SQL = 'SELECT id, t FROM a ORDER BY id';
const PAGE = 4096;

/** 200 rows over many pages, the last page written over after the file was closed. */
function damaged(): Database.Database {
  const made = new Database(path);
  made.exec('CREATE TABLE a (id INTEGER PRIMARY KEY, t TEXT NOT NULL) STRICT');
  const insert = made.prepare('INSERT INTO a (t) VALUES (?)');
  for (let row = 0; row < 200; row++) insert.run('x'.repeat(500));
  made.close();
  const bytes = readFileSync(path);
  bytes.fill(7, bytes.length - PAGE);
  writeFileSync(path, bytes);
  return new Database(path);
}

test('a damaged page is RECORDS_DAMAGED, read at once or row by row', () => {
  const database = damaged();
  const rows = query(database, SQL, Row);
  let read = 0;
  const each = () => {
    for (const { id } of rows.each()) read = id;
  };
  expect(each).toThrow(expect.objectContaining({ code: 'RECORDS_DAMAGED' }));
  expect(read).toBeGreaterThan(0);
  expect(() => rows.all()).toThrow(expect.objectContaining({ code: 'RECORDS_DAMAGED' }));
  database.close();
});

test('who reads row by row and ends early, or fails, leaves the database free, with the error as it came', () => {
  const database = new Database(path);
  database.exec('CREATE TABLE a (id INTEGER PRIMARY KEY, t TEXT NOT NULL) STRICT');
  for (const text of ['one', 'two']) database.prepare('INSERT INTO a (t) VALUES (?)').run(text);
  const rows = query(database, SQL, Row);
  for (const { id } of rows.each()) if (id === 1) break;
  const own = new TypeError('of who reads');
  const failing = () => {
    for (const { id } of rows.each()) if (id === 1) throw own;
  };
  expect(failing).toThrow(own);
  database.exec('DELETE FROM a');
  expect([...rows.each()]).toEqual([]);
  database.close();
});
