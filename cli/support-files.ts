// What a file for support is made of on this computer: versions, the ends of the logs without secrets and without the name of
// whoever's home they lie in, and the folder that such files go into.
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readdirSync, readSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { BUILD_TIME_MS } from '../domain/build-time.ts';
import { KeylineError } from '../domain/errors.ts';
import type { SupportFiles } from '../station/upkeep/support-files.ts';
import { redacted } from './redaction.ts';
import type { Use } from './surroundings.ts';

/** Of one log, bytes: some 1,500 lines; with ten of them a mail still takes the file. */
const TAIL_BYTES = 262_144;

export function supportFiles({ folder, around }: Pick<Use, 'folder' | 'around'>): SupportFiles {
  const own = join(folder.path, 'support');
  return {
    about: { keylineOf: utcText(BUILD_TIME_MS), node: process.version, platform: around.platform, arch: process.arch },
    utcText,
    logTails: () =>
      logNames(folder.logs).map((name) => ({
        name: `logs/${name}`,
        text: withoutHome(redacted(tailOf(join(folder.logs, name))), around.homeDir),
      })),
    write(dir, name, bytes) {
      const into = dir ?? own;
      if (!isAbsolute(into)) throw new KeylineError('FILE_UNWRITABLE', 'a path begins at the top of the disk');
      const file = join(into, name);
      try {
        if (dir === null) mkdirSync(own, { recursive: true, mode: 0o700 });
        writeFileSync(file, bytes, { mode: 0o600, flag: 'wx' });
      } catch (cause) {
        throw new KeylineError('FILE_UNWRITABLE', cause instanceof Error ? cause.message : file, {}, cause);
      }
      return file;
    },
  };
}

function utcText(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

function logNames(logs: string): string[] {
  return existsSync(logs) ? readdirSync(logs).filter((name) => name.endsWith('.log')) : [];
}

/** Whole lines: the half of a key before the cut would pass as a word. */
function tailOf(path: string): string {
  const handle = openSync(path, 'r');
  try {
    const { size } = fstatSync(handle);
    const from = Math.max(0, size - TAIL_BYTES);
    const bytes = Buffer.alloc(size - from);
    const text = bytes.toString('utf8', 0, readSync(handle, bytes, 0, bytes.length, from));
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    closeSync(handle);
  }
}

function withoutHome(text: string, home: string): string {
  return home.length > 1 ? text.replaceAll(home, '~').replaceAll(JSON.stringify(home).slice(1, -1), '~') : text;
}
