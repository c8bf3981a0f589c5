// The RegistrationStore on embedded SQLite. The only SQL of the service beside its migrations.

import { openDatabase, type SqliteDatabase, transact } from '../db/sqlite.ts';
import { SignedCheckpoint } from '../domain/checkpoint.ts';
import { serviceSchema } from './migrations/001-service.ts';
import { decisions } from './migrations/002-decisions.ts';
import type { RegistrationStore } from './registration-store.ts';
import { certificateStatements } from './sqlite-store/certificates.ts';
import { stationStatements } from './sqlite-store/stations.ts';

/** Opens or creates the file. Throws what `openDatabase` throws. */
export function openSqliteStore(path: string): RegistrationStore {
  const db = openDatabase(path, { kind: 'service', migrations: [serviceSchema, decisions] });
  return {
    transaction: (work) => transact(db, work),
    ...stationStatements(db),
    ...certificateStatements(db),
    ...answerStatements(db),
    ...checkpointStatements(db),
    close: () => {
      db.close();
    },
  };
}

function answerStatements(db: SqliteDatabase): Pick<RegistrationStore, 'answer' | 'insertAnswer'> {
  const find = db.prepare<[string, string], string>(
    'SELECT answer FROM answer WHERE station_id = ? AND body_sha256 = ?',
  );
  const insert = db.prepare('INSERT INTO answer (station_id, body_sha256, answer) VALUES (?, ?, ?)');
  const forget = db.prepare(
    `DELETE FROM answer WHERE station_id = :stationId AND answer_id <=
       (SELECT answer_id FROM answer WHERE station_id = :stationId ORDER BY answer_id DESC LIMIT 1 OFFSET :keep)`,
  );
  find.pluck();
  return {
    answer: (stationId, bodySha256) => find.get(stationId, bodySha256) ?? null,
    insertAnswer(stationId, bodySha256, answer, keep) {
      insert.run(stationId, bodySha256, answer);
      forget.run({ stationId, keep });
    },
  };
}

function checkpointStatements(
  db: SqliteDatabase,
): Pick<RegistrationStore, 'lastCheckpoint' | 'hasCheckpoint' | 'insertCheckpoint'> {
  const last = db.prepare<[string], string>(
    'SELECT signed FROM checkpoint WHERE station_id = ? ORDER BY epoch DESC, seq DESC LIMIT 1',
  );
  const has = db.prepare('SELECT 1 FROM checkpoint WHERE station_id = ? AND seq = ? AND head = ?');
  const insert = db.prepare('INSERT INTO checkpoint (station_id, epoch, seq, head, signed) VALUES (?, ?, ?, ?, ?)');
  last.pluck();
  return {
    lastCheckpoint(stationId) {
      const text = last.get(stationId);
      return text === undefined ? null : SignedCheckpoint.parse(JSON.parse(text));
    },
    hasCheckpoint: (stationId, seq, head) => has.get(stationId, seq, head) !== undefined,
    insertCheckpoint(signed) {
      const { stationId, epoch, seq, head } = signed.checkpoint;
      insert.run(stationId, epoch, seq, head, JSON.stringify(signed));
    },
  };
}
