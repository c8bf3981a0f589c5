// The folders of practice runs, `practice/run-0001` and so on: the next one, and only the last five are kept.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { KeylineError } from '../domain/errors.ts';
import { dataFolderAt } from './data-folder.ts';
import { lockFolder } from './folder-lock.ts';

/** Practice runs that are kept, the newest included (FORMATS.md). */
const PRACTICE_RUNS_KEPT = 5;

/** Practice runs that may start at the same moment; each takes the next number. */
const STARTS_AT_ONCE = 64;

/** Makes an empty folder for a new practice run below `practiceRoot`; its path. Throws DATA_FOLDER_UNUSABLE. */
export function newPracticeRun(practiceRoot: string): string {
  try {
    mkdirSync(practiceRoot, { recursive: true, mode: 0o700 });
    const last = runsIn(practiceRoot).at(-1)?.number ?? 0;
    for (let number = last + 1; number <= last + STARTS_AT_ONCE; number++) {
      const path = join(practiceRoot, `run-${String(number).padStart(4, '0')}`);
      if (madeFolder(path)) return path;
    }
  } catch (cause) {
    throw new KeylineError('DATA_FOLDER_UNUSABLE', String(cause), {}, cause);
  }
  throw new KeylineError('DATA_FOLDER_UNUSABLE', `no free run folder in ${practiceRoot}`);
}

/** Deletes all runs but the last five; one that a process still holds stays. The paths that are gone. */
export function dropOldPracticeRuns(practiceRoot: string): readonly string[] {
  const old = runsIn(practiceRoot).slice(0, -PRACTICE_RUNS_KEPT);
  return old
    .map(({ name }) => join(practiceRoot, name))
    .filter((path) => {
      if (isHeld(path)) return false;
      rmSync(path, { recursive: true, force: true });
      return true;
    });
}

/** Runs in order of their numbers. */
function runsIn(practiceRoot: string): { name: string; number: number }[] {
  return readdirSync(practiceRoot)
    .flatMap((name) => {
      const digits = /^run-([0-9]{4,9})$/.exec(name)?.[1];
      return digits === undefined ? [] : [{ name, number: Number(digits) }];
    })
    .sort((a, b) => a.number - b.number);
}

function madeFolder(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 });
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw cause;
  }
}

function isHeld(path: string): boolean {
  try {
    lockFolder(dataFolderAt(path).lock)();
    return false;
  } catch (cause) {
    if (cause instanceof KeylineError && cause.code === 'DATA_FOLDER_IN_USE') return true;
    throw cause;
  }
}
