// What a station receives from outside: clock, chance, stores, ports, signer, cloud. Nothing of it is made here.
import type { Clock, Random } from '../domain/seams.ts';
import type { CarryStore } from './carry/carry-store.ts';
import type { CopyMaker } from './copies/copy-maker.ts';
import type { DeviceBooks } from './device-books.ts';
import type { CaShelf } from './identity/ca-folder.ts';
import type { Seal } from './identity/injection/seal-in-child.ts';
import type { Issuer } from './identity/issuer.ts';
import type { Secret } from './identity/secret.ts';
import type { JournalReader, JournalStore } from './journal/journal-store.ts';
import type { LabelPrinters } from './labels/label-printers.ts';
import type { LotFiles } from './line/lot-files.ts';
import type { LotPageStore } from './lots/lot-page-store.ts';
import type { Print } from './lots/report-desk.ts';
import type { ReportFiles } from './lots/report-files.ts';
import type { SettingStore } from './lots/settings.ts';
import type { CloudBooks, CloudConnector } from './outbox/connectors/cloud-connector.ts';
import type { Enrolment, EnrolmentStore } from './outbox/enrolment.ts';
import type { OutboxStore } from './outbox/outbox-store.ts';
import type { SendingStore } from './outbox/sending-store.ts';
import type { PersonStore } from './people/person-store.ts';
import type { PortSource } from './port/byte-port.ts';
import type { ReconcileStore } from './reconcile/reconcile-store.ts';
import type { Checkpoints } from './records/checkpoints.ts';
import type { RecordStore } from './records/record-store.ts';
import type { Recorder } from './records/recorder.ts';
import type { SupportFiles } from './upkeep/support-files.ts';

/** Structural part of a pino logger. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface StationStores {
  readonly records: RecordStore;
  /** `answered` is the recorder's: it writes audit events too. */
  readonly outbox: Omit<OutboxStore, 'answered'>;
  readonly enrolments: EnrolmentStore;
  readonly files: LotFiles;
  readonly people: PersonStore;
  readonly settings: SettingStore;
  readonly lotPages: LotPageStore;
  /** Absent in a world without a disk: nothing is reported there. */
  readonly reports?: ReportFiles;
}

/** What is open of the keys that stand under the station's passphrase. */
export interface OpenKeys {
  /** Of each CA whose key is open. */
  readonly issuers: readonly Issuer[];
  /** Null while the station key is locked. */
  readonly connect: ((enrolment: Enrolment) => CloudConnector) | null;
  /** What the cloud holds; absent or null while the station key is locked. */
  readonly books?: ((enrolment: Enrolment) => CloudBooks) | null;
  /** Signs UTF-8 text with the station key, base64 of DER; absent or null while it is locked. */
  readonly sign?: ((text: string) => string) | null;
  /** SubjectPublicKeyInfo of that key, DER; with `sign`. */
  /** SubjectPublicKeyInfo of the station key, DER; absent or null while it is locked. */
  readonly spki?: Uint8Array | null;
  /** Null while the station key is locked. */
  readonly checkpoints: ((recorder: Recorder) => Checkpoints) | null;
  /** Factory secrets by name; none while they are locked. */
  readonly factorySecrets: ReadonlyMap<string, Uint8Array>;
}

/** Keys that wait for their passphrase. */
export interface LockedKeys {
  /** Opens all of them or none; the passphrase is borrowed. Throws PASSPHRASE_WRONG, KEY_FILE_INVALID, CA_INVALID. */
  open(passphrase: Secret): Promise<OpenKeys>;
}

export interface StationParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly stores: StationStores;
  readonly ports: (text: string, slots: number) => PortSource;
  /** CAs of the data folder, as it is: another process changes them only while no station runs. */
  readonly shelf: CaShelf;
  readonly keys: OpenKeys;
  /** Null where `keys` are all that there is. */
  readonly lockedKeys: LockedKeys | null;
  /** Whether the station holds a factory secret of that name, open or locked. */
  readonly holdsFactorySecret: (name: string) => boolean;
  /** Makes a key to be injected and seals it, in a program of its own. */
  readonly seal: Seal;
  /** Whether the data folder's disk has room for more boards. */
  readonly hasSpace: () => boolean;
  /** How many boards' records it has room for until then. */
  readonly boardsFit: () => number;
  /** What a comparison with the cloud reads of the records; absent in a world without a cloud. */
  readonly reconcile?: ReconcileStore;
  /** Writes a file for people into the data folder; its absolute path. Absent in a world without a disk. Throws FILE_UNWRITABLE. */
  readonly keepFile?: (fileName: string, text: string) => string;
  /** What devices are found and told by; absent in a world where nobody looks for one. */
  readonly devices?: DeviceBooks;
  /** What registrations carried by file are read from; absent in a world where none are. */
  readonly carry?: CarryStore;
  /** Writes a bundle to a path that a person typed; absent as `carry`. Throws FILE_UNWRITABLE. */
  readonly keepBundle?: (file: string, text: string) => void;
  /** The audit journal and what waited when; absent in a world that nobody reads. */
  readonly journal?: { readonly store: JournalStore; readonly reader: JournalReader };
  readonly sending?: SendingStore;
  /** Files for people who help from afar; absent in a world without a disk. */
  readonly support?: SupportFiles;
  /** Makes copies of the records; absent in a world without a disk. */
  readonly copies?: CopyMaker;
  /** What prints labels; absent in a world without printers. */
  readonly printers?: LabelPrinters;
  /** Prints lots' reports; absent where no window does. */
  readonly print?: Print;
  /** Opens the window on the practice bench in place of this station; absent where no window does. */
  readonly practise?: () => void;
  readonly log: Log;
  /** A bug: the process is to end, be started again and resume. */
  readonly onBug: (bug: unknown) => void;
}
