// The desks at which copies, carried files, comparisons with the cloud and restores are looked after, put together for one
// station. What a world has no part for does nothing there, or says so.
import { KeylineError } from '../domain/errors.ts';
import { NO_BUNDLES, NO_CARRYING, NO_COPIES, NO_JOURNAL, NO_PRINTERS, NO_SENDING } from './absent-parts.ts';
import { CarryDesk } from './carry/carry-desk.ts';
import type { ClaimDesk } from './claim-desk.ts';
import { CopyDesk } from './copies/copy-desk.ts';
import { lastCopies } from './copies/copy-settings.ts';
import { DeviceDesk, type DeviceDeskParts } from './device-desk.ts';
import { JournalDesk } from './journal/journal-desk.ts';
import type { KeyRing } from './key-ring.ts';
import { LabelDesk } from './labels/label-desk.ts';
import { type LotDeskOrder, lotDesks } from './lot-desks.ts';
import type { LotPageDesk } from './lots/lot-page-desk.ts';
import type { ReportDesk } from './lots/report-desk.ts';
import { OutboxDesk } from './outbox-desk.ts';
import { ReconcileDesk } from './reconcile/reconcile-desk.ts';
import type { Recorder } from './records/recorder.ts';
import { RestoreDesk } from './restore-desk.ts';
import { stationIdentity } from './station-identity.ts';
import type { StationParts } from './station-parts.ts';
import type { SyncDesk } from './sync-desk.ts';

export interface DeskOrder extends Omit<LotDeskOrder, 'keys' | 'parts' | 'recorder'> {
  readonly parts: StationParts;
  readonly recorder: Recorder;
  readonly practice: boolean;
  readonly keys: KeyRing;
  readonly claims: ClaimDesk;
  readonly people: () => readonly { readonly personId: string; readonly name: string }[];
  /** The lot that the line runs, or null. */
  readonly runningLot: () => string | null;
  /** Whether a slot works on this job now. */
  readonly worksOn: (jobId: number) => boolean;
  /** What waits for the service, or for a copy, is another number now. */
  readonly syncChanged: () => void;
  /** A carried receipt proves another station of this name. */
  readonly forked: (error: KeylineError) => void;
  /** Another CA is the active one. */
  readonly signingChanged: () => void;
  /** Labels wait, are printed, or the printer says something else. */
  readonly labelsChanged: () => void;
  /** Of a person on record; null for anybody else. */
  readonly nameOf: (actorId: string) => string | null;
}

export interface Desks {
  readonly backups: CopyDesk;
  readonly carry: CarryDesk;
  readonly reconcile: ReconcileDesk;
  readonly restore: RestoreDesk;
  readonly labels: LabelDesk;
  readonly lotPages: LotPageDesk;
  readonly reports: ReportDesk;
  readonly journal: JournalDesk;
}

export function desksOf({ parts, recorder, practice, keys, claims, people, ...heard }: DeskOrder): Desks {
  const { clock, stores, log, onBug } = parts;
  const enrolment = () => stores.enrolments.enrolment();
  const connect = () => keys.open.books ?? null;
  const chains = parts.shelf.whole.map(({ chain }) => chain);
  return {
    ...lotDesks({ parts, recorder, keys, view: heard.view, inSlots: heard.inSlots }),
    backups: new CopyDesk({
      ...{ recorder, settings: stores.settings, practice, clock, log, onBug },
      maker: parts.copies ?? NO_COPIES,
      changed: heard.syncChanged,
    }),
    carry: new CarryDesk({
      ...{ recorder, enrolment, claims: () => claims.all(), sign: () => keys.open.sign ?? null },
      store: parts.carry ?? NO_CARRYING,
      keep: parts.keepBundle ?? NO_BUNDLES,
      forked: heard.forked,
      changed: heard.syncChanged,
    }),
    reconcile: new ReconcileDesk({
      ...{ recorder, practice, worksOn: heard.worksOn, chains },
      store: parts.reconcile ?? { signedAfter: () => [], voidSent: () => null, sendAgain: () => false },
      books: () => {
        const [enrolled, open] = [enrolment(), connect()];
        if (enrolled && open) return open(enrolled);
        throw new KeylineError(enrolled ? 'SIGNER_LOCKED' : 'NOT_ENROLLED');
      },
    }),
    labels: new LabelDesk({
      ...{ recorder, settings: stores.settings, practice, onBug, slots: heard.inSlots, nameOf: heard.nameOf },
      printers: parts.printers ?? NO_PRINTERS,
      changed: heard.labelsChanged,
    }),
    journal: new JournalDesk({
      ...{ recorder, people, ...(parts.journal ?? NO_JOURNAL) },
      key: () => {
        const { sign, spki } = keys.open;
        return sign && spki ? { sign, spki } : null;
      },
    }),
    restore: new RestoreDesk({
      ...{ recorder, enrolment, chains, books: connect, runningLot: heard.runningLot, worksOn: heard.worksOn },
      changed: heard.signingChanged,
    }),
  };
}

type DeviceDeskOrder = Pick<DeviceDeskParts, 'recorder' | 'jobs' | 'people' | 'line' | 'changed'> & {
  readonly keys: KeyRing;
};

/** Beside the others: it asks for people and for the line. */
export function deviceDeskOf(
  { clock, shelf, stores, devices, keepFile }: StationParts,
  { keys, ...order }: DeviceDeskOrder,
): DeviceDesk {
  return new DeviceDesk({
    ...{ ...order, clock, shelf, books: devices ?? null },
    identity: () => stationIdentity(keys.open, stores.enrolments.enrolment()),
    lastCopies: () => lastCopies(stores.settings),
    keepFile: (fileName, text) => keepFile?.(fileName, text) ?? fileName,
  });
}

/** Beside the others: it looks at the sending, which looks at the copies. */
export function outboxDeskOf(parts: StationParts, recorder: Recorder, sync: SyncDesk): OutboxDesk {
  return new OutboxDesk({ recorder, store: parts.sending ?? NO_SENDING, sync, boardsFit: parts.boardsFit });
}
