// A station from its backup, in this data folder: a new epoch, asked of the service where it can be reached, so that the
// one before it is refused from then on. Nothing changes here before all that can be refused was, but for the files of the
// backup, whose key asks the service: a restore that fails takes them away again. What the new records replace is moved
// aside, never deleted (CERTAINTY.md, Restore).
import { existsSync, renameSync } from 'node:fs';
import { bringFiles, takeAway } from '../db/backup-files.ts';
import { isRolledBack, marksFolder, readMark, writeMark } from '../db/chain-mark.ts';
import { type CopyFacts, checkRecords } from '../db/copy-check.ts';
import { type DataFolder, openDataFolder } from '../db/data-folder.ts';
import { freeBytes, layBallast } from '../db/disk-space.ts';
import { lockFolder } from '../db/folder-lock.ts';
import { openQueries } from '../db/queries.ts';
import { fetchRecords, removeCopy } from '../db/records-copy.ts';
import { openStationStore, type StationStore } from '../db/station-store.ts';
import { putInPlace } from '../db/whole-file.ts';
import { KeylineError } from '../domain/errors.ts';
import { connectSecurityService } from '../station/outbox/connectors/security-service.ts';
import { activeCa } from '../station/records/ca-store.ts';
import { refuseKnownRange } from '../station/records/fresh-serials.ts';
import { Recorder } from '../station/records/recorder.ts';
import { recordRestore } from '../station/records/restore-records.ts';
import { findBackup } from './find-backup.ts';
import { officerAt } from './folder-person.ts';
import type { FolderUse } from './open-folder.ts';
import { keysThere, unlockKeys } from './station-keys.ts';
import type { Use } from './surroundings.ts';

export interface RestoreOrder {
  /** Folder of a backup, of one station in it, or a file of records. */
  readonly from: string;
  /** A range that was never given to this station before. */
  readonly freshRange: string | null;
  /** The service is not asked: neither for its epoch nor for used serials. */
  readonly offline: boolean;
}

export interface Restored {
  readonly stationId: string;
  readonly practice: boolean;
  readonly epoch: number;
  readonly fromEpoch: number;
  readonly backupSeq: number;
  readonly file: string;
  /** It is enrolled, and its keys are here: it can ask its service. */
  readonly canAsk: boolean;
  /** Name of the CA that was active when the backup was made; null: none was on record. */
  readonly ca: string | null;
  /** Where its audit chain stands. */
  readonly head: { readonly seq: number; readonly head: string };
}

/** What a restore is made with. */
type RestoreUse = FolderUse & Pick<Use, 'passphrase' | 'askPerson'>;

const OPERATOR_ACTOR = 'operator';

/**
 * Once people are in the backup, a security officer of it signs in. Throws NOT_SIGNED_IN, NOT_ALLOWED, BACKUP_UNUSABLE, RECORDS_*, STATION_EXISTS, RANGE_*, DATA_FOLDER_*, what opening the keys refuses, and what the
 * service says but that it is away: then nothing has changed.
 */
export async function restoreStation(use: RestoreUse, order: RestoreOrder): Promise<Restored> {
  const folder = openDataFolder(use.folder.path, use.around.platform);
  const unlock = lockFolder(folder.lock);
  const beside = `${folder.stationDatabase}-restored`;
  const brought: string[] = [];
  let inPlace = false;
  try {
    const here = await whoIsHere(use, folder.stationDatabase);
    const backup = findBackup(order.from, here === 'unreadable' ? null : (here?.stationId ?? null));
    const facts = await fetchRecords(backup.file, beside);
    refuseNeedless(here, facts);
    const bring = () => {
      if (backup.folder !== null) bringFiles(backup.folder, folder, brought);
    };
    const restored = await begin(use, folder, beside, facts, { ...order, bring });
    // SQLite closes without a word where it could not move its log into the database: records would stay behind in it.
    if (existsSync(`${beside}-wal`)) throw new KeylineError('DISK_FULL', 'the restored records could not be closed');
    moveAside(folder.stationDatabase, facts);
    putInPlace(beside, folder.stationDatabase);
    inPlace = true;
    const { stationId, epoch, head } = restored;
    writeMark(marksFolder(use.around), { stationId, folder: folder.path, epoch, ...head });
    layBallast(folder.ballast, freeBytes(folder.path));
    return { ...restored, file: backup.file };
  } finally {
    if (!inPlace) takeAway(brought);
    removeCopy(beside);
    unlock();
  }
}

interface Here {
  readonly stationId: string;
  readonly epoch: number;
  readonly seq: number;
  /** Its records end before, or beside, the point that was kept elsewhere. */
  readonly rolledBack: boolean;
}

