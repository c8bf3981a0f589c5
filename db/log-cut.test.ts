// What an erased person's row held is in no file, also where somebody read the records at that moment.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OpenStationStore, openStationStore } from './station-store.ts';

const NAME = 'Zwetelina Qvist';
const PERSON_ID = '00112233aabbccdd';

/** What a statement of the station waits for others (db/sqlite.ts): a commit that waited took longer. */
const PATIENCE_MS = 2_000;

let dir = '';
let open: OpenStationStore;
let reader: Database.Database;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-log-'));
  open = openStationStore(join(dir, 'station.db'));
  const [pinSalt, pinDigest] = [new Uint8Array(16), new Uint8Array(32)];
  const row = { personId: PERSON_ID, name: NAME, role: 'technician' as const, badgeDigest: null, pinSalt, pinDigest };
  const preferences = { theme: 'light' as const, sound: 1, language: 'en' as const };
  const rest = { preferences, lastSignInMs: null, wrongPins: 0, wrongPinMs: null };
  open.store.transaction(() => open.store.insertPerson({ ...row, ...rest }));
  // As another process that prints a report of the records.
  reader = new Database(join(dir, 'station.db'), { readonly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT name FROM person').get();
  open.store.transaction(() => open.store.erasePerson(PERSON_ID));
  open.store.scrub();
});
afterEach(() => {
  open.close();
  reader.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Files in which the name still stands. */
const holding = () => readdirSync(dir).filter((name) => readFileSync(join(dir, name)).includes(NAME));

test('the log is cut at the first commit after the reader has gone', () => {
  open.store.transaction(() => open.store.saveSetting('draft', '{}'));
  expect(holding()).not.toEqual([]);
  reader.close();
  open.store.transaction(() => open.store.saveSetting('draft', null));
  expect(holding()).toEqual([]);
});

test('a commit does not wait for the reader', () => {
  const before = performance.now();
  open.store.transaction(() => open.store.saveSetting('draft', '{}'));
  expect(performance.now() - before).toBeLessThan(PATIENCE_MS);
});

test('a station that ended while somebody read cuts its log when it starts again', () => {
  open.close();
  reader.close();
  expect(holding()).not.toEqual([]);
  open = openStationStore(join(dir, 'station.db'));
  expect(holding()).toEqual([]);
});
