// What a world has no part for: it does nothing there, or says so.
import { KeylineError } from '../domain/errors.ts';
import type { CarryStore } from './carry/carry-store.ts';
import type { CopyMaker } from './copies/copy-maker.ts';
import type { JournalReader, JournalStore } from './journal/journal-store.ts';
import type { LabelPrinters } from './labels/label-printers.ts';
import type { SendingStore } from './outbox/sending-store.ts';

export const NO_CARRYING: CarryStore = {
  waitingAfter: () => [],
  outboxEntry: () => null,
  resentSeq: () => 0,
  bundleSeq: () => 0,
  checkpointsFrom: () => [],
  setting: () => null,
  saveSetting: () => {},
};

export const NO_BUNDLES = (): never => {
  throw new KeylineError('FILE_UNWRITABLE', 'this station has no folder');
};

/** A world without a disk has nothing to lose with it. */
export const NO_COPIES: CopyMaker = {
  make: async () => {
    throw new KeylineError('BACKUP_FAILED', 'this station has no folder for copies');
  },
  uncopied: () => 0,
};

export const NO_PRINTERS: LabelPrinters = {
  network: async () => {
    throw new KeylineError('PRINTER_NONE');
  },
  system: null,
};

export const NO_JOURNAL: { readonly store: JournalStore; readonly reader: JournalReader } = {
  store: {
    eventsBefore: () => [],
    eventsOfDevice: () => [],
    eventsAbout: () => [],
    eventTime: () => null,
    journalWanted: () => ({ deviceId: null, lotIds: [] }),
  },
  reader: {
    check: async () => ({ ok: true, events: 0 }),
    place: (file) => file,
    write: async () => {
      throw new KeylineError('FILE_UNWRITABLE', 'this station has no folder');
    },
    seal: () => {},
  },
};

export const NO_SENDING: SendingStore = {
  waitingSteps: () => [],
  takenSince: () => 0,
  lastTakenMs: () => null,
  undecided: () => 0,
  refusedAfter: () => [],
  sendEntryAgain: () => null,
};
