// Checks an exported journal without its station: the seal over the whole file, the chain from its first event, and each
// checkpoint, under one certificate. Reads line by line.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import type { z } from 'zod';
import type { AuditEvent } from '../domain/audit-event.ts';
import { sameBytes } from '../domain/bytes.ts';
import type { SignedCheckpoint } from '../domain/checkpoint.ts';
import { KeylineError } from '../domain/errors.ts';
import { JournalHead, JournalLine, JournalSeal, journalSealText } from '../domain/journal-file.ts';
import type { AuditVerdict } from '../station/journal/journal-store.ts';
import { isSignedBy, judgeChain, spkiOf } from './audit-check.ts';

/** Characters of one line: an event's body holds ids and digests. */
const MOST_LINE = 262_144;
/** 20 events a board, a million boards, and their checkpoints. */
const MOST_LINES = 25_000_000;
const CHUNK = 65_536;

export interface JournalFileFound {
  readonly head: JournalHead;
  /** Signed, and not one byte changed since. */
  readonly sealed: boolean;
  readonly verdict: AuditVerdict;
}

/** `certificatePem`: whose signature it has to be; null: of the key that it brings along. Throws FILE_UNREADABLE. */
export function checkJournalFile(path: string, certificatePem: string | null): JournalFileFound {
  const lines = linesOf(path);
  const hash = createHash('sha256');
  const first = lines.next();
  const text = first.done ? '' : first.value;
  const head = parse(JournalHead, text, path);
  hash.update(`${text}\n`);
  const pem = certificatePem ?? head.stationCertificate;
  const own = new Uint8Array(Buffer.from(head.stationKey, 'base64'));
  const spki = pem === null ? own : spkiOf(pem);
  const found: { seal: JournalSeal | null; count: number } = { seal: null, count: 1 };
  /** Null at the seal, which is the last line. */
  const next = (): JournalLine | null => {
    const line = lines.next();
    if (line.done) return null;
    const seal = JournalSeal.safeParse(json(line.value));
    if (seal.success) {
      if (!lines.next().done) throw new KeylineError('FILE_UNREADABLE', `${path}: lines follow its seal`);
      found.seal = seal.data;
      return null;
    }
    hash.update(`${line.value}\n`);
    found.count += 1;
    return parse(JournalLine, line.value, path);
  };
  const checkpoints: SignedCheckpoint[] = [];
  let at = next();
  for (; at !== null && 'checkpoint' in at; at = next()) checkpoints.push(at.checkpoint);
  function* events(): Generator<AuditEvent, void> {
    for (; at !== null; at = next()) {
      if ('checkpoint' in at) throw new KeylineError('FILE_UNREADABLE', `${path}: a checkpoint between events`);
      yield at.event;
    }
  }
  const verdict = judgeChain(events(), checkpoints, spki);
  // A chain that is broken is not read to its end by the check; the seal is over all of it.
  while (next() !== null);
  const { seal, count } = found;
  const sealed =
    seal !== null &&
    seal.lines === count &&
    seal.sha256 === hash.digest('hex') &&
    sameBytes(own, spki) &&
    isSignedBy(spki, journalSealText(seal), seal.signature);
  return { head, sealed, verdict };
}

function parse<T>(shape: z.ZodType<T>, line: string, path: string): T {
  const read = shape.safeParse(json(line));
  if (read.success) return read.data;
  throw new KeylineError('FILE_UNREADABLE', `${path} is no audit journal`);
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function* linesOf(path: string): Generator<string, void> {
  const file = openToRead(path);
  try {
    const chunk = Buffer.alloc(CHUNK);
    let rest = Buffer.alloc(0);
    let count = 0;
    for (let read = readSome(file, chunk, path); read > 0; read = readSome(file, chunk, path)) {
      rest = Buffer.concat([rest, chunk.subarray(0, read)]);
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
        yield rest.subarray(0, end).toString('utf8');
        rest = rest.subarray(end + 1);
        count += 1;
      }
      if (rest.length > MOST_LINE || count > MOST_LINES)
        throw new KeylineError('FILE_UNREADABLE', `${path} is longer than a journal can be`);
    }
    if (rest.length > 0) throw new KeylineError('FILE_UNREADABLE', `${path} is cut short`);
  } finally {
    closeSync(file);
  }
}

function openToRead(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** A folder opens too, and a stick may fail later. */
function readSome(file: number, chunk: Buffer, path: string): number {
  try {
    return readSync(file, chunk);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): KeylineError {
  return new KeylineError('FILE_UNREADABLE', cause instanceof Error ? cause.message : path, {}, cause);
}
