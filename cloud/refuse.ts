// The one way in which the service's rules refuse: a code of the contract, and what is special to this case.
import { ORPCError } from '@orpc/server';
import { PROBLEMS, type ProblemCode } from '../contract/security-service/problem.ts';

/** Throws the refusal. `detail` is read by the other end: never a secret. */
export function refuse(code: ProblemCode, detail = ''): never {
  const { status, message } = PROBLEMS[code];
  throw new ORPCError(code, { status, message: detail ? `${message} (${detail})` : message });
}
