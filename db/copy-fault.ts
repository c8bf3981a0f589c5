// What a check of a copy met, as the thread says it: a fault of the records, or a disk that did not let them be read.
import Database from 'better-sqlite3';

export type CopyFault = { readonly fault: string } | { readonly unread: string };

/** SQLite's word for bytes that are no database, or lack what every station's records have. All else is the disk's. */
const FAULTS = /^SQLITE_(?:CORRUPT|NOTADB|ERROR$)/;
/** The lower byte of every SQLITE_IOERR. */
const IO_ERROR = 10;

/** Of what opening or reading the copy threw. */
export function toldBy(error: unknown): CopyFault {
  const said = error instanceof Error ? error.message : String(error);
  return error instanceof Database.SqliteError && FAULTS.test(error.code) ? { fault: said } : { unread: said };
}

/** Of what `integrity_check` answered in place of "ok": it goes on where a page cannot be read, and names SQLite's code. */
export function brokenPage(answer: string): CopyFault {
  const said = answer.split('\n').at(-1) ?? '';
  const code = /error code=(\d+)/.exec(answer)?.[1];
  return code !== undefined && (Number(code) & 0xff) === IO_ERROR ? { unread: said } : { fault: said };
}
