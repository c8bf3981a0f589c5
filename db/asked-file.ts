// Where a file may be written whose path a person typed: outside the data folder but for its `exports`, where nothing lies
// yet or an earlier file of its kind. Records, keys and other people's files are never replaced.
import { closeSync, lstatSync, openSync, readSync, realpathSync, rmSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { KeylineError } from '../domain/errors.ts';

/** How the first line of such a file begins. */
export type AskedKind = 'bundle-1' | 'journal-1';

/**
 * Path beside `file` that it is written at until it is whole; nothing lies there. A link is followed to the folder, never
 * at the file's own name. Throws FILE_UNWRITABLE.
 */
export function askedFile(dataFolder: string, file: string, kind: AskedKind): string {
  if (!isAbsolute(file)) throw new KeylineError('FILE_UNWRITABLE', `${file} is no whole path`);
  const partial = `${file}.partial`;
  try {
    const [data, folder] = [realpathSync.native(dataFolder), realpathSync.native(dirname(file))];
    if (isBelow(data, folder) && !isBelow(join(data, 'exports'), folder))
      throw new KeylineError('FILE_UNWRITABLE', `${folder} is the station's own folder`);
    if (!isFree(file, kind)) throw new KeylineError('FILE_UNWRITABLE', `${file} is there, and is another file`);
    rmSync(partial, { force: true });
  } catch (cause) {
    if (cause instanceof KeylineError) throw cause;
    throw new KeylineError('FILE_UNWRITABLE', cause instanceof Error ? cause.message : file, {}, cause);
  }
  return partial;
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way.split(sep)[0] !== '..';
}

function isFree(file: string, kind: AskedKind): boolean {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (!found) return true;
  if (!found.isFile()) return false;
  const first = Buffer.from(`{"keyline":"${kind}"`);
  const bytes = Buffer.alloc(first.length);
  const handle = openSync(file, 'r');
  try {
    return readSync(handle, bytes, 0, bytes.length, 0) === first.length && bytes.equals(first);
  } finally {
    closeSync(handle);
  }
}
