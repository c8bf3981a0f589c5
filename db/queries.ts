// Queries over a station's records, read-only, also while a station writes them. Each sees what is committed.

import type { CopyMaker } from '../station/copies/copy-maker.ts';
import type { LotPageStore } from '../station/lots/lot-page-store.ts';
import type { SettingRows } from '../station/lots/settings.ts';
import type { EnrolmentStore } from '../station/outbox/enrolment.ts';
import type { PersonStore } from '../station/people/person-store.ts';
import type { CaStore } from '../station/records/ca-store.ts';
import type { LabelStore } from '../station/records/label-store.ts';
import type { RecordStore } from '../station/records/record-store.ts';
import { type AuditQueries, auditQueries } from './audit-queries.ts';
import { caQueries } from './ca-rows.ts';
import { type CountQueries, countQueries } from './count-queries.ts';
import { type DeviceQueries, deviceQueries } from './device-queries.ts';
import { enrolmentRows } from './enrolment-rows.ts';
import { eventRows } from './event-rows.ts';
import { labelRows } from './label-rows.ts';
import { lotPageQueries } from './lot-page-queries.ts';
import { type LotQueries, lotQueries } from './lot-queries.ts';
import { outboxRows } from './outbox-rows.ts';
import { personRows } from './person-rows.ts';
import { settingRows } from './setting-rows.ts';
import { checkPages } from './sqlite.ts';
import { openStationReadOnly } from './station-database.ts';

export interface StationQueries
  extends LotQueries,
    DeviceQueries,
    CountQueries,
    AuditQueries,
    Pick<EnrolmentStore, 'enrolment'>,
    Pick<PersonStore, 'people'>,
    Pick<CaStore, 'cas'>,
    SettingRows,
    LotPageStore,
    Pick<CopyMaker, 'uncopied'>,
    Pick<LabelStore, 'labelOfSerial' | 'waitingLabelCount' | 'labelCounts'>,
    Pick<RecordStore, 'chainHead' | 'eventHash'> {
  /** Runs several queries on one and the same state of the records, so that their numbers belong together. */
  together<T>(read: () => T): T;
  /** Reads every page of the records. Throws RECORDS_DAMAGED, DATA_FOLDER_UNUSABLE. */
  checkPages(): void;
  close(): void;
}

/** Opens the records at `path` to read. Throws NO_STATION, and as `openDatabase` does. */
export function openQueries(path: string): StationQueries {
  const database = openStationReadOnly(path);
  const events = eventRows(database);
  const { labelOfSerial, waitingLabelCount, labelCounts } = labelRows(database);
  return {
    ...lotQueries(database),
    ...deviceQueries(database),
    ...countQueries(database),
    ...auditQueries(database),
    ...lotPageQueries(database),
    enrolment: enrolmentRows(database).enrolment,
    people: personRows(database).people,
    setting: settingRows(database).setting,
    cas: caQueries(database).cas,
    uncopied: outboxRows(database).uncopied,
    ...{ labelOfSerial, waitingLabelCount, labelCounts },
    chainHead: events.chainHead,
    eventHash: events.eventHash,
    together: (read) => database.transaction(read).deferred(),
    checkPages: () => checkPages(database),
    close: () => void database.close(),
  };
}
