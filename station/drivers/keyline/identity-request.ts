// One call of the identity group: FAULT is tried again after a look at the status, BUSY waited for, answers validated.
import type { z } from 'zod';
import { KeylineError } from '../../../domain/errors.ts';
import { pause } from '../../../domain/seams.ts';
import type { CborMap } from '../../../protocol/cbor.ts';
import { BusyDetail, IDENTITY_COMMAND, IDENTITY_GROUP, IDENTITY_RC } from '../../../protocol/identity-group.ts';
import { SMP_OP } from '../../../protocol/smp-header.ts';
import type { SmpAnswer, SmpRequest } from '../../smp/smp-client.ts';
import { type IdentityCommand, rcToError } from './rc-to-error.ts';
import type { Session } from './session.ts';

/** docs/device-protocol.md, rc 1: two retries. */
const FAULT_RETRIES = 2;
/** A store that is being tidied takes tens of milliseconds; a device that asks for more than this in all is broken. */
const BUSY_TOTAL_MS = 10_000;
/** A device that says BUSY without a number, or 0, must not be asked in a tight loop. */
const BUSY_MIN_MS = 20;

/** Reads and short writes: the slowest link, 9600 baud, moves 1 KB in a second. */
export const QUICK = { timeoutMs: 2_000, attempts: 3 } as const;
/** One P-256 operation takes 0.2 s at 64 MHz, seconds on a small core without multiplier. */
export const CRYPTO = { timeoutMs: 10_000, attempts: 3 } as const;

export interface IdentityCall {
  readonly op: 'read' | 'write';
  readonly command: IdentityCommand;
  readonly payload: CborMap;
  readonly timeoutMs: number;
  readonly attempts: number;
}

export function identityMessage({ op, command, payload }: Pick<IdentityCall, 'op' | 'command' | 'payload'>) {
  return {
    op: SMP_OP[op],
    group: IDENTITY_GROUP,
    command: IDENTITY_COMMAND[command],
    payload,
  } satisfies Partial<SmpRequest>;
}

/** The answer, refusals included; sent `attempts` times into silence and no more. */
export function sendOnce({ client }: Session, call: IdentityCall): Promise<SmpAnswer> {
  return client.request({ ...identityMessage(call), timeoutMs: call.timeoutMs, attempts: call.attempts });
}

/** Repeats what `act` does while the device answers FAULT or BUSY, within their bounds. */
export async function withPatience<Answer extends { ok: boolean }>(
  session: Session,
  act: () => Promise<Answer | Extract<SmpAnswer, { ok: false }>>,
): Promise<Answer | Extract<SmpAnswer, { ok: false }>> {
  let faults = 0;
  let waitedMs = 0;
  for (;;) {
    const answer = await act();
    if (!('rc' in answer) || answer.group !== IDENTITY_GROUP) return answer;
    if (answer.rc === IDENTITY_RC.FAULT && faults < FAULT_RETRIES) {
      faults += 1;
      await sendOnce(session, { op: 'read', command: 'status', payload: {}, ...QUICK });
    } else if (answer.rc === IDENTITY_RC.BUSY && waitedMs < BUSY_TOTAL_MS) {
      const asked = BusyDetail.safeParse(answer.payload);
      const waitMs = Math.min(Math.max(asked.data?.retryMs ?? 0, BUSY_MIN_MS), BUSY_TOTAL_MS - waitedMs);
      waitedMs += Math.max(waitMs, BUSY_MIN_MS);
      await pause(session.clock, waitMs);
    } else return answer;
  }
}

/** The validated answer, or one of the codes in `expected`. Throws what `rcToError` says for every other refusal. */
export async function callIdentity<Answer>(
  session: Session,
  call: IdentityCall,
  schema: z.ZodType<Answer>,
  expected: readonly number[] = [],
): Promise<{ answer: Answer } | { rc: number }> {
  const reply = await withPatience(session, () => sendOnce(session, call));
  if (reply.ok) return { answer: readAnswer(call.command, reply.payload, schema) };
  if (reply.group === IDENTITY_GROUP && expected.includes(reply.rc)) return { rc: reply.rc };
  throw rcToError(call.command, reply);
}

/** Throws PROTOCOL_VIOLATION naming the fields that do not fit, never their content. */
export function readAnswer<Answer>(command: string, payload: CborMap, schema: z.ZodType<Answer>): Answer {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'the map').join(', ');
  throw new KeylineError('PROTOCOL_VIOLATION', `${command}: ${fields}`);
}
