// The audit journal for those who read it (UX.md section 4.7): its entries newest first, found by serial, person or lot;
// whether the chain is whole; and a copy of it that anybody can check.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Sha256Hex, TimeMs } from '../domain/ids.ts';
import { KEYLINE_ERRORS } from './keyline-errors.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

const Count = z.number().int().min(0);
const Seq = z.number().int().min(1);

export const JournalEntry = z.object({
  seq: Seq,
  timeMs: z.number(),
  /** As it is written: one that another hand wrote may be no type that there is. */
  type: z.string(),
  who: z.object({
    kind: z.enum(['person', 'station', 'operator']),
    /** Null: the station, an operator, or a person who was erased. */
    name: z.string().nullable(),
  }),
  /** The board that it is about, as far as the records know. */
  deviceSerial: z.string().nullable(),
  hwid: z.string().nullable(),
  lotId: z.string().nullable(),
  slot: z.string().nullable(),
  /** What else it says: ids, codes, counts. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type JournalEntry = z.infer<typeof JournalEntry>;

export const JournalPage = z.object({
  entries: z.array(JournalEntry),
  /** Entries before this one are on the next page; null at the first entry of all. */
  next: Seq.nullable(),
  /** Nothing that is looked for was left out back to this time; null at the first entry of all. */
  lookedBackMs: z.number().nullable(),
  /** The last entry of all; its hash is the journal's seal. */
  head: z.object({ seq: Count, hash: Sha256Hex }),
});
export type JournalPage = z.infer<typeof JournalPage>;

export const JournalVerdict = z.object({
  ok: z.boolean(),
  /** Entries that are what they were. */
  events: Count,
  /** The first entry that is not what it was; null where none is known. */
  firstBad: Seq.nullable(),
  /** Entries after this one are missing; null where none are. */
  missingAfter: Count.nullable(),
  /** Hash of the last entry that was checked; null where the chain is broken. */
  seal: Sha256Hex.nullable(),
  checkedMs: TimeMs,
});
export type JournalVerdict = z.infer<typeof JournalVerdict>;

export const JournalExported = z.object({
  file: z.string(),
  events: Count,
  /** Hash of the last entry in it. */
  seal: Sha256Hex,
});
export type JournalExported = z.infer<typeof JournalExported>;

export const journalApi = {
  /** `before`: entries before this one, null: from the newest. `search`: a serial, a hardware id, a person, a lot; or empty. */
  list: keyline.input(z.strictObject({ before: Seq.nullable(), search: z.string().max(64) })).output(JournalPage),
  /** Walks the whole chain and every checkpoint, beside the line's work. */
  verify: keyline.output(JournalVerdict),
  /** Writes the whole journal with the station's signature. `file`: absolute path, of the station's process. */
  export: keyline.input(z.strictObject({ file: z.string().min(1).max(4096) })).output(JournalExported),
};
