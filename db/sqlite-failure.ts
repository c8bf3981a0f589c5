// SQLite's own failures as codes that a person can act on. Anything else is a bug and stays what it is.
import Database from 'better-sqlite3';
import type { ErrorCode } from '../domain/error-table.ts';
import { KeylineError } from '../domain/errors.ts';

const CODES: readonly (readonly [prefix: string, code: ErrorCode])[] = [
  ['SQLITE_FULL', 'DISK_FULL'],
  ['SQLITE_CORRUPT', 'RECORDS_DAMAGED'],
  ['SQLITE_NOTADB', 'RECORDS_DAMAGED'],
  ['SQLITE_BUSY', 'DATA_FOLDER_IN_USE'],
  ['SQLITE_CANTOPEN', 'DATA_FOLDER_UNUSABLE'],
  ['SQLITE_READONLY', 'DATA_FOLDER_UNUSABLE'],
  ['SQLITE_PERM', 'DATA_FOLDER_UNUSABLE'],
  ['SQLITE_IOERR', 'DATA_FOLDER_UNUSABLE'],
];

/** The KeylineError that a failure of SQLite means; every other value as it came. */
export function sqliteFailure(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return folderMissing(error);
  const row = CODES.find(([prefix]) => error.code.startsWith(prefix));
  return row ? new KeylineError(row[1], error.code, {}, error) : error;
}

/** better-sqlite3 looks for the folder itself and throws a TypeError. */
function folderMissing(error: unknown): unknown {
  const missing = error instanceof TypeError && error.message.includes('directory does not exist');
  return missing ? new KeylineError('DATA_FOLDER_UNUSABLE', 'no such folder', {}, error) : error;
}
