// What the window opens on: the practice bench when told to, else the station of this computer, else its first run.
import { existsSync } from 'node:fs';
import { dataFolderAt, lineDataFolder, type Surroundings } from '../db/data-folder.ts';

export type LineMode =
  /** `slots` as it was typed, '' when it was not: the bench judges it. */
  | { readonly mode: 'practice'; readonly slots: string }
  | { readonly mode: 'real'; readonly dataDir: string }
  /** `dataDir` is where the real station will be; nothing is there yet. */
  | { readonly mode: 'first-run'; readonly dataDir: string };

const SLOTS = '--slots=';

/** `args` as the app was started with. Looks into the data folder and makes nothing. */
export function lineMode(args: readonly string[], around: Surroundings): LineMode {
  const slots = args.find((arg) => arg.startsWith(SLOTS))?.slice(SLOTS.length) ?? '';
  if (args.includes('--practice')) return { mode: 'practice', slots };
  const dataDir = lineDataFolder(undefined, around);
  return { mode: existsSync(dataFolderAt(dataDir).stationDatabase) ? 'real' : 'first-run', dataDir };
}
