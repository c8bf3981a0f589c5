// Prepared statements of one database: a query checks every row that it reads, a change runs only in a transaction.
// Refuses a row that does not follow its shape (RECORDS_DAMAGED): another hand wrote it.
import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { ErrorCode } from '../domain/error-table.ts';
import { assert, isErrorCode, KeylineError } from '../domain/errors.ts';
import { type SqliteDatabase, transact } from './sqlite.ts';
import { sqliteFailure } from './sqlite-failure.ts';

type Value = string | number | Uint8Array | null;

export interface Query<Row> {
  one(...values: Value[]): Row | null;
  all(...values: Value[]): Row[];
  /** As `all`, with values by their names. */
  named(values: Readonly<Record<string, Value>>): Row[];
  /** Rows one by one, without holding them all. */
  each(...values: Value[]): IterableIterator<Row>;
}

/** Columns that are stored otherwise than they are read. */
export const Flag = z.literal([0, 1]).transform((value) => value === 1);
export const Bytes = z.instanceof(Uint8Array).transform((value) => new Uint8Array(value));
export const Code = z.custom<ErrorCode>((value) => typeof value === 'string' && isErrorCode(value));

/** A query whose rows have the names and shapes of `row`. Throws KeylineError RECORDS_DAMAGED when one has not, and as sqlite-failure.ts. */
export function query<Row>(database: SqliteDatabase, sql: string, row: z.ZodType<Row>): Query<Row> {
  const statement = prepared(database, sql);
  return {
    one(...values) {
      const found = reading(() => statement().get(...values));
      return found === undefined ? null : checked(row, found);
    },
    all: (...values) => reading(() => statement().all(...values)).map((found) => checked(row, found)),
    named: (values) => reading(() => statement().all(values)).map((found) => checked(row, found)),
    *each(...values) {
      try {
        for (const found of statement().iterate(...values)) yield checked(row, found);
      } catch (error) {
        throw sqliteFailure(error);
      }
    },
  };
}

/** On its first use: of the hundreds that a station knows, a start needs a few dozen. */
function prepared(database: SqliteDatabase, sql: string): () => Database.Statement {
  let statement: Database.Statement | null = null;
  return () => (statement ??= database.prepare(sql));
}

function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw sqliteFailure(error);
  }
}

/** A statement that writes; the answer is how it went. Refuses to run outside a transaction: that would be a bug. */
export function change(database: SqliteDatabase, sql: string): (...values: Value[]) => Database.RunResult {
  const statement = prepared(database, sql);
  return (...values) => {
    assert(database.inTransaction, 'records change only inside a transaction');
    return statement().run(...values);
  };
}

/** As `change`, for a statement that must hit exactly one row. */
export function changeOne(database: SqliteDatabase, sql: string): (...values: Value[]) => void {
  const run = change(database, sql);
  return (...values) => {
    const { changes } = run(...values);
    assert(changes === 1, `one row changes, not ${changes}: ${sql.trim().split('\n')[0]}`);
  };
}

/** Runs `write` in the transaction in progress, beside its audit event, or alone in one of its own. */
export function joined(database: SqliteDatabase, write: () => void): void {
  if (database.inTransaction) write();
  else transact(database, write);
}

/** The id that an insert was given. */
export function insertedId(result: Database.RunResult): number {
  return Number(result.lastInsertRowid);
}

function checked<Row>(row: z.ZodType<Row>, found: unknown): Row {
  const read = row.safeParse(found);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new KeylineError('RECORDS_DAMAGED', `column ${issue?.path.join('.')}: ${issue?.message}`);
}
