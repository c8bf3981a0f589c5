// Lots for those who set them up (UX.md section 4.4): what there is, the draft that saves itself, and what a release of
// it would meet.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Name, Sha256Hex, TimeMs } from '../domain/ids.ts';
import { LotLabel } from '../domain/label.ts';
import { KeyTerms } from '../domain/recipe.ts';
import { ErrorCodeText, LotView } from '../domain/station-event.ts';
import { KEYLINE_ERRORS } from './keyline-errors.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

/** A recipe that this station holds, checked when it came. */
export const RecipeView = z.object({
  recipeSha256: Sha256Hex,
  name: z.string(),
  version: z.string(),
  model: z.string(),
  revisions: z.array(z.string()),
  firmwareVersion: z.string(),
  firmwareSha256: Sha256Hex,
  ...KeyTerms.shape,
  /** Its image is on this station and is the one it names. */
  firmwareHere: z.boolean(),
  /** Median station time of a board, over the lots that ran it; null before any board passed. */
  jobMs: z.number().nullable(),
});
export type RecipeView = z.infer<typeof RecipeView>;

/** A lot as far as it is filled in; texts as they were typed. */
export const LotDraft = z.strictObject({
  orderId: z.string().max(64),
  recipeSha256: Sha256Hex.nullable(),
  quantity: z.number().int().min(1).max(1_000_000),
  firstSerial: z.string().max(32),
  lastSerial: z.string().max(32),
  /** Boards that may be lost beyond the quantity. */
  spare: z.number().int().min(0).max(1_000_000),
  stopAfter: z.number().int().min(0).max(1000),
  /** Absent: what is usual on this station. */
  label: LotLabel.optional(),
});
export type LotDraft = z.infer<typeof LotDraft>;

export const ReadyCheck = z.object({
  check: z.enum(['order', 'recipe', 'serials', 'signing', 'firmware', 'room', 'clock', 'cloud', 'line']),
  /** `stop` alone keeps the lot from being released. */
  verdict: z.enum(['ok', 'look', 'stop']),
  /** Why it is not ok; null when it is. */
  code: ErrorCodeText.nullable(),
  /** Figures for its words: ids, counts, times as UTC ms. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ReadyCheck = z.infer<typeof ReadyCheck>;

export const Readiness = z.object({
  checks: z.array(ReadyCheck),
  /** Where this range lies among those used: shares of the picture's width, 0 to 1. */
  used: z.array(z.object({ lotId: Name, from: z.number(), to: z.number() })),
  range: z.object({ from: z.number(), to: z.number() }).nullable(),
  /** Serials in the range that no lot has used. */
  free: z.number().int(),
  /** The first free serial after the used ones, where the range is taken; null else. */
  suggestedFirst: z.string().nullable(),
  /** The last serial that quantity and spare need from `firstSerial` on; null where that is none. */
  neededLast: z.string().nullable(),
  /** Time for the whole lot, from the pace of lots of this recipe; null before there is one. */
  estimateMs: z.number().nullable(),
});
export type Readiness = z.infer<typeof Readiness>;

export const SavedDraft = z.object({ draft: LotDraft, savedMs: TimeMs });
export type SavedDraft = z.infer<typeof SavedDraft>;

export const lotsApi = {
  /** The newest first. */
  list: keyline.output(z.array(LotView)),
  recipes: keyline.output(z.array(RecipeView)),
  draft: keyline.output(SavedDraft.nullable()),
  saveDraft: keyline.input(LotDraft).output(SavedDraft),
  check: keyline.input(LotDraft).output(Readiness),
  /** Makes the lot `orderId` of the draft and releases it; forgets the draft. */
  release: keyline.input(LotDraft).output(LotView),
};
