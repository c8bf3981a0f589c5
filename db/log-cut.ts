// What was overwritten in the file has to leave its write-ahead log as well. While another process reads the records the
// log cannot be cut: that is tried again after each commit and at the next start, until it is done.
import type { SqliteDatabase } from './sqlite.ts';

export interface LogCut {
  /** Outside a transaction. Waits for readers as long as any statement does; never throws. */
  cut(): void;
  /** After a commit: what could not be cut yet. Waits for nobody, never throws: what was committed stands. */
  goOn(): void;
}

/** A log that was left by the last end is cut at once, or is due. */
export function logCut(database: SqliteDatabase): LogCut {
  let due = true;
  const cut = () => {
    due = !isCut(database);
  };
  const goOn = () => {
    if (!due) return;
    const waits = Number(database.pragma('busy_timeout', { simple: true }));
    database.pragma('busy_timeout = 0');
    cut();
    database.pragma(`busy_timeout = ${waits}`);
  };
  goOn();
  return { cut, goOn };
}

function isCut(database: SqliteDatabase): boolean {
  try {
    // The first column of its answer: 1 while somebody reads.
    return database.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0;
  } catch {
    // A full or failing disk: the next commit says so itself.
    return false;
  }
}
