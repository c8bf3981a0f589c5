// Rows of the outbox: what the security service has to learn, oldest first. Marked when answered, never deleted.
import type { RecordStore } from '../station/records/record-store.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { change } from './statement.ts';

type OutboxRows = Pick<RecordStore, 'insertOutbox'>;

export function outboxRows(database: SqliteDatabase): OutboxRows {
  const insert = change(database, 'INSERT INTO outbox (kind, payload, certificate_id) VALUES (?, ?, ?)');
  return {
    insertOutbox: (row) => void insert(row.kind, row.payload, row.certificateId),
  };
}
