// Registrations carried by hand: a bundle for the service, and its receipt.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { KEYLINE_ERRORS } from './keyline-errors.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

const Count = z.number().int().min(0);
/** Absolute path, of the station's process. */
const File = z.string().min(1).max(4096);

export const CarryWritten = z.object({
  entries: Count,
  checkpoints: Count,
  /** The last entry in it. */
  lastId: Count,
  /** More wait after it. */
  more: z.boolean(),
});

export const CarryReceived = z.object({
  accepted: Count,
  refused: Count,
  /** Answers that were read before. */
  known: Count,
});

export const carryApi = {
  /** What waits after the entry `afterId`; 0: from the first. */
  write: keyline.input(z.strictObject({ file: File, afterId: Count })).output(CarryWritten),
  receive: keyline.input(z.strictObject({ file: File })).output(CarryReceived),
};
