// Room for records: how much is free, when no more boards may start, and the ballast that is deleted to make room
// when a disk is full all the same, for a full SQLite cannot delete its way out (CERTAINTY.md, "Space, lock, crash").
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { KeylineError } from '../domain/errors.ts';

const MB = 1024 * 1024;

/**
 * 64 MB. What boards in work still write: about 20 transactions of some 10 pages of 4 KB each, 0.8 MB a board with the
 * write-ahead log, times 64 slots, makes 51 MB; the rest is for the log's checkpoint itself.
 */
export const BALLAST_BYTES = 64 * MB;

/** 256 MB: the boards in work as above (64), the logs until they rotate (10 x 10) and as much again for records. */
export const LEAST_FREE_BYTES = 256 * MB;

/** 16 KB. Records of a board of the practice lot take 10 KB of station.db; boards that take more than one try, more. */
const BOARD_BYTES = 16 * 1024;

/** Bytes that this user may still write on the file system of `path`. */
export function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

/** Whether another board may start. */
export function spaceVerdict(free: number): 'ok' | 'DISK_LOW' {
  return free >= LEAST_FREE_BYTES ? 'ok' : 'DISK_LOW';
}

/** Whole boards whose records fit into `free` before no more may start. */
export function boardsFit(free: number): number {
  return Math.max(0, Math.floor((free - LEAST_FREE_BYTES) / BOARD_BYTES));
}

/**
 * Writes the ballast unless it is there or `free` would fall too low by it; true when it lies there afterwards.
 * Throws KeylineError DATA_FOLDER_UNUSABLE.
 */
export function layBallast(file: string, free: number, bytes = BALLAST_BYTES): boolean {
  if (existsSync(file)) return true;
  if (spaceVerdict(free - bytes) !== 'ok') return false;
  const unfinished = `${file}.new`;
  try {
    writeNoise(unfinished, bytes);
    renameSync(unfinished, file);
  } catch (cause) {
    rmSync(unfinished, { force: true });
    throw new KeylineError('DATA_FOLDER_UNUSABLE', `its ballast: ${String(cause)}`, {}, cause);
  }
  return true;
}

/** Deletes the ballast; false when it was gone already. */
export function dropBallast(file: string): boolean {
  const there = existsSync(file);
  rmSync(file, { force: true });
  return there;
}

function writeNoise(file: string, bytes: number): void {
  const block = noise(Math.min(MB, bytes));
  const handle = openSync(file, 'w', 0o600);
  try {
    let written = 0;
    while (written < bytes) written += writeSync(handle, block, 0, Math.min(block.length, bytes - written));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Bytes that no file system compresses away (xorshift32, Marsaglia 2003); not for secrets. */
function noise(bytes: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(bytes / 4));
  let state = 0x9e3779b9;
  for (let i = 0; i < words.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[i] = state;
  }
  return new Uint8Array(words.buffer, 0, bytes);
}
