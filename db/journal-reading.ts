// Reads the whole audit chain in a thread of its own, to check or to export it: a million events take seconds, and the
// line goes on meanwhile.
import { appendFileSync } from 'node:fs';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { KeylineError } from '../domain/errors.ts';
import { ErrorCodeText } from '../domain/station-event.ts';
import type { JournalReader } from '../station/journal/journal-store.ts';
import { askedFile } from './asked-file.ts';
import type { DataFolder } from './data-folder.ts';
import { clearAway, flushFile, putInPlace } from './whole-file.ts';

export const ReadingOrder = z.discriminatedUnion('work', [
  z.strictObject({ work: z.literal('check'), database: z.string(), backup: z.string() }),
  z.strictObject({
    work: z.literal('write'),
    database: z.string(),
    partial: z.string(),
    writtenMs: z.number(),
    stationKey: z.string(),
  }),
]);
export type ReadingOrder = z.infer<typeof ReadingOrder>;

const Head = z.object({ seq: z.number().int().min(0), hash: z.string() });
const Verdict = z.object({
  ok: z.boolean(),
  events: z.number().int().min(0),
  firstBad: z.number().int().optional(),
  missingAfter: z.number().int().optional(),
  head: Head.optional(),
});
const Written = z.object({ events: z.number().int(), head: Head, lines: z.number().int(), sha256: z.string() });
const Fault = z.object({ fault: z.object({ code: ErrorCodeText, detail: z.string() }) });

/** 1,000,000 boards have some 20 million events, which take minutes: an hour means that the disk has gone. */
const READING_LIMIT_MS = 3_600_000;

export function journalReader({ path, stationDatabase: database, backup }: DataFolder): JournalReader {
  return {
    place: (file) => askedFile(path, file, 'journal-1'),
    async check() {
      const { verdict } = z.object({ verdict: Verdict }).parse(await inThread({ work: 'check', database, backup }));
      const { ok, events, firstBad, missingAfter, head } = verdict;
      return {
        ...{ ok, events },
        ...(firstBad !== undefined && { firstBad }),
        ...(missingAfter !== undefined && { missingAfter }),
        ...(head && { head }),
      };
    },
    async write(partial, writtenMs, spki) {
      const stationKey = Buffer.from(spki).toString('base64');
      try {
        return z
          .object({ written: Written })
          .parse(await inThread({ work: 'write', database, partial, writtenMs, stationKey })).written;
      } catch (error) {
        clearAway(partial);
        throw error;
      }
    },
    seal,
  };
}

function seal(partial: string, line: string, file: string): void {
  try {
    appendFileSync(partial, `${line}\n`);
    flushFile(partial);
    putInPlace(partial, file);
  } catch (cause) {
    clearAway(partial);
    throw new KeylineError('FILE_UNWRITABLE', cause instanceof Error ? cause.message : file, {}, cause);
  }
}

async function inThread(order: ReadingOrder): Promise<unknown> {
  const file = new URL(`./journal-reading-child${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(file, { workerData: order, execArgv: [] });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  worker.once('message', resolve);
  worker.once('error', reject);
  // Neither says anything of what the records hold.
  const code = order.work === 'check' ? 'FILE_UNREADABLE' : 'FILE_UNWRITABLE';
  worker.once('exit', () => reject(new KeylineError(code, 'its reading ended without a word')));
  const limit = setTimeout(() => reject(new KeylineError(code, 'its reading took too long')), READING_LIMIT_MS);
  try {
    const said = await promise;
    const fault = Fault.safeParse(said);
    if (fault.success) throw new KeylineError(fault.data.fault.code, fault.data.fault.detail);
    return said;
  } finally {
    clearTimeout(limit);
    await worker.terminate();
  }
}
