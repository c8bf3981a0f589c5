// Where the security service keeps what it knows: the folder of --data, else the usual place of this user.
import { join, resolve } from 'node:path';
import { dataRoot, makeWritable } from '../db/data-folder.ts';
import type { Use } from './surroundings.ts';

/** Made when it is not there. Throws DATA_FOLDER_NETWORK, DATA_FOLDER_UNUSABLE. */
export function serviceFolder({ data, around }: Use): string {
  const dataDir = resolve(data ?? join(dataRoot(around), 'service'));
  makeWritable(dataDir, around.platform);
  return dataDir;
}
