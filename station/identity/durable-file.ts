// Files that must be whole or absent after a power cut: written beside their place, flushed, then renamed.
// Refuses to replace what is there. One process writes a data folder, so nothing comes between check and rename.
import { lstat, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KeylineError } from '../../domain/errors.ts';

/** Longest file that is read, bytes: a key file or a certificate needs under 2 KB. */
const MAX_LENGTH = 64 * 1024;

/** True when something stands at `path`, a dangling link included. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw unreadable(path, error);
  }
}

/** Writes `text` to `path`, owner only. Throws KEY_FILE_EXISTS when something stands there. */
export async function writeNewFile(path: string, text: string): Promise<void> {
  if (await exists(path)) throw new KeylineError('KEY_FILE_EXISTS', '', { path });
  const partial = `${path}.partial`;
  await rm(partial, { force: true });
  const file = await open(partial, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
  await syncFolder(dirname(path));
}

/** Makes the names in a folder durable. Windows does that itself and cannot open a folder. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Text of a small file. Throws FILE_UNREADABLE. */
export async function readSmallFile(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    if ((await lstat(path)).size > MAX_LENGTH) throw new Error(`longer than ${MAX_LENGTH} bytes`);
    bytes = await readFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  return bytes.toString('latin1');
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function unreadable(path: string, error: unknown): KeylineError {
  return new KeylineError('FILE_UNREADABLE', error instanceof Error ? error.message : '', { path }, error);
}
