// A KeylineError on its way through oRPC and back: code and detail travel, causes and stacks do not.
import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import { isErrorCode, KeylineError } from '../../domain/errors.ts';

const Refusal = z.object({ code: z.string(), detail: z.string() });

/** What the wire carries for a KeylineError; every other value as it came. */
export function toWire(error: unknown): unknown {
  if (!(error instanceof KeylineError)) return error;
  const { code, detail, message } = error;
  return new ORPCError('KEYLINE', { status: 409, message, data: { code, detail, message } });
}

/**
 * The error that a caller of the station's API gets: KeylineError for a refusal, MESSAGE_INVALID for a message that
 * the other end does not take, STATION_GONE when nobody answers any more; a bug at the other end stays a plain Error.
 */
export function fromWire(error: unknown): unknown {
  if (!(error instanceof ORPCError)) return isCutOff(error) ? new KeylineError('STATION_GONE', '', {}, error) : error;
  const refusal = Refusal.safeParse(error.data);
  if (error.code === 'KEYLINE' && refusal.success && isErrorCode(refusal.data.code))
    return new KeylineError(refusal.data.code, refusal.data.detail);
  if (error.status >= 400 && error.status < 500) return new KeylineError('MESSAGE_INVALID', error.message, {}, error);
  return error;
}

/** fetch says `TypeError` for a connection that failed or was cut; a cut stream says `terminated` in the same way. */
function isCutOff(error: unknown): boolean {
  return error instanceof TypeError && (error.message === 'fetch failed' || error.message === 'terminated');
}
