// What a station tells those who watch it. Each event carries whole new values, so a watcher folds by replacing.
import { z } from 'zod';
import type { ErrorCode } from './error-table.ts';
import { ERRORS } from './error-table.ts';
import { Fixtures } from './fixture.ts';
import { DeviceSerial, HardwareId, Name, TimeMs } from './ids.ts';
import { Outcome, Stage } from './job.ts';
import { LabelsView } from './labels-view.ts';
import { LotState } from './lot.ts';
import { Language, PersonView } from './person.ts';
import { KeyTerms } from './recipe.ts';

export const ErrorCodeText = z.custom<ErrorCode>((value) => typeof value === 'string' && Object.hasOwn(ERRORS, value));

/** States of a slot (UX.md section 5). `looking`: something is plugged in and has not said what it is. */
export const SlotState = z.enum([
  'empty',
  'looking',
  'working',
  'locking',
  'passed',
  'failed',
  'needs-you',
  'held',
  'off',
]);
export type SlotState = z.infer<typeof SlotState>;

/** What a person may tell a slot. The first three answer its card; all but `try-again` touch no record of a device. */
export const SlotCommand = z.enum(['try-again', 'in-bin', 'got-it', 'look-again', 'switch-off', 'switch-on']);
export type SlotCommand = z.infer<typeof SlotCommand>;

/** Why a slot is switched off (UX.md section 4.3). */
export const OffReason = z.enum([
  'worn-pin',
  'broken-cable',
  'bad-contact',
  'low-power',
  'being-repaired',
  'not-needed',
]);
export type OffReason = z.infer<typeof OffReason>;

/** What a refusal knows beside its code, for the card's words. */
export const SlotDetails = z.strictObject({
  /** The lot that the board belongs to, when it passed there, and in which slot. */
  lotId: Name.optional(),
  passedMs: TimeMs.optional(),
  passedSlot: Name.optional(),
  /** Model or revision as the board says it, and as the lot wants it. */
  found: z.string().max(64).optional(),
  wanted: z.string().max(128).optional(),
});
export type SlotDetails = z.infer<typeof SlotDetails>;

export const StageTime = z.strictObject({ stage: Stage, ms: z.number().min(0) });
export type StageTime = z.infer<typeof StageTime>;

export const SlotView = z.object({
  slot: Name,
  state: SlotState,
  /** Where the job is, or ended without passing; null without one. */
  stage: Stage.nullable(),
  /** When that stage began; null without one. */
  stageSinceMs: TimeMs.nullable(),
  /** Stages that are over, with the station's time in each; a stage done again counts once, in all. */
  stages: z.array(StageTime),
  /** Share done of a long step, 0 to 1. */
  share: z.number().min(0).max(1).nullable(),
  jobId: z.number().int().nullable(),
  attempt: z.number().int().nullable(),
  hwid: HardwareId.nullable(),
  deviceSerial: DeviceSerial.nullable(),
  /** How the job that this slot finished ended. */
  outcome: Outcome.nullable(),
  /** Why it needs someone, failed, waits, or is being tried again. */
  code: ErrorCodeText.nullable(),
  details: SlotDetails.nullable(),
  /** What a person may tell it now; the first one is its card's button. */
  actions: z.array(SlotCommand),
  /** Why it is off, or will be once the board in work has ended; null otherwise. */
  offReason: OffReason.nullable(),
  sinceMs: TimeMs,
});
export type SlotView = z.infer<typeof SlotView>;

/** How fast a lot goes, from its own boards. Null where too few have passed to say. */
export const LotPace = z.object({
  /** Mean time between boards that passed, of the last 20. */
  boardMs: z.number().nullable(),
  /** Median station time of a board that passed, and of each of its stages. */
  jobMs: z.number().nullable(),
  stageMs: z.partialRecord(Stage, z.number()),
  /** Share of boards that passed among those judged, 0 to 1, in each 5 minutes of the last hour, oldest first. */
  lastHour: z.array(z.number().nullable()).length(12),
});
export type LotPace = z.infer<typeof LotPace>;

