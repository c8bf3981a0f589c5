// A copy of the records, and what it says of itself: in a thread of its own, for a large file takes minutes on a slow disk
// and the line goes on meanwhile (CERTAINTY.md, Restore). Refuses a copy that is not whole.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { KeylineError } from '../domain/errors.ts';

/** The records as a file holds them. */
export const CopyFacts = z.strictObject({
  stationId: z.string(),
  practice: z.boolean(),
  epoch: z.number().int().min(1),
  /** The last audit event, and its hash. */
  seq: z.number().int().min(1),
  head: z.string().length(64),
  /** The last entry of the outbox; 0 without any. */
  outboxId: z.number().int().min(0),
});
export type CopyFacts = z.infer<typeof CopyFacts>;

const Said = z.union([
  z.strictObject({ facts: CopyFacts }),
  z.strictObject({ fault: z.string() }),
  /** The disk, not the records: they were not looked at to their end. */
  z.strictObject({ unread: z.string() }),
]);

/** 1 GB, some 100,000 boards, takes 10 s on a slow disk: an hour means that the disk has gone. */
const CHECK_LIMIT_MS = 3_600_000;

/**
 * Copies the records at `from` to `path`, which is not there, flushed, and checks them as `checkCopy` does; the line goes on
 * meanwhile, however slow that disk is. Throws as `checkCopy`; BACKUP_FAILED also when it cannot be written.
 */
export function makeCopy(from: string, path: string): Promise<CopyFacts> {
  return look({ path, from, asCopy: true });
}

/**
 * Makes one file of the copy, checks every page, index and reference of it, and reads where it ends. Throws
 * RECORDS_DAMAGED when it is not whole, BACKUP_FAILED when it could not be read to its end: that says nothing of the
 * records.
 */
export function checkCopy(path: string): Promise<CopyFacts> {
  return look({ path, from: null, asCopy: true });
}

/** The same of records that stay as they are. Throws as `checkCopy`. */
export function checkRecords(path: string): Promise<CopyFacts> {
  return look({ path, from: null, asCopy: false });
}

export interface CheckOrder {
  readonly path: string;
  /** The records that are copied there first; null: it is there. */
  readonly from: string | null;
  readonly asCopy: boolean;
}

async function look(order: CheckOrder): Promise<CopyFacts> {
  const file = new URL(`./copy-check-child${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(file, { workerData: order, execArgv: [] });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', () => reject(new Error('the check ended without a word')));
  const limit = setTimeout(() => reject(new Error('the check took too long')), CHECK_LIMIT_MS);
  try {
    const { data: said } = Said.safeParse(await promise);
    if (said && 'facts' in said) return said.facts;
    if (said && 'fault' in said)
      throw new KeylineError('RECORDS_DAMAGED', order.asCopy ? `a copy: ${said.fault}` : said.fault);
    throw new Error(said ? said.unread : 'what the check says is not understood');
  } catch (cause) {
    if (cause instanceof KeylineError) throw cause;
    throw new KeylineError('BACKUP_FAILED', cause instanceof Error ? cause.message : '', {}, cause);
  } finally {
    clearTimeout(limit);
    await worker.terminate();
  }
}
