// A log on disk that never fills it: keyline.log and what it was before, at most 10 files of 10 MB (FORMATS.md).
// Writes at once, so that a crash loses no line.
import { closeSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** FORMATS.md, "Data folder". */
export const LOG_FILES = 10;
export const LOG_FILE_BYTES = 10 * 1024 * 1024;

export interface RotatingFile {
  /** Appends a line, its end included. A disk that does not take it drops it: a log never stops the line. */
  write(line: string): void;
  close(): void;
}

/** The newest log of a folder is `<name>.log`, then `<name>.1.log` and so on. */
export function logFile(folder: string, name: string, age: number): string {
  return join(folder, age === 0 ? `${name}.log` : `${name}.${age}.log`);
}

/** Opens `<name>.log` in `folder` to append. */
export function rotatingFile(
  folder: string,
  name: string,
  files = LOG_FILES,
  fileBytes = LOG_FILE_BYTES,
): RotatingFile {
  const newest = logFile(folder, name, 0);
  const append = () => openSync(newest, 'a', 0o600);
  let handle = append();
  let size = fstatSync(handle).size;

  function rotate(): void {
    closeSync(handle);
    rmSync(logFile(folder, name, files - 1), { force: true });
    for (let age = files - 2; age >= 0; age--) moveIfThere(logFile(folder, name, age), logFile(folder, name, age + 1));
    handle = append();
    size = 0;
  }

  return {
    write(line) {
      const bytes = Buffer.byteLength(line);
      try {
        if (size > 0 && size + bytes > fileBytes) rotate();
        writeSync(handle, line);
        size += bytes;
      } catch (cause) {
        if (!isOfDisk(cause)) throw cause;
      }
    },
    close: () => closeSync(handle),
  };
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
  }
}

/** Full, over its quota, turned read-only, failing: the records say so themselves, in words. */
const OF_DISK: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO']);

function isOfDisk(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && OF_DISK.has(cause.code);
}
