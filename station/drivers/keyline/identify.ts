// Who is there: an echo of a fresh token first, since anything may be plugged in; then parameters, images, status.
import { toHex } from '../../../domain/bytes.ts';
import { KeylineError } from '../../../domain/errors.ts';
import { LIVES } from '../../../domain/job.ts';
import { StatusResponse } from '../../../protocol/identity-group.ts';
import { SMP_OP } from '../../../protocol/smp-header.ts';
import { EchoResponse, OS_COMMAND, OS_GROUP, ParamsResponse } from '../../../protocol/standard-groups.ts';
import { isNotSupported } from '../../smp/smp-client.ts';
import type { Board, IdentityBoard } from '../driver.ts';
import { readFirmware } from './firmware.ts';
import { QUICK, readAnswer, sendOnce } from './identity-request.ts';
import { rcToError } from './rc-to-error.ts';
import { capacityOf, type Session, UNKNOWN_CAPACITY } from './session.ts';

/**
 * A board that was just plugged in boots, and may print, for up to 2 s before it can answer. Asked often, since every board
 * waits for the first answer; a late answer to an earlier try counts, so slow lines lose nothing.
 */
const WHILE_BOOTING = { timeoutMs: 100, attempts: 20 } as const;
/** What still prints after that, and does not answer, is no board; a receiver or meter prints once a second. */
const AFTER_BOOT = { timeoutMs: 500, attempts: 2 } as const;
const TOKEN_BYTES = 16;
const P256 = 'P-256';

/** Throws NO_ANSWER, NOT_A_BOARD, PROTOCOL_VIOLATION, PULLED_OUT. */
export async function identify(session: Session): Promise<Board> {
  try {
    await echo(session, WHILE_BOOTING);
  } catch (error) {
    if (!isSilence(error)) throw error;
    await lastEcho(session);
  }
  return await describe(session);
}

/** Proves that somebody answers now, and answers us. Throws NOT_A_BOARD for another answer, or our own words. */
export async function echo(session: Session, tries: { timeoutMs: number; attempts: number }): Promise<void> {
  const { client } = session;
  const token = toHex(session.random.bytes(TOKEN_BYTES));
  const before = client.heard;
  await client.endLine();
  try {
    const answer = await client.request({
      op: SMP_OP.write,
      group: OS_GROUP,
      command: OS_COMMAND.echo,
      payload: { d: token },
      ...tries,
    });
    const reply = EchoResponse.safeParse(answer.payload);
    if (answer.ok && reply.success && reply.data.r === token) return;
  } catch (error) {
    if (!isSilence(error) || client.heard.requests === before.requests) throw error;
    throw new KeylineError('NOT_A_BOARD', 'our own words come back', {}, error);
  }
  throw new KeylineError('NOT_A_BOARD', 'it answers, but not what was asked');
}

/** Text and nothing else is a modem, a meter or a shell. Damaged frames are a board on a bad line. */
async function lastEcho(session: Session): Promise<void> {
  const before = session.client.heard;
  try {
    await echo(session, AFTER_BOOT);
  } catch (error) {
    const after = session.client.heard;
    const text = after.bytes > before.bytes && after.answers === before.answers && after.damaged === before.damaged;
    throw isSilence(error) && text ? new KeylineError('NOT_A_BOARD', 'it sends only text', {}, error) : error;
  }
}

function isSilence(error: unknown): error is KeylineError {
  return error instanceof KeylineError && error.code === 'NO_ANSWER';
}

/** Reads what the board says of itself, and what it can take. */
export async function describe(session: Session): Promise<Board> {
  session.capacity = await readCapacity(session);
  const firmware = await readFirmware(session);
  const answer = await sendOnce(session, { op: 'read', command: 'status', payload: {}, ...QUICK });
  if (!answer.ok) {
    // Not served at all is a board before its first firmware; any other refusal is a fault of an agent that is there.
    if (isNotSupported(answer)) return { kind: 'bare', firmware };
    throw rcToError('status', answer);
  }
  return identityBoard(readAnswer('status', answer.payload, StatusResponse), firmware);
}

async function readCapacity({ client }: Session) {
  const answer = await client.request({
    op: SMP_OP.read,
    group: OS_GROUP,
    command: OS_COMMAND.params,
    payload: {},
    ...QUICK,
  });
  if (!answer.ok) return UNKNOWN_CAPACITY;
  const { buf_size, buf_count } = readAnswer('params', answer.payload, ParamsResponse);
  return capacityOf(buf_size, buf_count);
}

function identityBoard(status: StatusResponse, firmware: IdentityBoard['firmware']): IdentityBoard {
  const optional = (bytes: Uint8Array | undefined) => (bytes === undefined ? null : toHex(bytes));
  const life = LIVES[status.life];
  if (life === undefined) throw new KeylineError('PROTOCOL_VIOLATION', 'status: life');
  return {
    kind: 'identity',
    hwid: toHex(status.hwid),
    model: status.model,
    revision: status.hwrev,
    firmwareVersion: status.fw,
    firmware,
    life,
    locking: status.locking ?? false,
    canGenerate: status.caps.includes('gen') && status.alg.includes(P256),
    canInject: status.caps.includes('inj') && status.alg.includes(P256),
    takesPsk: status.caps.includes('psk'),
    canAttest: status.caps.includes('attest'),
    debugOpen: status.dbg,
    deviceSerial: status.sn ?? null,
    spkiSha256: optional(status.spkiSha256),
    leafSha256: optional(status.leafSha256),
    simulated: status.sim ?? false,
  };
}
