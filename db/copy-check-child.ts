// The thread of copy-check.ts: opens the copy by itself, so that what was written is read, and says what it found.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { CheckOrder } from './copy-check.ts';
import { brokenPage, toldBy } from './copy-fault.ts';

parentPort?.postMessage(look(workerData));

function look({ path, asCopy }: CheckOrder): object {
  try {
    const database = new Database(path, { fileMustExist: true, readonly: !asCopy });
    try {
      // One file, without a log beside it: that is what a person copies on.
      if (asCopy) database.pragma('journal_mode = DELETE');
      return read(database);
    } finally {
      database.close();
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
