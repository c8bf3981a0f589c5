// A restart that is known to have happened: reset, wait for the board to come back, on a new port where the old one went.
import { assert, KeylineError } from '../../../domain/errors.ts';
import { pause } from '../../../domain/seams.ts';
import { SMP_OP } from '../../../protocol/smp-header.ts';
import { type ImageSlot, OS_COMMAND, OS_GROUP } from '../../../protocol/standard-groups.ts';
import type { BytePort } from '../../port/byte-port.ts';
import { SmpClient } from '../../smp/smp-client.ts';
import type { Board } from '../driver.ts';
import { readImages, readingOf } from './firmware.ts';
import { describe, echo } from './identify.ts';
import type { Session } from './session.ts';

/** Zephyr answers a reset and goes down 250 ms later (CONFIG_MCUMGR_GRP_OS_RESET_MS); before that an echo proves nothing. */
const SETTLE_MS = 300;
/** A swap of two 512 KB slots takes MCUboot 5 to 10 s; enumeration 1 s more; half of that again. */
const RETURN_LIMIT_MS = 15_000;
/** One call to a board that may be away. The slowest line, 9600 baud, needs 150 ms both ways. */
const CALL = { timeoutMs: 200, attempts: 2 } as const;
const CALL_PAUSE_MS = 20;
/** The reset itself is answered before it happens. */
const RESET_TIMEOUT_MS = 1_000;
const MAX_RESETS = 3;

/** The port in use, and how to get it again. */
export interface Line {
  port: BytePort;
  open(): Promise<BytePort>;
}

/**
 * Throws NO_ANSWER when the board stays silent, PULLED_OUT when its port stays away, DEVICE_FAULT when it refuses.
 * A reset whose answer was lost is repeated only where a second restart cannot send a new image back.
 */
export async function restart(session: Session, line: Line): Promise<Board> {
  for (let reset = 1; ; reset++) {
    const before = await readImages(session);
    const answered = await sendReset(session);
    await comeBack(session, line);
    const board = await describe(session);
    if (answered || (onTrial(before) && !sameImages(before, await readImages(session)))) return board;
    if (reset === MAX_RESETS) throw new KeylineError('NO_ANSWER', 'the board did not take its reset');
  }
}

/** Whether the next restart changes what runs: then the images tell whether it happened. */
function onTrial(images: readonly ImageSlot[]): boolean {
  return images.some((slot) => slot.pending) || !readingOf(images).confirmed;
}

function sameImages(a: readonly ImageSlot[], b: readonly ImageSlot[]): boolean {
  const text = (images: readonly ImageSlot[]) =>
    JSON.stringify(
      images.map(({ slot, hash, active, pending, confirmed }) => [slot, [...(hash ?? [])], active, pending, confirmed]),
    );
  return text(a) === text(b);
}

/** True when the device said that it will. A port that goes away with the answer says so too. */
async function sendReset({ client }: Session): Promise<boolean> {
  try {
    const answer = await client.request({
      op: SMP_OP.write,
      group: OS_GROUP,
      command: OS_COMMAND.reset,
      payload: {},
      timeoutMs: RESET_TIMEOUT_MS,
      attempts: 1,
    });
    if (!answer.ok) throw new KeylineError('DEVICE_FAULT', `reset: rc ${answer.rc}`);
    return true;
  } catch (error) {
    if (!(error instanceof KeylineError)) throw error;
    if (error.code === 'PULLED_OUT') return true;
    if (error.code === 'NO_ANSWER' || error.code === 'PROTOCOL_VIOLATION') return false;
    throw error;
  }
}

async function comeBack(session: Session, line: Line): Promise<void> {
  const { clock } = session;
  const deadlineMs = clock.monotonicMs() + RETURN_LIMIT_MS;
  const gone = new AbortController();
  void line.port.closed.then(() => gone.abort());
  await pause(clock, SETTLE_MS, gone.signal);
  let last: KeylineError | null = null;
  while (clock.monotonicMs() < deadlineMs) {
    try {
      if (session.client.gone) {
        line.port = await line.open();
        session.client = new SmpClient(line.port, session);
      }
      await echo(session, CALL);
      return;
    } catch (error) {
      // Silence, boot text, a port that is away or still held by what looks at new ports: all end within the limit.
      if (!(error instanceof KeylineError)) throw error;
      last = error;
      await pause(clock, CALL_PAUSE_MS);
    }
  }
  assert(last !== null, 'the limit allows one call at least');
  if (last.code === 'NOT_A_BOARD') throw new KeylineError('NO_ANSWER', 'not back from its restart', last.context, last);
  throw last;
}
