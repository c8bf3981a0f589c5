// What the recorder needs of a database: rows and single statements. db/ implements it; no rule lives there but the
// unique indexes of CERTAINTY.md. Every method is synchronous, and writes only happen inside `transaction`.
import type { AuditEvent, ChainHead } from '../../domain/audit-event.ts';
import type { SignedCheckpoint } from '../../domain/checkpoint.ts';
import type { ErrorCode } from '../../domain/error-table.ts';
import type { CertificateState, Outcome } from '../../domain/job.ts';
import type { Lot } from '../../domain/lot.ts';
import type { OffReason, StageTime } from '../../domain/station-event.ts';
import type { CaStore } from './ca-store.ts';
import type { LabelStore } from './label-store.ts';
import type { RestoreStore } from './restore-store.ts';
import type { ReworkStore } from './rework-store.ts';

export interface StationRow {
  readonly stationId: string;
  /** A practice folder for ever, or never. */
  readonly practice: boolean;
  readonly epoch: number;
  readonly createdMs: number;
}

export interface LotRow extends Lot {
  readonly createdMs: number;
  /** When it came into its state. */
  readonly stateMs: number;
  /** Who held it: an actor's id; null while it is not held, or when the station did. */
  readonly heldBy: string | null;
  /** Recipe as released, canonical JSON. */
  readonly recipe: string;
  /** Serials of the range given out so far, freed ones included. */
  readonly serialsTaken: number;
  /** Same failure in a row until now, with its code. */
  readonly failureRun: number;
  readonly failureCode: ErrorCode | null;
}

export interface LotTally {
  /** Devices whose last job in this lot ended so. */
  readonly passed: number;
  readonly failed: number;
  readonly errored: number;
  readonly aborted: number;
  /** Jobs without an outcome. */
  readonly running: number;
  /** To-be-signed ever recorded in this lot: what the quota counts. */
  readonly signatures: number;
}

/** Passes that a lot's pace is taken from: enough for a steady median, few enough to follow a change of the work. */
export const MAX_PASSES = 50;

/** How a lot has gone so far, for people; the quota never looks here. */
export interface LotProgress {
  /** Devices whose last job in the lot passed or failed, and those of them that passed in their first job. */
  readonly judged: number;
  readonly firstPassed: number;
  /** The last jobs that passed, at most MAX_PASSES, the newest first. `stages` is null for one of an older Keyline. */
  readonly passes: readonly { readonly endedMs: number; readonly stages: readonly StageTime[] | null }[];
  /** Jobs of the last hour that passed or failed, in no order. */
  readonly verdicts: readonly { readonly endedMs: number; readonly outcome: 'passed' | 'failed' }[];
}

export interface DeviceRow {
  readonly deviceId: number;
  readonly hardwareType: string;
  readonly hwid: string;
  /** Serial reserved or given for ever. */
  readonly deviceSerial: string | null;
  readonly model: string;
  readonly revision: string;
  readonly simulated: boolean;
  readonly firstSeenMs: number;
}

export interface JobRow {
  readonly jobId: number;
  readonly lotId: string;
  /** Null while the board has not said who it is. */
  readonly deviceId: number | null;
  readonly slot: string;
  /** The job machine's state, JSON; opaque here. */
  readonly state: string;
  readonly attempt: number;
  /** Station crashes while this job was in work. */
  readonly crashes: number;
  readonly outcome: Outcome | null;
  readonly code: ErrorCode | null;
  readonly startedMs: number;
  readonly endedMs: number | null;
  /** Station time in each stage so far, JSON; null for a job that never went through one. */
  readonly stages: string | null;
}

