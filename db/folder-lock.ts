// The lock on a data folder: one process writes it. The operating system holds the lock, on a small SQLite file, so
// that it is gone with its process, killed or not; a pid file would outlive it (CERTAINTY.md, "Space, lock, crash").
import Database from 'better-sqlite3';
import { KeylineError } from '../domain/errors.ts';

/**
 * Takes the lock; the answer gives it back. Throws KeylineError DATA_FOLDER_IN_USE at once when another holds it.
 * Nothing else in this process may open the file: closing any handle of it drops a POSIX lock.
 */
export function lockFolder(lockFile: string): () => void {
  let database: Database.Database | null = null;
  try {
    database = new Database(lockFile, { timeout: 0 });
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE');
    const held = database;
    return () => void held.close();
  } catch (cause) {
    database?.close();
    if (cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY'))
      throw new KeylineError('DATA_FOLDER_IN_USE', '', {}, cause);
    throw new KeylineError('DATA_FOLDER_UNUSABLE', `its lock: ${String(cause)}`, {}, cause);
  }
}
