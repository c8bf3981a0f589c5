// Takes back what a program under page-cache.c had not flushed when it was killed, as a power cut does at its worst.
import { closeSync, existsSync, ftruncateSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const SUFFIX = '.unflushed';
const HEAD_BYTES = 24;

/** Takes back what was never flushed, in all files of the folder; how many writes that were. */
export function losePageCache(folder: string): number {
  let undone = 0;
  for (const name of readdirSync(folder).filter((each) => each.endsWith(SUFFIX))) {
    const journal = readFileSync(join(folder, name));
    const path = join(folder, name.slice(0, -SUFFIX.length));
    if (existsSync(path)) undone += undo(path, journal);
    rmSync(join(folder, name));
  }
  return undone;
}

function undo(path: string, journal: Buffer): number {
  const records: { offset: number; sizeBefore: number; bytes: Buffer }[] = [];
  for (let at = 0; at + HEAD_BYTES <= journal.length; ) {
    const length = Number(journal.readBigUInt64LE(at + 16));
    const bytes = journal.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length);
    records.push({
      offset: Number(journal.readBigUInt64LE(at)),
      sizeBefore: Number(journal.readBigUInt64LE(at + 8)),
      bytes,
    });
    at += HEAD_BYTES + length;
  }
  const file = openSync(path, 'r+');
  try {
    for (const { offset, sizeBefore, bytes } of records.reverse()) {
      if (bytes.length > 0) writeSync(file, bytes, 0, bytes.length, offset);
      ftruncateSync(file, sizeBefore);
    }
  } finally {
    closeSync(file);
  }
  return records.length;
}
