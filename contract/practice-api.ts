// The way from the real line to the practice bench and nothing else: the way back is the bench's own (bench-api.ts).
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { KEYLINE_ERRORS } from './keyline-errors.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

export const practiceApi = {
  /**
   * Closes this station and opens the window on the practice bench; boards in work finish first. Refused where no window
   * is there, and in practice.
   */
  open: keyline.output(z.object({ opening: z.literal(true) })),
};
