// Files that are whole or not there, also after a power cut: written beside their place, flushed, and then renamed.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Durable under `file` when it returns, in place of one that was there; `partial` is where it is written until then. What
 * fails leaves the file before it and no partial one. Throws what the file system says.
 */
export function writeWhole(file: string, bytes: string | Uint8Array, partial = `${file}.partial`): void {
  rmSync(partial, { force: true });
  try {
    const handle = openSync(partial, 'wx', 0o600);
    try {
      // All of them: a disk that fills up may take some and say nothing.
      writeFileSync(handle, bytes);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    putInPlace(partial, file);
  } catch (cause) {
    clearAway(partial);
    throw cause;
  }
}

/** Renames what is flushed already; durable when it returns. */
export function putInPlace(partial: string, file: string): void {
  renameSync(partial, file);
  syncFolder(dirname(file));
}

/** Makes what another hand has written durable. */
export function flushFile(path: string): void {
  flush(path, 'r+');
}

/** Makes the names in a folder durable, after a rename. Windows does that itself and cannot open a folder. */
export function syncFolder(path: string): void {
  if (process.platform !== 'win32') flush(path, 'r');
}

function flush(path: string, how: 'r' | 'r+'): void {
  const handle = openSync(path, how);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Takes away what a write that failed has left. Never throws over what went wrong before: whoever writes it again begins anew. */
export function clearAway(partial: string): void {
  try {
    rmSync(partial, { force: true });
  } catch {
    // The disk has gone, or gives nothing back either.
  }
}
