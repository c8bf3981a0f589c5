// What leaves for the cloud, for those who look after it (UX.md section 4.7): since when it is away, how many waited when,
// and what it refused.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { DeviceSerial, Name, Sha256Hex, TimeMs } from '../domain/ids.ts';
import { ErrorCodeText, SyncView } from '../domain/station-event.ts';
import { KEYLINE_ERRORS } from './keyline-errors.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

const Count = z.number().int().min(0);

/** Registrations that waited, at equal steps of time; the last point is now. */
export const WaitingHistory = z.object({
  fromMs: TimeMs,
  stepMs: z.number().int().min(1),
  points: z.array(Count),
});
export type WaitingHistory = z.infer<typeof WaitingHistory>;

export const OutboxState = z.object({
  /** `locked`: enrolled, and the station's own key waits for its passphrase. */
  link: z.enum(['none', 'locked', 'open']),
  /** Why nothing is sent any more, for good; null else. */
  stoppedBy: ErrorCodeText.nullable(),
  /** Since when the cloud has not answered; null while it does, or nobody asked it. */
  lostMs: TimeMs.nullable(),
  /** When it answered again after it was away; null before that happened. */
  reachedMs: TimeMs.nullable(),
  /** Registrations that it took since then. */
  sentSinceReached: Count,
  /** Entries that it refused and that nobody has decided. */
  undecided: Count,
  /** When it last took a registration; null before. */
  lastSentMs: TimeMs.nullable(),
  /** Boards whose records the disk has room for. */
  room: Count,
  history: WaitingHistory,
});
export type OutboxState = z.infer<typeof OutboxState>;

export const RefusedEntry = z.object({
  id: z.number().int().min(1),
  kind: z.enum(['register', 'void']),
  deviceSerial: DeviceSerial,
  lotId: Name,
  fingerprint: Sha256Hex,
  /** In the words of its contract, such as SERIAL_TAKEN. */
  code: z.string(),
  /** The cloud knows the CA that signed it, as far as this station was told. */
  caKnown: z.boolean(),
});
export type RefusedEntry = z.infer<typeof RefusedEntry>;

export const RefusedPage = z.object({
  /** The oldest first. */
  rows: z.array(RefusedEntry),
  /** There are more after the last of these. */
  more: z.boolean(),
});
export type RefusedPage = z.infer<typeof RefusedPage>;

export const outboxApi = {
  state: keyline.output(OutboxState),
  refused: keyline.input(z.strictObject({ afterId: Count })).output(RefusedPage),
  /** A refused entry waits again, and leaves with the others. */
  sendAgain: keyline.input(z.strictObject({ id: z.number().int().min(1) })).output(SyncView),
};
