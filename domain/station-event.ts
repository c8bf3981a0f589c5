// What a station tells those who watch it. Each event carries whole new values, so a watcher folds by replacing.
import { z } from 'zod';
import type { ErrorCode } from './error-table.ts';
import { ERRORS } from './error-table.ts';
import { DeviceSerial, HardwareId, Name, TimeMs } from './ids.ts';
import { Outcome, Stage } from './job.ts';
import { LotState } from './lot.ts';

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

export const SlotView = z.object({
  slot: Name,
  state: SlotState,
  /** Where the job is; null without one. */
  stage: Stage.nullable(),
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
  sinceMs: TimeMs,
});
export type SlotView = z.infer<typeof SlotView>;

export const LotView = z.object({
  lotId: Name,
  state: LotState,
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
  online: z.boolean().nullable(),
});
export type SyncView = z.infer<typeof SyncView>;

export const StationEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('slot-changed'), slot: SlotView }),
  z.object({ type: z.literal('lot-changed'), lot: LotView }),
  z.object({ type: z.literal('sync-changed'), sync: SyncView }),
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
