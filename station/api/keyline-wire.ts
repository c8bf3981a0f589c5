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

/** What the rest of the process hears of calls that did not end in an answer or a refusal. */
export interface Ears {
  /** An error that is no refusal: the caller gets a 500 and nothing of it. */
  readonly bug: (error: unknown) => void;
  /** A message that does not follow its format. What it held is never told: it may have been a badge or a PIN. */
  readonly misread: (call: string) => void;
}

/** What the caller of `path` gets for what its call threw. */
export function toCaller(error: unknown, path: readonly string[], { bug, misread }: Ears): unknown {
  const wired = toWire(error);
  if (wired === error && isMisread(error)) misread(path.join('.'));
  else if (wired === error) bug(error);
  return wired;
}

function isMisread(error: unknown): boolean {
  return error instanceof ORPCError && error.status >= 400 && error.status < 500;
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
  if (isMisread(error)) return new KeylineError('MESSAGE_INVALID', error.message, {}, error);
  return error;
}

/** fetch says `TypeError` for a connection that failed or was cut; a cut stream says `terminated` in the same way. */
function isCutOff(error: unknown): boolean {
  return error instanceof TypeError && (error.message === 'fetch failed' || error.message === 'terminated');
}
