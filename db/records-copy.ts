// A copy of the records made while the line goes on: SQLite's online backup, flushed and read back in a thread of its own,
// compared with the records, and given its name last. A copy with a name is whole (CERTAINTY.md, Restore).
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { KeylineError } from '../domain/errors.ts';
import { type CopyFacts, checkCopy, makeCopy } from './copy-check.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { query } from './statement.ts';
import { flushFile, putInPlace } from './whole-file.ts';

/** Copies kept in a folder: the last, and two before it in case the last was made of records that a fault had struck. */
const KEPT = 3;

const NAME = /^records-(\d{6})-(\d{12})-[0-9a-f]{8}\.db$/;

export interface RecordsCopy extends CopyFacts {
  readonly file: string;
  readonly bytes: number;
}

/**
 * Copies the open records, which lie at `path`, into `folder`, which is there, and forgets all but the last few copies of
 * it. Throws RECORDS_DAMAGED when the copy does not read back as these records, BACKUP_FAILED when it cannot be written or
 * read.
 */
export async function copyRecords(database: SqliteDatabase, path: string, folder: string): Promise<RecordsCopy> {
  const partial = join(folder, 'records.partial');
  try {
    removeCopy(partial);
    const facts = await makeCopy(path, partial);
    refuseOther(database, facts);
    const file = join(folder, nameOf(facts));
    putInPlace(partial, file);
    for (const old of copiesIn(folder).slice(KEPT)) removeCopy(old);
    return { ...facts, file, bytes: statSync(file).size };
  } catch (cause) {
    if (cause instanceof KeylineError) throw cause;
    throw new KeylineError('BACKUP_FAILED', cause instanceof Error ? cause.message : '', {}, cause);
  } finally {
    clearAway(partial);
  }
}

/** Paths of whole copies, the newest first: the later epoch, then the longer chain. */
export function copiesIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => NAME.test(name));
  return names
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}

function nameOf({ epoch, seq, head }: CopyFacts): string {
  return `records-${String(epoch).padStart(6, '0')}-${String(seq).padStart(12, '0')}-${head.slice(0, 8)}.db`;
}

/** The line went on meanwhile: the end of the copy's chain stands in the records as it stands in the copy. */
function refuseOther(database: SqliteDatabase, { stationId, epoch, seq, head }: CopyFacts): void {
  const own = query(
    database,
    'SELECT station_id AS stationId, epoch, hash FROM station, audit_event WHERE seq = ?',
    z.object({ stationId: z.string(), epoch: z.number(), hash: z.string() }),
  ).one(seq);
  if (own?.stationId !== stationId || own.epoch !== epoch || own.hash !== head)
    throw new KeylineError('RECORDS_DAMAGED', 'a copy does not read back as these records');
}

export function removeCopy(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${end}`, { force: true });
}

/** Never throws over what went wrong before: the next copy takes it away, or says why it cannot. */
function clearAway(partial: string): void {
  try {
    removeCopy(partial);
  } catch {
    // A disk that has failed: nothing more can be done there.
  }
}

/**
 * Copies the records of another folder to `target`, which is replaced, and checks them as a whole. Throws
 * BACKUP_UNUSABLE, BACKUP_FAILED (it could not be read back), RECORDS_DAMAGED.
 */
export async function fetchRecords(source: string, target: string): Promise<CopyFacts> {
  try {
    removeCopy(target);
    const database = new Database(source, { readonly: true, fileMustExist: true });
    try {
      await database.backup(target);
    } finally {
      database.close();
    }
    flushFile(target);
  } catch (cause) {
    clearAway(target);
    throw new KeylineError('BACKUP_UNUSABLE', cause instanceof Error ? cause.message : source, {}, cause);
  }
  return checkCopy(target);
}
