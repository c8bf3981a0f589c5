// How a KeylineError travels: one typed error for every code of the table.
import { z } from 'zod';

/** A KeylineError on its way over the wire. */
export const KEYLINE_ERRORS = {
  KEYLINE: {
    status: 409,
    data: z.object({ code: z.string(), detail: z.string(), message: z.string() }),
  },
} as const;
