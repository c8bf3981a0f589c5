// Files that a person asked for: in `exports` of the data folder, whole or not there.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { assert, KeylineError } from '../domain/errors.ts';
import { writeWhole } from './whole-file.ts';

/** Absolute path of the file, which takes the place of one of that name. Throws FILE_UNWRITABLE. */
export function exportFile(dataFolder: string, fileName: string, text: string): string {
  assert(/^[A-Za-z0-9][A-Za-z0-9.-]{0,99}$/.test(fileName), 'a file for people has a plain name');
  const folder = join(dataFolder, 'exports');
  const file = join(folder, fileName);
  try {
    mkdirSync(folder, { recursive: true });
    writeWhole(file, text);
  } catch (cause) {
    throw new KeylineError('FILE_UNWRITABLE', file, {}, cause);
  }
  return file;
}
