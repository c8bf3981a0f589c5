// The stores of the station over one database: rows by concern, one transaction at a time.
import { assert } from '../domain/errors.ts';
import type { CarryStore } from '../station/carry/carry-store.ts';
import type { CopyMaker } from '../station/copies/copy-maker.ts';
import type { DeviceBooks } from '../station/device-books.ts';
import type { JournalStore } from '../station/journal/journal-store.ts';
import type { LotPageStore } from '../station/lots/lot-page-store.ts';
import type { SettingStore } from '../station/lots/settings.ts';
import type { EnrolmentStore } from '../station/outbox/enrolment.ts';
import type { OutboxStore } from '../station/outbox/outbox-store.ts';
import type { SendingStore } from '../station/outbox/sending-store.ts';
import type { PersonStore } from '../station/people/person-store.ts';
import type { ReconcileStore } from '../station/reconcile/reconcile-store.ts';
import type { RecordStore } from '../station/records/record-store.ts';
import { caRows } from './ca-rows.ts';
import { certificateRows } from './certificate-rows.ts';
import { deviceBooks } from './device-books.ts';
import { deviceRows } from './device-rows.ts';
import { enrolmentRows } from './enrolment-rows.ts';
import { eventRows } from './event-rows.ts';
import { jobRows } from './job-rows.ts';
import { journalRows } from './journal-rows.ts';
import { labelRows } from './label-rows.ts';
import { logCut } from './log-cut.ts';
import { lotPageQueries } from './lot-page-queries.ts';
import { lotRows } from './lot-rows.ts';
import { outboxRows } from './outbox-rows.ts';
import { personRows } from './person-rows.ts';
import { reconcileRows } from './reconcile-rows.ts';
import { copyRecords, type RecordsCopy } from './records-copy.ts';
import { restoreRows } from './restore-rows.ts';
import { reworkRows } from './rework-rows.ts';
import { sendingRows } from './sending-rows.ts';
import { settingRows } from './setting-rows.ts';
import { slotRows } from './slot-rows.ts';
import { transact } from './sqlite.ts';
import { openStationDatabase } from './station-database.ts';

/** All that the station keeps. `answered` of `OutboxStore` is the recorder's: it writes audit events too. */
export type StationStore = RecordStore &
  Omit<OutboxStore, 'answered'> &
  EnrolmentStore &
  PersonStore &
  SettingStore &
  Pick<CopyMaker, 'uncopied'> &
  ReconcileStore &
  LotPageStore &
  JournalStore &
  SendingStore &
  CarryStore & { readonly devices: DeviceBooks };

export interface OpenStationStore {
  readonly store: StationStore;
  /** Copies the records into this folder while they are written; as `copyRecords`. */
  copyTo(folder: string): Promise<RecordsCopy>;
  close(): void;
}

/** Opens the records at `path` to write; the caller holds the folder's lock. Throws as `openDatabase` does. */
export function openStationStore(path: string): OpenStationStore {
  const database = openStationDatabase(path);
  const log = logCut(database);
  const store: StationStore = {
    transaction(work) {
      // A nested one would return before its rows are durable.
      assert(!database.inTransaction, 'one transaction at a time');
      const done = transact(database, work);
      log.goOn();
      return done;
    },
    ...lotRows(database),
    ...lotPageQueries(database),
    ...deviceRows(database),
    ...jobRows(database),
    ...certificateRows(database),
    ...caRows(database),
    ...eventRows(database),
    ...outboxRows(database),
    ...enrolmentRows(database),
    ...slotRows(database),
    ...personRows(database),
    scrub: log.cut,
    ...settingRows(database),
    ...restoreRows(database),
    ...labelRows(database),
    ...reworkRows(database),
    devices: deviceBooks(database),
    ...reconcileRows(database),
    ...journalRows(database),
    ...sendingRows(database),
  };
  return { store, copyTo: (folder) => copyRecords(database, path, folder), close: () => void database.close() };
}
