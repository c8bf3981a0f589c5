// The end of a station's audit chain, kept outside its data folder, in the user's own state folder: records that are
// behind it came back from somewhere, and must not go on (CERTAINTY.md, Restore). A help and no seal: who may write
// there may take it away; the service's checkpoints are the seal.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join, posix, win32 } from 'node:path';
import { z } from 'zod';
import { dataRoot, type Surroundings } from './data-folder.ts';
import { writeWhole } from './whole-file.ts';

const ChainMark = z.strictObject({
  stationId: z.string(),
  /** Data folder that the records lay in. */
  folder: z.string(),
  epoch: z.number().int().min(1),
  seq: z.number().int().min(0),
  head: z.string().length(64),
});
export type ChainMark = z.infer<typeof ChainMark>;

/** Where the marks lie; not made here. */
export function marksFolder(around: Surroundings): string {
  const { platform, env, homeDir } = around;
  if (platform === 'win32') return win32.join(dataRoot(around), 'marks');
  if (platform === 'darwin') return posix.join(dataRoot(around), 'marks');
  // A relative XDG_STATE_HOME is to be ignored (XDG Base Directory Specification).
  const xdg = env.XDG_STATE_HOME && posix.isAbsolute(env.XDG_STATE_HOME) ? env.XDG_STATE_HOME : null;
  return posix.join(xdg ?? posix.join(homeDir, '.local', 'state'), 'keyline', 'marks');
}

/** Null where there is none that can be read. */
export function readMark(marks: string, stationId: string): ChainMark | null {
  try {
    const found = ChainMark.safeParse(JSON.parse(readFileSync(fileOf(marks, stationId), 'utf8')));
    return found.success && found.data.stationId === stationId ? found.data : null;
  } catch {
    return null;
  }
}

/** Records that end before the mark, or lead to another point, are older than the boards that they made. */
export function isRolledBack(
  mark: ChainMark | null,
  epoch: number,
  records: { eventHash(seq: number): string | null },
): boolean {
  if (!mark || epoch > mark.epoch) return false;
  return epoch < mark.epoch || (mark.seq > 0 && records.eventHash(mark.seq) !== mark.head);
}

/** Puts the mark where the chain stands. A folder that takes none is no reason to stop a line. */
export function writeMark(marks: string, mark: ChainMark): void {
  const file = fileOf(marks, mark.stationId);
  try {
    if (!existsSync(file)) {
      mkdirSync(marks, { recursive: true, mode: 0o700 });
      forgetGone(marks);
    }
    writeWhole(file, JSON.stringify(mark));
  } catch {
    // Told by nobody: the mark before it stands, and warns of less.
  }
}

/**
 * Marks of practice runs that are no more: only the last few runs are kept. The folder of any other station may be away for
 * a while, with its disk. Looked for when a new station comes.
 */
function forgetGone(marks: string): void {
  for (const name of readdirSync(marks)) {
    const mark = readMark(marks, name.replace(/\.json$/, ''));
    if (mark && isPracticeRun(mark.folder) && !existsSync(mark.folder)) rmSync(join(marks, name), { force: true });
  }
}

/** As practice-runs.ts names them. */
function isPracticeRun(folder: string): boolean {
  return basename(dirname(folder)) === 'practice' && /^run-[0-9]{4,9}$/.test(basename(folder));
}

function fileOf(marks: string, stationId: string): string {
  return join(marks, `${stationId}.json`);
}
