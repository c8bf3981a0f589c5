// The lock: its plan, the one command that cannot be taken back, and whether other groups still serve the store.
import { fromHex } from '../../../domain/bytes.ts';
import { KeylineError } from '../../../domain/errors.ts';
import { LIVES } from '../../../domain/job.ts';
import { IDENTITY_GROUP, IDENTITY_RC, LockPlanResponse, LockResponse } from '../../../protocol/identity-group.ts';
import { SMP_OP } from '../../../protocol/smp-header.ts';
import {
  FILE_COMMAND,
  FILE_GROUP,
  SETTINGS_COMMAND,
  SETTINGS_GROUP,
  SHELL_COMMAND,
  SHELL_GROUP,
} from '../../../protocol/standard-groups.ts';
import { isNotSupported } from '../../smp/smp-client.ts';
import { callIdentity, QUICK, readAnswer, sendOnce } from './identity-request.ts';
import { rcToError } from './rc-to-error.ts';
import type { Session } from './session.ts';

/** Burning and reading back a handful of fuses or option bytes takes below a second; erasing around them a few. */
const LOCK_TIMEOUT_MS = 10_000;

/** What asks each group for something that changes nothing. */
const PROBES = [
  { op: SMP_OP.read, group: SETTINGS_GROUP, command: SETTINGS_COMMAND.value, payload: { name: 'keyline' } },
  { op: SMP_OP.read, group: FILE_GROUP, command: FILE_COMMAND.status, payload: { name: '/' } },
  { op: SMP_OP.write, group: SHELL_GROUP, command: SHELL_COMMAND.execute, payload: { argv: [] } },
] as const;

export async function readLockPlan(session: Session): Promise<readonly string[]> {
  const call = { op: 'read', command: 'lock', payload: {}, ...QUICK } as const;
  const reply = await callIdentity(session, call, LockPlanResponse);
  if ('rc' in reply) throw new KeylineError('PROTOCOL_VIOLATION', 'lock plan');
  return reply.answer.plan;
}

/** Sent once: neither silence nor FAULT nor BUSY is answered with a second one. Throws as `rcToError` says. */
export async function lock(
  session: Session,
  order: { hwid: string; deviceSerial: string; leafSha256: string; debug: boolean },
): Promise<'locked' | 'pending'> {
  const payload = {
    hwid: fromHex(order.hwid),
    sn: order.deviceSerial,
    leaf: fromHex(order.leafSha256),
    dbg: order.debug,
  };
  const answer = await sendOnce(session, {
    op: 'write',
    command: 'lock',
    payload,
    timeoutMs: LOCK_TIMEOUT_MS,
    attempts: 1,
  });
  if (!answer.ok) {
    if (answer.group === IDENTITY_GROUP && answer.rc === IDENTITY_RC.LOCK_PENDING) return 'pending';
    throw rcToError('lock', answer, { hwid: order.hwid });
  }
  const { life } = readAnswer('lock', answer.payload, LockResponse);
  if (LIVES[life] !== 'locked') throw new KeylineError('PROTOCOL_VIOLATION', `lock: life ${life} after it`);
  return 'locked';
}

/** Any answer but "not supported" is an open group: even a refusal shows a handler that reads. */
export async function openGroups({ client }: Session): Promise<readonly number[]> {
  const open: number[] = [];
  for (const probe of PROBES) {
    const answer = await client.request({ ...probe, ...QUICK });
    if (!isNotSupported(answer)) open.push(probe.group);
  }
  return open;
}
