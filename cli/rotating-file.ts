// A log on disk that never fills it: keyline.log and what it was before, at most 10 files of 10 MB (FORMATS.md).
// Writes at once, so that a crash loses no line.
import { closeSync, existsSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** FORMATS.md, "Data folder". */
export const LOG_FILES = 10;
export const LOG_FILE_BYTES = 10 * 1024 * 1024;

export interface RotatingFile {
  /** Appends a line, its end included. A disk or folder that does not take it drops it: a log never stops the line. */
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
  const nameOf = (age: number) => logFile(folder, name, age);
  const append = () => openSync(nameOf(0), 'a', 0o600);
  let handle = append();
  let size = fstatSync(handle).size;
  let rotateAt = fileBytes;

  /** The open file is closed last: where another program holds a name, lines go on into it, and the next file's worth tries again. */
  function rotate(): void {
    rotateAt = Math.min(size + fileBytes, files * fileBytes);
    // What an earlier try has moved already is not moved again.
    let free = 1;
    while (free < files - 1 && existsSync(nameOf(free))) free++;
    rmSync(nameOf(free), { force: true });
    for (let age = free - 1; age >= 0; age--) moveIfThere(nameOf(age), nameOf(age + 1));
    const old = handle;
    handle = append();
    size = 0;
    rotateAt = fileBytes;
    closeSync(old);
  }

  return {
    write(line) {
      const bytes = Buffer.byteLength(line);
      if (size > 0 && size + bytes > rotateAt) unlessRefused(rotate);
      // A file that nobody lets go takes no more than all of them may.
      if (size + bytes > files * fileBytes) return;
      unlessRefused(() => {
        writeSync(handle, line);
        size += bytes;
      });
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

/** What the system refuses is let be, be it the disk's, a folder's or another program's doing: the records say so themselves. */
function unlessRefused(work: () => void): void {
  try {
    work();
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
  }
}
