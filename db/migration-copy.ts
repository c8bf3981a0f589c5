// The copy that stands beside the records before their schema changes: written, flushed, read back, compared.
import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { KeylineError } from '../domain/errors.ts';
import { flushFile } from './whole-file.ts';

/**
 * Copies the open database to `target`; what an interrupted copy left there is replaced.
 * Throws RECORDS_DAMAGED when the copy does not read back as the same records.
 */
export function copyBefore(db: Database.Database, target: string): void {
  rmSync(target, { force: true });
  db.prepare('VACUUM INTO ?').run(target);
  // VACUUM INTO does not flush what it wrote.
  flushFile(target);
  const copy = new Database(target, { readonly: true, fileMustExist: true });
  try {
    const whole = copy.pragma('quick_check(1)', { simple: true }) === 'ok';
    if (!whole || fingerprint(copy) !== fingerprint(db))
      throw new KeylineError('RECORDS_DAMAGED', 'the copy before a migration does not read back');
  } finally {
    copy.close();
  }
}

/** Version, schema and number of rows of each table, as one text. */
function fingerprint(db: Database.Database): string {
  const tables = db
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name",
    )
    .all();
  const rows = tables.map(({ name, sql }) => [name, sql, db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get()]);
  return JSON.stringify([db.pragma('user_version', { simple: true }), rows]);
}
