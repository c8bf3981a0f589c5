// The folder of one station in a backup: `<dir>/<stationId>/` holds copies of the records and what lies beside them.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { KeylineError } from '../domain/errors.ts';
import type { CopyMaker, MadeCopy } from '../station/copies/copy-maker.ts';
import { copyFiles } from './backup-files.ts';
import type { DataFolder } from './data-folder.ts';
import type { RecordsCopy } from './records-copy.ts';
import type { OpenStationStore } from './station-store.ts';

/** Copies of the station whose records are open; `stationId` names its folder in a backup. */
export function copyMaker(
  folder: DataFolder,
  stationId: string,
  { store, copyTo }: Pick<OpenStationStore, 'store' | 'copyTo'>,
): CopyMaker {
  return {
    uncopied: (afterId, most) => store.uncopied(afterId, most),
    async make(dir): Promise<MadeCopy> {
      const target = join(dir ?? folder.backup, stationId);
      const { file, bytes, epoch, seq, head, outboxId } = await intoFolder(target, folder, copyTo);
      // A disk that is lost takes what lies on it along, whatever its folder is called.
      const otherDisk = orFailed(target, () => statSync(target).dev !== statSync(folder.path).dev);
      return { file, bytes, epoch, seq, head, outboxId, otherDisk };
    },
  };
}

async function intoFolder(
  target: string,
  folder: DataFolder,
  copyTo: OpenStationStore['copyTo'],
): Promise<RecordsCopy> {
  orFailed(target, () => {
    mkdirSync(target, { recursive: true, mode: 0o700 });
    // The records name the files: these come first.
    copyFiles(folder, target);
  });
  return copyTo(target);
}

/** What a disk refuses is a copy that failed, not a fault of ours. */
function orFailed<T>(target: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw new KeylineError('BACKUP_FAILED', cause instanceof Error ? cause.message : target, {}, cause);
  }
}
