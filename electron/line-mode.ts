// What the window opens on: the practice bench when told to, else the station of this computer, else its first run.
import { existsSync } from 'node:fs';
import { dataFolderAt, lineDataFolder, type Surroundings } from '../db/data-folder.ts';

export type LineMode =
  | { readonly mode: 'practice' }
  | { readonly mode: 'real'; readonly dataDir: string }
  /** `dataDir` is where the real station will be; nothing is there yet. */
  | { readonly mode: 'first-run'; readonly dataDir: string };

/** `args` as the app was started with. Looks into the data folder and makes nothing. */
export function lineMode(args: readonly string[], around: Surroundings): LineMode {
  if (args.includes('--practice')) return { mode: 'practice' };
  const dataDir = lineDataFolder(undefined, around);
  return { mode: existsSync(dataFolderAt(dataDir).stationDatabase) ? 'real' : 'first-run', dataDir };
}
