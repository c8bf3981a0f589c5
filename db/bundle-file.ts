// A bundle on the stick that a person named: whole or not at all, also where the stick is pulled out or the power goes.
import { KeylineError } from '../domain/errors.ts';
import { askedFile } from './asked-file.ts';
import { writeWhole } from './whole-file.ts';

/** Writes the text of a bundle, durable when it returns; an earlier bundle of that name is replaced. Throws FILE_UNWRITABLE. */
export function bundleFile(dataFolder: string): (file: string, text: string) => void {
  return (file, text) => {
    const partial = askedFile(dataFolder, file, 'bundle-1');
    try {
      writeWhole(file, text, partial);
    } catch (cause) {
      throw new KeylineError('FILE_UNWRITABLE', cause instanceof Error ? cause.message : file, {}, cause);
    }
  };
}
