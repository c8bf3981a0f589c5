// How the security service refuses: one closed set of codes, each with its HTTP status. No code names a secret,
// and a wrong, used and expired token are one and the same refusal.
import { z } from 'zod';

export const PROBLEMS = {
  MESSAGE_INVALID: { status: 400, message: 'The request does not follow its format.' },
  NOT_ENROLLED: { status: 401, message: 'No certificate of an enrolled station was presented.' },
  CERTIFICATE_EXPIRED: { status: 401, message: 'The station certificate is not valid at this time.' },
  NO_CERTIFICATE: { status: 401, message: 'No client certificate was presented.' },
  TOKEN_REFUSED: { status: 403, message: 'The enrolment token is wrong, used or too old.' },
  PRACTICE_MISMATCH: { status: 403, message: 'Practice and real stations never share a service.' },
  REQUEST_REFUSED: { status: 403, message: 'The certificate request is not acceptable.' },
  STATION_TAKEN: { status: 409, message: 'Another key is enrolled under this station id.' },
  ISSUER_REFUSED: { status: 422, message: 'The chain is not the chain of an issuing CA of this station.' },
  ISSUER_TAKEN: { status: 409, message: 'This issuing CA belongs to another station.' },
  STATION_FORKED: { status: 409, message: 'The checkpoint does not extend the last one of this station.' },
  CHECKPOINT_REFUSED: { status: 422, message: 'The checkpoint is not signed by this station.' },
  IDEMPOTENCY_MISMATCH: { status: 422, message: 'Idempotency-Key is not the SHA-256 of this body.' },
  NOT_FOUND: { status: 404, message: 'There is nothing here.' },
  TOO_LARGE: { status: 413, message: 'The body is too large.' },
  TOO_MANY_REQUESTS: { status: 429, message: 'Too many requests.' },
  SERVICE_FAULT: { status: 500, message: 'The service failed. Nothing was stored.' },
  SERVICE_FULL: { status: 507, message: 'The service cannot store more.' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** Body of every answer that is not a success. */
export const Problem = z.object({ code: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/), message: z.string().max(1000) });
export type Problem = z.infer<typeof Problem>;

export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(PROBLEMS, text);
}