export interface CertificateRow {
  readonly certificateId: number;
  readonly deviceId: number;
  readonly jobId: number;
  readonly lotId: string;
  readonly deviceSerial: string;
  readonly spkiSha256: string;
  readonly issuerId: string;
  readonly certificateSerialNumber: string;
  /** DER, recorded before anything is signed. */
  readonly tbs: Uint8Array;
  /** DER, once signed. */
  readonly certificate: Uint8Array | null;
  /** SHA-256 of `certificate`, hex. */
  readonly fingerprint: string | null;
  readonly state: CertificateState;
  /** Why it is void. */
  readonly reason: string | null;
}

export interface OutboxRow {
  readonly kind: 'register' | 'void';
  /** The exact JSON text that the service will get. */
  readonly payload: string;
  readonly certificateId: number;
}

export interface SlotOff {
  readonly slot: number;
  readonly reason: OffReason;
  readonly sinceMs: number;
}

/** Times of the records that a clock is judged by, UTC ms; 0 where there is none. */
export interface RecordTimes {
  readonly lastEventMs: number;
  /**
   * Of the last event that rests on a clock that was found sure, or on a supervisor's word for it. A sign-in, a pause and
   * a card's answer are recorded whatever the clock says, and vouch for nothing.
   */
  readonly lastSureMs: number;
}

/** Boards that were judged in a slot; `failed`: those that did not pass for the board's, the cable's or the station's sake. */
export interface SlotTally {
  readonly slot: string;
  readonly boards: number;
  readonly failed: number;
}

/** How one board fared in a slot. */
export interface SlotResult {
  readonly outcome: 'passed' | 'failed' | 'errored';
  /** Null when it passed. */
  readonly code: ErrorCode | null;
  readonly endedMs: number;
}

export interface JobFailure {
  readonly slot: string;
  readonly lotId: string;
  readonly outcome: Outcome;
  readonly code: ErrorCode | null;
  readonly endedMs: number | null;
}

export interface RecordStore extends CaStore, RestoreStore, ReworkStore, LabelStore {
  /** One BEGIN IMMEDIATE ... COMMIT; everything or nothing. Throws KeylineError DISK_FULL. */
  transaction<T>(work: () => T): T;

  station(): StationRow | null;
  insertStation(row: StationRow): void;

  chainHead(): ChainHead & { readonly timeMs: number };
  recordTimes(): RecordTimes;
  /** Hash of the event with this number; null when there is none. */
  eventHash(seq: number): string | null;
  insertEvent(event: AuditEvent): void;
  lastCheckpoint(): SignedCheckpoint | null;
  insertCheckpoint(signed: SignedCheckpoint): void;

  lot(lotId: string): LotRow | null;
  releasedLot(): LotRow | null;
  lotRanges(): readonly { readonly lotId: string; readonly serialRange: string }[];
  insertLot(row: LotRow): void;
  setLotState(lotId: string, change: Pick<LotRow, 'state' | 'stateMs' | 'heldBecause' | 'heldBy'>): void;
  setFailureRun(lotId: string, run: number, code: ErrorCode | null): void;
  lotTally(lotId: string): LotTally;
  /** `nowMs` is where the last hour ends. */
  lotProgress(lotId: string, nowMs: number): LotProgress;

  device(deviceId: number): DeviceRow | null;
  deviceByHwid(hardwareType: string, hwid: string): DeviceRow | null;
  insertDevice(row: Omit<DeviceRow, 'deviceId' | 'deviceSerial'>): number;
  /** The first freed serial of the lot, made free by `freeSerial`; null when there is none. */
  freedSerial(lotId: string): string | null;
  /** Binds the serial to the device; counts it as taken unless it was freed before. */
  reserveSerial(lotId: string, deviceId: number, deviceSerial: string): void;
  freeSerial(deviceId: number): void;
  /** Binds a serial that the device brings along, whether or not it is of the lot's range; false when another has it. */
  bindSerial(lotId: string, deviceId: number, deviceSerial: string): boolean;
  /** The next serial of the range is not to be given out. */
  skipSerial(lotId: string): void;

