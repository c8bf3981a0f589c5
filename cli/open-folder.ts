// A data folder opened to write: its lock, its records, and whose station it is. The first command fixes whether it is
// for practice; it stays so. Refuses a folder that another process holds.
import { existsSync } from 'node:fs';
import { isRolledBack, marksFolder, readMark, writeMark } from '../db/chain-mark.ts';
import { type DataFolder, openDataFolder } from '../db/data-folder.ts';
import { freeBytes, layBallast } from '../db/disk-space.ts';
import { lockFolder } from '../db/folder-lock.ts';
import { type OpenStationStore, openStationStore, type StationStore } from '../db/station-store.ts';
import { toHex } from '../domain/bytes.ts';
import { KeylineError } from '../domain/errors.ts';
import type { RecordStore, StationRow } from '../station/records/record-store.ts';
import { type Append, Recorder, STATION_ACTOR } from '../station/records/recorder.ts';
import type { Use } from './surroundings.ts';

/** Random bytes of a station's own name: one in four thousand million. */
const STATION_ID_BYTES = 4;

/** What records are opened with. */
export type FolderUse = Pick<Use, 'folder' | 'around' | 'clock' | 'random'>;

/** Records that are open to write, whoever's they are. */
interface OpenRecords {
  readonly folder: DataFolder;
  readonly store: StationStore;
  readonly recorder: Recorder;
  readonly copyTo: OpenStationStore['copyTo'];
  close(): void;
}

export interface OpenFolder extends OpenRecords {
  readonly station: StationRow;
  /** Keeps the end of the audit chain outside the folder. */
  mark(): void;
}

/**
 * `practice`: what the command says of the folder, which is made when it is new; null: the folder is as it is. Throws
 * DATA_FOLDER_IN_USE, DATA_FOLDER_NETWORK, DATA_FOLDER_UNUSABLE, NO_STATION, PRACTICE_MISMATCH, RECORDS_*, ROLLED_BACK.
 */
export function openFolder(use: FolderUse, practice: boolean | null): OpenFolder {
  if (practice === null && !existsSync(use.folder.stationDatabase)) throw new KeylineError('NO_STATION');
  const open = openRecords(use);
  try {
    const station = stationOf(use, open.recorder, practice);
    refuseRolledBack(use.around, open.store, station);
    layBallast(open.folder.ballast, freeBytes(open.folder.path));
    const mark = () => keepMark(use, open);
    mark();
    return {
      ...{ ...open, station, mark },
      close() {
        mark();
        open.close();
      },
    };
  } catch (error) {
    open.close();
    throw error;
  }
}

/** Throws ROLLED_BACK for records that are behind the mark outside their folder. */
export function refuseRolledBack(
  around: FolderUse['around'],
  store: Pick<RecordStore, 'eventHash'>,
  { stationId, epoch }: StationRow,
): void {
  const mark = readMark(marksFolder(around), stationId);
  if (isRolledBack(mark, epoch, store))
    throw new KeylineError('ROLLED_BACK', `event ${mark?.seq} is not in them`, { stationId });
}

function keepMark(use: FolderUse, { folder, store }: OpenRecords): void {
  const station = store.station();
  if (!station) return;
  const { seq, hash: head } = store.chainHead();
  const { stationId, epoch } = station;
  writeMark(marksFolder(use.around), { stationId, folder: folder.path, epoch, seq, head });
}

/** Makes what is not there yet. Throws DATA_FOLDER_IN_USE, DATA_FOLDER_NETWORK, DATA_FOLDER_UNUSABLE, RECORDS_*. */
function openRecords(use: FolderUse): OpenRecords {
  const folder = openDataFolder(use.folder.path, use.around.platform);
  const unlock = lockFolder(folder.lock);
  try {
    const { store, copyTo, close } = openStationStore(folder.stationDatabase);
    return {
      ...{ folder, store, copyTo, recorder: new Recorder(store, use.clock) },
      close() {
        close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function stationOf(use: FolderUse, recorder: Recorder, practice: boolean | null): StationRow {
  const known = recorder.store.station();
  if (known) {
    refuseOtherKind(known.practice, practice);
    return known;
  }
  if (practice === null) throw new KeylineError('NO_STATION');
  return recorder.commit(STATION_ACTOR, (append, nowMs) => insertStation(use, recorder.store, append, nowMs, practice));
}

/** The station's own row, within a transaction of the caller's. */
export function insertStation(
  { random }: Pick<Use, 'random'>,
  store: RecordStore,
  append: Append,
  createdMs: number,
  practice: boolean,
): StationRow {
  const stationId = `KL-${toHex(random.bytes(STATION_ID_BYTES))}`;
  const row: StationRow = { stationId, practice, epoch: 1, createdMs };
  store.insertStation(row);
  append('station-created', { stationId, practice });
  return row;
}

/** Throws PRACTICE_MISMATCH when a command for one kind of folder meets the other. */
export function refuseOtherKind(folderIs: boolean, commandSays: boolean | null): void {
  if (commandSays === null || commandSays === folderIs) return;
  throw new KeylineError('PRACTICE_MISMATCH', folderIs ? 'the folder is for practice' : 'the folder is no practice');
}
