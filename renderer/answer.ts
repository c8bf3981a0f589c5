// What a call over a port came to, as a value: screens show a refusal, they never catch one.
import { ORPCError } from '@orpc/client';
import { z } from 'zod';

/** Its value, or the code and the special case of a refusal. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly detail: string };

const RefusalData = z.object({ code: z.string(), detail: z.string() });

export const GONE = { ok: false, code: 'STATION_GONE', detail: '' } as const;

/** Never rejects: what is not a refusal of ours counts as nobody being there. */
export async function answerOf<T>(call: Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await call };
  } catch (error) {
    const refused = RefusalData.safeParse(error instanceof ORPCError && error.defined ? error.data : null);
    return refused.success ? { ok: false, ...refused.data } : GONE;
  }
}