  job(jobId: number): JobRow | null;
  /** The job without an outcome that this device has, if any. */
  runningJobOf(deviceId: number): JobRow | null;
  lastJobOf(deviceId: number): JobRow | null;
  /** Jobs that this device has had in this lot. */
  jobsOf(deviceId: number, lotId: string): number;
  runningJobs(): readonly JobRow[];
  /** All jobs of a lot, a device's in their order. */
  jobsOfLot(lotId: string): Iterable<Pick<JobRow, 'jobId' | 'deviceId' | 'outcome'>>;
  insertJob(row: Omit<JobRow, 'jobId'>): number;
  setJobState(jobId: number, state: string, attempt: number, stages: string | null): void;
  setJobDevice(jobId: number, deviceId: number): void;
  setJobSlot(jobId: number, slot: string): void;
  setJobCrashes(jobId: number, crashes: number): void;
  endJob(jobId: number, outcome: Outcome, code: ErrorCode | null, endedMs: number): void;

  /** Throws when the key is known already: one key, one device, once. */
  insertKey(row: { spkiSha256: string; spki: Uint8Array; deviceId: number; jobId: number }): void;
  /** The device that showed this key, or null. */
  keyOwner(spkiSha256: string): number | null;
  keySpki(spkiSha256: string): Uint8Array | null;
  discardKey(spkiSha256: string): void;
  /** Keys of a job that are not discarded, and that no certificate was made for. */
  unusedKeys(jobId: number): readonly string[];

  certificate(certificateId: number): CertificateRow | null;
  /** The one certificate of the device that is not void. */
  standingCertificate(deviceId: number): CertificateRow | null;
  lastCertificate(deviceId: number): CertificateRow | null;
  certificateByFingerprint(fingerprint: string): CertificateRow | null;
  /** The one that was made for this key, signed or not. */
  certificateOfKey(spkiSha256: string): CertificateRow | null;
  /** Fingerprint of the device's last void certificate that was live before; null when there is none. */
  lastReplaced(deviceId: number): string | null;
  insertCertificate(row: Omit<CertificateRow, 'certificateId' | 'certificate' | 'fingerprint' | 'reason'>): number;
  /** One that was signed before these records knew of it, by whichever CA. */
  insertSigned(
    row: Omit<CertificateRow, 'certificateId' | 'state' | 'reason' | 'certificate' | 'fingerprint'> & {
      readonly certificate: Uint8Array;
      readonly fingerprint: string;
    },
  ): number;
  setCertificateSigned(certificateId: number, certificate: Uint8Array, fingerprint: string): void;
  setCertificateState(certificateId: number, state: CertificateState, reason: string | null): void;

  insertOutbox(row: OutboxRow): void;
  /** Marks a waiting entry with the service's answer; null when it waits no longer, and then nothing changes. */
  answerOutbox(
    id: number,
    state: 'accepted' | 'refused',
    code: string | null,
  ): { readonly kind: OutboxRow['kind']; readonly certificateId: number } | null;

  /** Registrations of the lot that the cloud refused for another board or certificate, not decided by a person yet. */
  openConflicts(lotId: string): number;

  /** Physical positions and the slots that they are. */
  slotBindings(): readonly { readonly position: string; readonly slot: number }[];
  bindSlot(position: string, slot: number): void;
  /** Forgets all of them. */
  unbindSlots(): void;
  /** Over the last so many jobs. */
  slotTallies(jobs: number): readonly SlotTally[];
  /** Of boards that were judged in the slot: the newest first, among the last so many jobs. */
  slotResults(slot: string, jobs: number, most: number): readonly SlotResult[];
  /** The newest first, among the last so many jobs. */
  lastFailures(jobs: number, most: number): readonly JobFailure[];
  /** Slots that a person switched off. */
  slotsOff(): readonly SlotOff[];
  insertSlotOff(row: SlotOff): void;
  deleteSlotOff(slot: number): void;
}
