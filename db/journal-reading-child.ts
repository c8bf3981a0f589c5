// The thread of journal-reading.ts: reads the whole chain beside the line's own thread, and says what it found.
import { parentPort, workerData } from 'node:worker_threads';
import { KeylineError } from '../domain/errors.ts';
import { checkAudit } from './audit-check.ts';
import { writeJournalFile } from './journal-file-writer.ts';
import { ReadingOrder } from './journal-reading.ts';

parentPort?.postMessage(read(ReadingOrder.parse(workerData)));

function read(order: ReadingOrder): object {
  try {
    return order.work === 'check'
      ? { verdict: checkAudit(order.database, order.backup) }
      : { written: writeJournalFile(order) };
  } catch (error) {
    const code = error instanceof KeylineError ? error.code : 'RECORDS_DAMAGED';
    const detail = error instanceof KeylineError ? error.detail : error instanceof Error ? error.message : '';
    return { fault: { code, detail } };
  }
}
