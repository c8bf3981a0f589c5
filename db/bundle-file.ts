// A bundle on the stick that a person named: whole or not at all, also where the stick is pulled out or the power goes.
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { KeylineError } from '../domain/errors.ts';
import { askedFile } from './asked-file.ts';
import { clearAway } from './clear-away.ts';
import { syncFolder } from './sync-folder.ts';

/** Writes the text of a bundle, durable when it returns; an earlier bundle of that name is replaced. Throws FILE_UNWRITABLE. */
export function bundleFile(dataFolder: string): (file: string, text: string) => void {
  return (file, text) => {
    const partial = askedFile(dataFolder, file, 'bundle-1');
    try {
      writeWhole(partial, text);
      renameSync(partial, file);
      syncFolder(dirname(file));
    } catch (cause) {
      clearAway(partial);
      throw new KeylineError('FILE_UNWRITABLE', cause instanceof Error ? cause.message : file, {}, cause);
    }
  };
}

function writeWhole(partial: string, text: string): void {
  const handle = openSync(partial, 'wx', 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
