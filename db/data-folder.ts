// The data folder: where it is, what lies in it, and making it (FORMATS.md, "Data folder"). Refuses a network file
// system, a folder that cannot be written and a folder that holds somebody else's files.
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readdirSync, statfsSync } from 'node:fs';
import { dirname, posix, win32 } from 'node:path';
import { KeylineError } from '../domain/errors.ts';
import { isUncPath, networkFileSystem } from './file-system.ts';

/** What the folder is looked up with: handed in, so that every platform can be tested on any. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
}

/** Absolute paths of what lies in one data folder. */
export interface DataFolder {
  readonly path: string;
  readonly stationDatabase: string;
  readonly ballast: string;
  readonly lock: string;
  readonly socket: string;
  readonly keys: string;
  readonly recipes: string;
  readonly firmware: string;
  readonly logs: string;
  readonly backup: string;
  readonly reports: string;
}

const SUBFOLDERS = ['keys', 'recipes', 'firmware', 'logs', 'backup', 'reports'] as const;
/** First names of all that Keyline itself puts into a data folder; a practice folder has the last two besides. */
const OWN_NAMES = ['station.db', 'ballast', 'lock', 'socket', ...SUBFOLDERS, 'service', 'devices'];

/** The folder that `--data` or KEYLINE_DATA names, or null when neither does. */
export function namedDataFolder(option: string | undefined, around: Surroundings): string | null {
  const named = option || around.env.KEYLINE_DATA;
  return named ? pathOf(around).resolve(named) : null;
}

/** Where Keyline keeps its folders when none is named: `station/` and `practice/<run>/` lie in it. */
export function dataRoot(around: Surroundings): string {
  const { env, homeDir, platform } = around;
  const path = pathOf(around);
  if (platform === 'win32') return path.join(env.LOCALAPPDATA || path.join(homeDir, 'AppData', 'Local'), 'Keyline');
  if (platform === 'darwin') return path.join(homeDir, 'Library', 'Application Support', 'Keyline');
  // A relative XDG_DATA_HOME is to be ignored (XDG Base Directory Specification).
  const xdg = env.XDG_DATA_HOME && path.isAbsolute(env.XDG_DATA_HOME) ? env.XDG_DATA_HOME : null;
  return path.join(xdg ?? path.join(homeDir, '.local', 'share'), 'keyline');
}

/** The data folder of the line. */
export function lineDataFolder(option: string | undefined, around: Surroundings): string {
  return namedDataFolder(option, around) ?? pathOf(around).join(dataRoot(around), 'station');
}

/** The paths in a data folder; nothing is made or read. */
export function dataFolderAt(path: string): DataFolder {
  const inside = (name: string) => (path.includes('\\') ? win32 : posix).join(path, name);
  return {
    path,
    stationDatabase: inside('station.db'),
    ballast: inside('ballast'),
    lock: inside('lock'),
    socket: inside('socket'),
    keys: inside('keys'),
    recipes: inside('recipes'),
    firmware: inside('firmware'),
    logs: inside('logs'),
    backup: inside('backup'),
    reports: inside('reports'),
  };
}

/**
 * Makes the data folder and its subfolders, mode 0700, or finds them. Throws KeylineError DATA_FOLDER_NETWORK and
 * DATA_FOLDER_UNUSABLE.
 */
export function openDataFolder(path: string, platform: NodeJS.Platform): DataFolder {
  const folder = dataFolderAt(path);
  makeWritable(path, platform, () => {
    refuseForeign(path);
    chmodSync(path, 0o700);
    for (const name of SUBFOLDERS) mkdirSync(folder[name], { recursive: true, mode: 0o700 });
  });
  return folder;
}

/**
 * Makes a folder on a local disk, mode 0700, or finds it, and fills it. Throws KeylineError DATA_FOLDER_NETWORK and
 * DATA_FOLDER_UNUSABLE.
 */
export function makeWritable(path: string, platform: NodeJS.Platform, fill: () => void = () => {}): void {
  if (isUncPath(platform, path)) throw new KeylineError('DATA_FOLDER_NETWORK', path);
  try {
    makeFolder(path);
    refuseNetwork(platform, path);
    fill();
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    if (cause instanceof KeylineError) throw cause;
    throw new KeylineError('DATA_FOLDER_UNUSABLE', cause instanceof Error ? cause.message : path, {}, cause);
  }
}

/** One after the other: Node's own recursive mkdir never ends below /proc, whose folders cannot be made. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (cause) {
    // Another process made it at the same moment.
    if (!existsSync(path)) throw cause;
  }
}

function refuseNetwork(platform: NodeJS.Platform, path: string): void {
  const network = networkFileSystem(platform, statfsSync(path).type);
  if (network !== null) throw new KeylineError('DATA_FOLDER_NETWORK', `${path} is on ${network}`);
}

/** `--data /etc` must not close /etc to everybody. Beside a lock, which only Keyline makes, anything may lie. */
function refuseForeign(path: string): void {
  const names = readdirSync(path);
  if (names.includes('lock')) return;
  const foreign = names.find((name) => !OWN_NAMES.some((own) => name.startsWith(own)));
  if (foreign !== undefined) throw new KeylineError('DATA_FOLDER_UNUSABLE', `${path} holds other files, as ${foreign}`);
}

function pathOf(around: Surroundings): typeof posix {
  return around.platform === 'win32' ? win32 : posix;
}