/**
 * Null where no station is. One bad page is enough: a start would refuse the records too, and a restore is what mends that.
 * Throws RECORDS_OLDER for whole ones, DATA_FOLDER_UNUSABLE where the disk does not let them be read.
 */
async function whoIsHere({ around }: Pick<Use, 'around'>, database: string): Promise<Here | 'unreadable' | null> {
  if (!existsSync(database)) return null;
  try {
    await checkRecords(database);
    const records = openQueries(database);
    try {
      const station = records.station();
      if (!station) return null;
      const { stationId, epoch } = station;
      const rolledBack = isRolledBack(readMark(marksFolder(around), stationId), epoch, records);
      return { stationId, epoch, seq: records.chainHead().seq, rolledBack };
    } finally {
      records.close();
    }
  } catch (error) {
    if (!(error instanceof KeylineError)) throw error;
    if (error.code === 'RECORDS_DAMAGED') return 'unreadable';
    throw error.code === 'BACKUP_FAILED' ? new KeylineError('DATA_FOLDER_UNUSABLE', error.detail, {}, error) : error;
  }
}

/** Records that are whole and reach further than the backup hold boards that it does not know. */
function refuseNeedless(here: Here | 'unreadable' | null, facts: CopyFacts): void {
  if (here === null || here === 'unreadable') return;
  if (here.stationId !== facts.stationId) throw new KeylineError('STATION_EXISTS', here.stationId);
  if (here.rolledBack || here.epoch < facts.epoch || (here.epoch === facts.epoch && here.seq < facts.seq)) return;
  throw new KeylineError('STATION_EXISTS', 'its records are whole, and no older than the backup');
}

/** The new epoch, in records that nobody else has opened yet. `bring`: puts the backup's files into the folder. */
async function begin(
  use: RestoreUse,
  folder: DataFolder,
  database: string,
  facts: CopyFacts,
  { freshRange, offline, bring }: RestoreOrder & { readonly bring: () => void },
): Promise<Omit<Restored, 'file'>> {
  const { stationId, practice, epoch: fromEpoch, seq: backupSeq, head: backupHead } = facts;
  const { store, close } = openStationStore(database);
  try {
    const recorder = new Recorder(store, use.clock);
    const actorId = await officerAt(use, { store, recorder: withoutEvents(recorder) }, OPERATOR_ACTOR);
    if (freshRange !== null) refuseKnownRange(store, freshRange);
    bring();
    const canAsk = store.enrolment() !== null && keysThere(folder).stationKey;
    const known = offline || !canAsk ? 0 : await serviceEpoch(use, folder, store, facts);
    const epoch = 1 + Math.max(fromEpoch, known, readMark(marksFolder(use.around), stationId)?.epoch ?? 0);
    recordRestore(recorder, { actorId, epoch, backupSeq, backupHead, freshRange });
    const { seq, hash } = store.chainHead();
    const ca = activeCa(store)?.name ?? null;
    return { stationId, practice, epoch, fromEpoch, backupSeq, canAsk, ca, head: { seq, head: hash } };
  } finally {
    close();
  }
}

/** Who signs in for a restore stands in its event, which is the first one after the backup's last. */
function withoutEvents(recorder: Recorder): Pick<Recorder, 'commit'> {
  return { commit: (actorId, write) => recorder.commit(actorId, (_, nowMs) => write(() => {}, nowMs)) };
}

/** The last epoch that the service knows; 0 while it is away. */
async function serviceEpoch(
  use: RestoreUse,
  folder: DataFolder,
  store: StationStore,
  facts: CopyFacts,
): Promise<number> {
  const enrolment = store.enrolment();
  const from = use.passphrase(facts.practice);
  const { random } = use;
  const { practice } = facts;
  // The station's own key is all that is asked for here: CAs stay closed.
  const order = { practice, cas: [], activeId: null, neededId: null, random };
  const { stationKey } = await unlockKeys(folder, from.known, order).finally(from.wipe);
  if (!enrolment || !stationKey) return 0;
  const service = connectSecurityService(enrolment, stationKey.tlsKey(), facts.epoch);
  try {
    return (await service.counts()).checkpoint?.epoch ?? 0;
  } catch (error) {
    if (error instanceof KeylineError && error.code === 'SERVICE_UNREACHABLE') return 0;
    throw error;
  } finally {
    await service.close();
  }
}

/** Kept for whoever asks what was lost: history is never deleted. */
function moveAside(database: string, { epoch, seq }: CopyFacts): void {
  let number = 1;
  const name = () => `${database}.replaced-${epoch}-${seq}-${number}`;
  while (existsSync(name())) number += 1;
  for (const end of ['', '-wal', '-shm'])
    if (existsSync(`${database}${end}`)) renameSync(`${database}${end}`, `${name()}${end}`);
}
