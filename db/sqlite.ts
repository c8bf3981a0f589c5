// Opens an embedded SQLite file so that a commit is on the disk when it returns, and brings it to this program's version.
// Refuses a file that is damaged, of another kind, or newer; then nothing is changed (CERTAINTY.md, What the database itself refuses).
import Database from 'better-sqlite3';
import { assert, KeylineError } from '../domain/errors.ts';
import { copyBefore } from './migration-copy.ts';
import { sqliteFailure } from './sqlite-failure.ts';

export type SqliteDatabase = Database.Database;

/** The file's `application_id`: four letters that say whose records these are. */
const KINDS = { station: 0x4b4c7374, service: 0x4b4c7376 } as const;
export type DatabaseKind = keyof typeof KINDS;

/** One step of the schema; its place in the list plus one is the `user_version` that it makes. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

export interface OpenOptions {
  readonly kind: DatabaseKind;
  /** All of them, from the first, in order. */
  readonly migrations: readonly Migration[];
  /** Queries only: nothing is created, migrated or checked in depth. */
  readonly readOnly?: boolean;
}

/** Milliseconds a statement waits for another connection: one writer holds a folder, so only its own tools can be met. */
const BUSY_TIMEOUT_MS = 2_000;

/** `PRAGMA synchronous` FULL: the log is flushed at every commit. A reopened WAL file reads 1 (NORMAL). */
const SYNCHRONOUS_FULL = 2;

/**
 * Opens `path`, creating it unless `readOnly`. Throws KeylineError RECORDS_NEWER, RECORDS_OLDER (read only),
 * RECORDS_DAMAGED, DATA_FOLDER_IN_USE, DATA_FOLDER_UNUSABLE, DISK_FULL.
 */
export function openDatabase(path: string, options: OpenOptions): SqliteDatabase {
  const readOnly = options.readOnly ?? false;
  let db: SqliteDatabase | null = null;
  try {
    db = new Database(path, { readonly: readOnly, fileMustExist: readOnly, timeout: BUSY_TIMEOUT_MS });
    const found = foundVersion(db, options);
    if (readOnly) {
      if (found < options.migrations.length) throw new KeylineError('RECORDS_OLDER', '', { version: found });
    } else {
      checkPages(db);
      setDurable(db);
      migrate(db, path, found, options);
    }
    db.pragma('foreign_keys = ON');
    assert(db.pragma('foreign_keys', { simple: true }) === 1, 'foreign keys are checked');
    return db;
  } catch (error) {
    db?.close();
    throw sqliteFailure(error);
  }
}

/** Runs `work` as BEGIN IMMEDIATE ... COMMIT: all of it or nothing. Throws KeylineError DISK_FULL and what `work` throws. */
export function transact<T>(db: SqliteDatabase, work: () => T): T {
  try {
    return db.transaction(work).immediate();
  } catch (error) {
    throw sqliteFailure(error);
  }
}

function foundVersion(db: SqliteDatabase, { kind, migrations }: OpenOptions): number {
  const applicationId = db.pragma('application_id', { simple: true });
  const version = db.pragma('user_version', { simple: true });
  assert(typeof version === 'number', 'user_version is a number');
  const empty = version === 0 && db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  if (empty) return 0;
  if (applicationId !== KINDS[kind]) throw new KeylineError('RECORDS_DAMAGED', `not the records of a ${kind}`);
  if (version > migrations.length) throw new KeylineError('RECORDS_NEWER', '', { version, known: migrations.length });
  return version;
}

/** Reads every page, which takes minutes for gigabytes. Throws RECORDS_DAMAGED, DATA_FOLDER_UNUSABLE. */
export function checkPages(db: SqliteDatabase): void {
  let verdict: unknown;
  try {
    verdict = db.pragma('quick_check(1)', { simple: true });
  } catch (error) {
    throw sqliteFailure(error);
  }
  if (verdict !== 'ok') throw new KeylineError('RECORDS_DAMAGED', String(verdict).split('\n').at(-1));
}

function setDurable(db: SqliteDatabase): void {
  assert(db.pragma('journal_mode = WAL', { simple: true }) === 'wal', 'the journal is a write-ahead log');
  db.pragma('synchronous = FULL');
  assert(db.pragma('synchronous', { simple: true }) === SYNCHRONOUS_FULL, 'every commit is flushed');
  // On macOS a flush without these ends in the drive's own cache, which a power cut takes (sqlite.org/pragma.html#pragma_fullfsync).
  for (const name of ['fullfsync', 'checkpoint_fullfsync']) {
    db.pragma(`${name} = ON`);
    assert(db.pragma(name, { simple: true }) === 1, 'a flush reaches the disk itself');
  }
}

function migrate(db: SqliteDatabase, path: string, found: number, { kind, migrations }: OpenOptions): void {
  if (found > 0 && found < migrations.length) copyBefore(db, `${path}.version-${found}`);
  for (const [index, migration] of migrations.entries()) {
    if (index < found) continue;
    transact(db, () => {
      db.exec(migration.sql);
      assert(db.prepare('PRAGMA foreign_key_check').get() === undefined, `${migration.name} keeps its references`);
      db.pragma(`application_id = ${KINDS[kind]}`);
      db.pragma(`user_version = ${index + 1}`);
    });
  }
}
