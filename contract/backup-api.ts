// Copies of the records on another disk: where they go, at how many boards without one the line stops, and one now.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Sha256Hex, TimeMs } from '../domain/ids.ts';
import { KEYLINE_ERRORS } from './keyline-errors.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

/** Absolute path of a folder; null: the data folder's own `backup`. */
const Folder = z.string().min(1).max(4096).nullable();

export const CopyPlan = z.strictObject({
  dir: Folder,
  /** Boards that may be only on this disk before the line stops; null: never. */
  stopAt: z.number().int().min(1).max(1_000_000).nullable(),
});

/** A copy that was read back. */
export const MadeCopy = z.object({
  file: z.string(),
  bytes: z.number().int(),
  epoch: z.number().int(),
  /** The last audit event in it, and its hash. */
  seq: z.number().int(),
  head: Sha256Hex,
  /** It lies on another disk than the records. */
  otherDisk: z.boolean(),
});

/** How the copies stand. */
export const CopyState = z.object({
  /** The last one that was read back; null before. */
  last: z.object({ file: z.string(), timeMs: TimeMs, otherDisk: z.boolean() }).nullable(),
  /** Boards that are neither in a copy on another disk nor taken by the cloud. */
  notCopied: z.number().int().min(0),
  plan: CopyPlan,
});
export type CopyState = z.infer<typeof CopyState>;

export const backupApi = {
  state: keyline.output(CopyState),
  /** Null: where the plan says. */
  make: keyline.input(z.strictObject({ dir: Folder })).output(MadeCopy),
  plan: keyline.output(CopyPlan),
  setPlan: keyline.input(CopyPlan).output(CopyPlan),
};
