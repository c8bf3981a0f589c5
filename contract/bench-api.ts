// The practice bench under the window: pretend boards for hands that touch a screen, faults to provoke, and the end of
// the first run, when the real station is made. Served to the window alone, and only while it practises.
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { KEYLINE_ERRORS } from './keyline-errors.ts';
import { NewPerson } from './people-api.ts';

const keyline = oc.errors(KEYLINE_ERRORS);
const SlotNumber = z.number().int().min(1).max(64);

/** `same-again`: a board that passed here before. */
export const PretendBoard = z.enum(['good', 'wrong-model', 'same-again']);
export type PretendBoard = z.infer<typeof PretendBoard>;

export const BenchView = z.object({
  /** The station of this computer has not been set up yet. */
  firstRun: z.boolean(),
  /** There is a real station, and `leave` goes to it. */
  canLeave: z.boolean(),
  /** Boards are put in and taken out by themselves. */
  automatic: z.boolean(),
  /** The practice service can be reached. */
  online: z.boolean(),
  slots: z.number().int(),
  /** Slots with a pretend board in them. */
  occupied: z.array(z.number().int()),
});
export type BenchView = z.infer<typeof BenchView>;

/** What the first run found out. Each but the officer may be skipped: null. */
export const SetUp = z.strictObject({
  pixelMm: z.number().min(0.02).max(1).nullable(),
  bench: z.strictObject({ ports: z.string().min(1).max(4096), slots: SlotNumber }).nullable(),
  people: z.array(NewPerson).min(1).max(64),
});
export type SetUp = z.infer<typeof SetUp>;

export const benchApi = {
  status: keyline.output(BenchView),
  events: keyline.output(eventIterator(BenchView)),
  insert: keyline.input(z.strictObject({ slot: SlotNumber, board: PretendBoard })).output(BenchView),
  eject: keyline.input(z.strictObject({ slot: SlotNumber })).output(BenchView),
  network: keyline.input(z.strictObject({ online: z.boolean() })).output(BenchView),
  automatic: keyline.input(z.strictObject({ on: z.boolean() })).output(BenchView),
  /** Ports on this computer that boards could be behind. */
  ports: keyline.output(z.object({ ports: z.string(), positions: z.array(z.string()) })),
  /** Makes the real station's data folder with its first people, then opens the window on it. */
  setUp: keyline.input(SetUp).output(z.object({ stationId: z.string() })),
  /** Closes the practice bench and opens the window on the real station. Refused before `setUp`. */
  leave: keyline.output(z.object({ left: z.literal(true) })),
};
