// Diagnostics (UX.md section 4.9): what a slot's cable carries, whether the station has what it needs, which slots fail
// more than others, and a file for people who help from afar. No secret is in any answer or file.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Name, TimeMs } from '../domain/ids.ts';
import { ErrorCodeText } from '../domain/station-event.ts';
import { KEYLINE_ERRORS } from './keyline-errors.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

/** What an exchange is about; `unknown` is a command that this version does not know. */
export const TraceTopic = z.enum([
  'os-echo',
  'os-reset',
  'os-params',
  'os-info',
  'image-state',
  'image-upload',
  'settings',
  'file',
  'shell',
  'status',
  'keygen',
  'csr',
  'inject-open',
  'inject',
  'item',
  'prove',
  'lock',
  'unknown',
]);
export type TraceTopic = z.infer<typeof TraceTopic>;

export const TraceLine = z.object({
  /** In the order of the wire; where to go on from. */
  seq: z.number().int(),
  /** Among the lines of one chunk, 0 for the first. */
  part: z.number().int(),
  timeMs: TimeMs,
  /** `port`: it was opened or has gone. `text`: what is no packet, as a console writes. `damaged`: a packet that is none. */
  kind: z.enum(['ask', 'answer', 'text', 'damaged', 'opened', 'closed']),
  topic: TraceTopic.nullable(),
  /** Of a chunk, bytes; null where it says none. */
  offset: z.number().int().nullable(),
  /** Result code of an answer that refuses; null for any other. */
  rc: z.number().int().nullable(),
  /** Of the message, bytes. */
  length: z.number().int(),
  /** Hex in pairs, or the text, as much as fits; what could be secret is left out. */
  bytes: z.string().max(400),
  /** Bytes that are not shown because they could be secret. */
  masked: z.number().int(),
});
export type TraceLine = z.infer<typeof TraceLine>;

export const SelfCheck = z.object({
  check: z.enum(['ports', 'printer', 'disk', 'records', 'clock', 'signing', 'cloud']),
  verdict: z.enum(['ok', 'look', 'bad']),
  /** The figure of the row: ports, labels that wait, boards that fit, audit events, minutes, milliseconds; null where there is none. */
  figure: z.number().nullable(),
  /** Why it is not ok; its words say the one fix. */
  code: ErrorCodeText.nullable(),
});
export type SelfCheck = z.infer<typeof SelfCheck>;

export const SlotHeat = z.object({
  slot: Name,
  /** Boards that were judged in it, and those that failed. */
  boards: z.number().int(),
  failed: z.number().int(),
});
export type SlotHeat = z.infer<typeof SlotHeat>;

export const SlotResult = z.object({
  outcome: z.enum(['passed', 'failed', 'errored']),
  /** Null when it passed. */
  code: ErrorCodeText.nullable(),
  endedMs: TimeMs,
});
export type SlotResult = z.infer<typeof SlotResult>;

/** Absolute path of a folder; null: the data folder's own `support`. */
const Into = z.strictObject({ dir: z.string().min(1).max(4096).nullable() });
const Written = z.object({ file: z.string(), bytes: z.number().int() });

export const diagnosticsApi = {
  /** Lines after `after`, null: all that is kept of the slot, the oldest first. `next` goes on from here. */
  trace: keyline
    .input(z.strictObject({ slot: Name, after: z.number().int().nullable() }))
    .output(z.object({ lines: z.array(TraceLine), next: z.number().int() })),
  saveTrace: keyline.input(Into.extend({ slot: Name })).output(Written),
  /** Looks at everything once; some seconds where the service does not answer. */
  selfTest: keyline.output(z.array(SelfCheck)),
  /** Of the last boards, 20,000 at most; slots that judged none are not in it. */
  heat: keyline.output(z.array(SlotHeat)),
  /** Of the boards that were judged in this slot, the newest first, three at most. */
  slotResults: keyline.input(z.strictObject({ slot: Name })).output(z.array(SlotResult)),
  /** Versions, settings, checks, counts, last failures and the end of the log, as .tar.gz. */
  bundle: keyline.input(Into).output(Written),
};