export const LotView = z.object({
  lotId: Name,
  orderId: Name,
  state: LotState,
  practice: z.boolean(),
  createdMs: TimeMs,
  /** When it came into its state. */
  stateSinceMs: TimeMs,
  recipeName: z.string(),
  recipeVersion: z.string(),
  model: z.string(),
  revisions: z.array(z.string()),
  firmwareVersion: z.string(),
  ...KeyTerms.shape,
  serialRange: z.string(),
  stopAfter: z.number().int(),
  /** Devices judged, and those of them that passed in their first job. */
  firstPass: z.object({ passed: z.number().int(), judged: z.number().int() }),
  pace: LotPace,
  quantity: z.number().int(),
  spare: z.number().int(),
  passed: z.number().int(),
  failed: z.number().int(),
  errored: z.number().int(),
  aborted: z.number().int(),
  running: z.number().int(),
  /** Spent: to-be-signed ever recorded. */
  signatures: z.number().int(),
  heldBecause: z.string().nullable(),
  /** Name of the person who holds it; null where no person does, or none that the station knows. */
  heldBy: z.string().nullable(),
});
export type LotView = z.infer<typeof LotView>;

export const SyncView = z.object({
  /** made = registered + waiting + refused. */
  made: z.number().int(),
  registered: z.number().int(),
  waiting: z.number().int(),
  refused: z.number().int(),
  /** Void entries that the service has not acknowledged yet. */
  voidsWaiting: z.number().int(),
  /** Boards that are neither in a copy on another disk nor taken by the service. */
  notCopied: z.number().int(),
  /** How long until nothing waits, at the pace of the last minute; null while there is none. */
  drainMs: z.number().int().nullable(),
  online: z.boolean().nullable(),
});
export type SyncView = z.infer<typeof SyncView>;

/** Whose station it is now, and what it can do. */
export const StationFacts = z.object({
  /** Who is signed in; null for nobody. */
  person: PersonView.nullable(),
  /** Whose badge was shown, while the PIN that must follow it is awaited; null else. */
  pinFor: PersonView.nullable(),
  /** Of the screen while nobody is signed in. */
  language: Language,
  /** Someone is on record, so that a person must sign in before anything is touched. */
  hasPeople: z.boolean(),
  /** The signing CA: none yet, waiting for its passphrase or for the PIN of its token, or ready. */
  signing: z.enum(['none', 'locked', 'pin-needed', 'ready']),
  /** What stands under the passphrase is closed: keys in files, and the station's own, which a CA in a token does not open. */
  keysLocked: z.boolean(),
  /** Ports and slots that a lot is started with unless it says otherwise; null before any were set. */
  bench: z.object({ ports: z.string(), slots: z.number().int() }).nullable(),
  /** The bench's fixtures as they were taught; null where nobody did. */
  fixtures: Fixtures.nullable(),
  /** Ports that the line sees and that are no slot of a bench that was taught. */
  unknownPorts: z.array(z.string()),
  /** Measured width of a CSS pixel, from the first run's millimetre check; null before. */
  pixelMm: z.number().nullable(),
});
export type StationFacts = z.infer<typeof StationFacts>;

export const StationEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('slot-changed'), slot: SlotView }),
  /** `current`: it is the lot of the status, which the line runs, or which is released where none runs. */
  z.object({ type: z.literal('lot-changed'), lot: LotView, current: z.boolean() }),
  z.object({ type: z.literal('sync-changed'), sync: SyncView }),
  z.object({ type: z.literal('station-changed'), facts: StationFacts }),
  z.object({ type: z.literal('labels-changed'), labels: LabelsView }),
  /** The line admits boards (null), or has stopped for this reason. */
  z.object({ type: z.literal('line-changed'), running: z.boolean(), stoppedBy: ErrorCodeText.nullable() }),
  /** A job's final word, after its record is on disk. */
  z.object({
    type: z.literal('job-ended'),
    slot: Name,
    jobId: z.number().int().nullable(),
    hwid: HardwareId.nullable(),
    deviceSerial: DeviceSerial.nullable(),
    outcome: Outcome.nullable(),
    code: ErrorCodeText.nullable(),
    /** Station time of the whole job. */
    durationMs: z.number(),
  }),
]);
export type StationEvent = z.infer<typeof StationEvent>;
