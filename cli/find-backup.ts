// Which file a restore is made from: the newest copy in the folder that a person names, which may be the root of a stick.
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copiesIn } from '../db/records-copy.ts';
import { KeylineError } from '../domain/errors.ts';

export interface Backup {
  readonly file: string;
  /** Where its keys and lot files lie beside it; null: a file by itself. */
  readonly folder: string | null;
}

/** The newest copy of `stationId`, or, where that is null, of the only station in there. Throws BACKUP_UNUSABLE, STATION_EXISTS. */
export function findBackup(from: string, stationId: string | null): Backup {
  const found = statSync(from, { throwIfNoEntry: false });
  if (found?.isFile()) return { file: from, folder: copiesHeld(dirname(from)).includes(from) ? dirname(from) : null };
  if (!found?.isDirectory()) throw new KeylineError('BACKUP_UNUSABLE', from);
  const folders = [from, ...foldersBelow(from)].filter((path) => copiesHeld(path).length > 0);
  const own = stationId === null ? folders : folders.filter((path) => path === from || path === join(from, stationId));
  const [folder, ...more] = own;
  if (folder === undefined && folders.length > 0) throw new KeylineError('STATION_EXISTS', stationId ?? '');
  if (folder === undefined) throw new KeylineError('BACKUP_UNUSABLE', from);
  if (more.length > 0) throw new KeylineError('BACKUP_UNUSABLE', 'it holds several stations: name the folder of one');
  const [file] = copiesHeld(folder);
  if (file === undefined) throw new KeylineError('BACKUP_UNUSABLE', folder);
  return { file, folder };
}

function foldersBelow(from: string): string[] {
  try {
    const below = readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return below.map(({ name }) => join(from, name));
  } catch (cause) {
    throw new KeylineError('BACKUP_UNUSABLE', cause instanceof Error ? cause.message : from, {}, cause);
  }
}

/** A folder that nobody but the system may read (lost+found, System Volume Information) holds no copies. */
function copiesHeld(folder: string): string[] {
  try {
    return copiesIn(folder);
  } catch {
    return [];
  }
}
