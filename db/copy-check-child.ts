// The thread of copy-check.ts: makes the copy where there is none yet, opens it by itself, so that what was written is read,
// and says what it found.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { CheckOrder } from './copy-check.ts';
import { brokenPage, toldBy } from './copy-fault.ts';
import { flushFile } from './whole-file.ts';

/** More than any file has: SQLite takes a 32-bit count. */
const ALL_PAGES = 0x7fffffff;

parentPort?.postMessage(await work(workerData));

async function work(order: CheckOrder): Promise<object> {
  try {
    if (order.from !== null) await copy(order.from, order.path);
  } catch (error) {
    // Whatever it was, the records themselves were not looked at.
    return { unread: error instanceof Error ? error.message : String(error) };
  }
  return look(order);
}

/** In one step, for a copy in many begins anew whenever the station writes. */
async function copy(from: string, path: string): Promise<void> {
  const records = new Database(from, { readonly: true, fileMustExist: true });
  try {
    await records.backup(path, { progress: () => ALL_PAGES });
  } finally {
    records.close();
  }
}

function look({ path, asCopy }: CheckOrder): object {
  try {
    const database = new Database(path, { fileMustExist: true, readonly: !asCopy });
    try {
      // One file, without a log beside it: that is what a person copies on.
      if (asCopy) database.pragma('journal_mode = DELETE');
      return read(database);
    } finally {
      database.close();
      if (asCopy) flushFile(path);
    }
  } catch (error) {
    return toldBy(error);
  }
}

function read(database: Database.Database): object {
  const whole = String(database.pragma('integrity_check(1)', { simple: true }));
  if (whole !== 'ok') return brokenPage(whole);
  if (database.prepare('PRAGMA foreign_key_check').get() !== undefined) return { fault: 'a reference leads nowhere' };
  const found = database
    .prepare<[], { practice: number }>(
      `SELECT station_id AS stationId, practice, epoch, seq, hash AS head,
         coalesce((SELECT max(id) FROM outbox), 0) AS outboxId
       FROM station, audit_event ORDER BY seq DESC LIMIT 1`,
    )
    .get();
  return found ? { facts: { ...found, practice: found.practice === 1 } } : { fault: 'it holds no station' };
}
