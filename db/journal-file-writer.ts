// Writes the whole journal as one file (domain/journal-file.ts), from one state of the records, line by line: a million
// events take no more memory than a thousand. The seal comes last, from whoever holds the station's key.
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { CHAIN_START } from '../domain/audit-event.ts';
import { assert, KeylineError } from '../domain/errors.ts';
import type { JournalHead, JournalLine } from '../domain/journal-file.ts';
import type { WrittenJournal } from '../station/journal/journal-store.ts';
import { openQueries, type StationQueries } from './queries.ts';

/** Bytes written at once. */
const AT_ONCE = 262_144;

export interface JournalFileOrder {
  readonly database: string;
  readonly partial: string;
  readonly writtenMs: number;
  /** Of the station's key, base64 of DER. */
  readonly stationKey: string;
}

/** Throws FILE_UNWRITABLE and as `openQueries`. */
export function writeJournalFile({ database, partial, ...order }: JournalFileOrder): WrittenJournal {
  const records = openQueries(database);
  try {
    const file = onDisk(() => openSync(partial, 'wx', 0o600));
    try {
      const written = records.together(() => writeAll(records, order, file));
      onDisk(() => fsyncSync(file));
      return written;
    } finally {
      closeSync(file);
    }
  } finally {
    records.close();
  }
}

/** Throws FILE_UNWRITABLE for what the file system says. */
function onDisk<T>(act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw new KeylineError('FILE_UNWRITABLE', cause instanceof Error ? cause.message : '', {}, cause);
  }
}

function writeAll(
  records: StationQueries,
  { writtenMs, stationKey }: Pick<JournalFileOrder, 'writtenMs' | 'stationKey'>,
  file: number,
): WrittenJournal {
  const station = records.station();
  const stationCertificate = records.enrolment()?.stationCertificatePem ?? null;
  assert(station, 'records are of a station');
  const { stationId, practice, epoch } = station;
  const out = new HashedLines(file);
  out.add({ keyline: 'journal-1', stationId, practice, epoch, writtenMs, stationKey, stationCertificate });
  for (const { checkpoint, signature } of records.checkpoints()) out.add({ checkpoint: { checkpoint, signature } });
  let head = { seq: 0, hash: CHAIN_START };
  let events = 0;
  for (const event of records.auditEvents()) {
    out.add({ event });
    head = { seq: event.seq, hash: event.hash };
    events += 1;
  }
  return { events, head, ...out.end() };
}

/** Lines on their way to a file, counted and hashed. */
class HashedLines {
  readonly #file: number;
  readonly #hash = createHash('sha256');
  #lines = 0;
  #waiting: string[] = [];
  #length = 0;

  constructor(file: number) {
    this.#file = file;
  }

  add(line: JournalHead | JournalLine): void {
    const text = `${JSON.stringify(line)}\n`;
    this.#lines += 1;
    this.#waiting.push(text);
    this.#length += text.length;
    if (this.#length >= AT_ONCE) this.#flush();
  }

  end(): { lines: number; sha256: string } {
    this.#flush();
    return { lines: this.#lines, sha256: this.#hash.digest('hex') };
  }

  #flush(): void {
    const bytes = Buffer.from(this.#waiting.join(''), 'utf8');
    this.#hash.update(bytes);
    for (let at = 0; at < bytes.length; ) at += onDisk(() => writeSync(this.#file, bytes, at));
    this.#waiting = [];
    this.#length = 0;
  }
}
