// The data folder of a practice run: the one that was named, or a fresh one; only the last runs are kept.
import { join, resolve } from 'node:path';
import { dataRoot, namedDataFolder } from '../../db/data-folder.ts';
import { dropOldPracticeRuns, newPracticeRun } from '../../db/practice-runs.ts';
import type { Use } from '../surroundings.ts';

/** Absolute path. Throws DATA_FOLDER_UNUSABLE. */
export function practiceDir({ data, around }: Pick<Use, 'data' | 'around'>): string {
  const named = namedDataFolder(data, around);
  if (named !== null) return resolve(named);
  const root = join(dataRoot(around), 'practice');
  const dir = newPracticeRun(root);
  dropOldPracticeRuns(root);
  return dir;
}
