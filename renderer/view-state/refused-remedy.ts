// The one button of an entry that the cloud refused (UX.md section 4.7).
import type { RefusedEntry } from '../../contract/outbox-api.ts';

export type Remedy = 'compare' | 'add-ca' | 'send-again';

/** Nothing on either side has to be looked at: the message, or a CA that the cloud has learned of since. */
const AGAIN = new Set(['MESSAGE_INVALID', 'TOO_LARGE', 'ISSUER_UNKNOWN']);

export function remedyOf({ code, caKnown }: Pick<RefusedEntry, 'code' | 'caKnown'>): Remedy {
  if (code === 'ISSUER_UNKNOWN' && !caKnown) return 'add-ca';
  return AGAIN.has(code) ? 'send-again' : 'compare';
}
