// What a board can say that is not so: an answer instead of the deed, or a deed that is told otherwise. None of it needs
// a key that the board does not hold; what a holder of the key claims of its own chip nobody can check (threat model).

import { IMAGE_COMMAND, IMAGE_GROUP, OS_COMMAND, OS_GROUP } from '../../../protocol/standard-groups.ts';
import type { DeviceRequest } from '../../../simulator/device-request.ts';
import type { DeviceState } from '../../../simulator/device-state.ts';
import { isItemWrite, isRead, isWrite } from '../../../simulator/faults/request.ts';
import { newKeyPair } from '../../../simulator/key-pair.ts';
import { ok, type Reply } from '../../../simulator/reply.ts';

export interface Lie {
  readonly name: string;
  /** Said instead of acting. */
  readonly instead?: Reply;
  /** Said after acting. */
  readonly alter?: (reply: Reply) => Reply;
  /** What the restart does that follows this answer. */
  readonly atRestart?: (state: DeviceState) => void;
}

/** A lie that this request gives occasion to, or null. */
export function lieFor(request: DeviceRequest, state: DeviceState): Lie | null {
  const { payload } = request;
  if (isWrite(request, 'keygen'))
    return { name: 'shows a key that it does not hold', instead: ok({ spki: newKeyPair().spki }) };
  if (isRead(request, 'prove')) return { name: 'signs wrongly', alter: flipped };
  if (isWrite(request, 'lock') && state.record.life === 'enrolled')
    return { name: 'says that it locked', instead: ok({ life: 3 }) };
  if ((isItemWrite(request, 'leaf') || isItemWrite(request, 'chain')) && typeof payload.len === 'number')
    return { name: 'says that it stored', instead: ok({ off: payload.len }) };
  if (isRead(request, 'status') && state.record.life === 'enrolled' && state.record.lock === null)
    return {
      name: 'says that it is locked',
      alter: (reply) => ({ payload: { ...reply.payload, life: 3, dbg: false } }),
    };
  if (
    request.group === IMAGE_GROUP &&
    request.command === IMAGE_COMMAND.state &&
    request.write &&
    payload.confirm === true
  )
    return { name: 'says that it confirmed', instead: ok({ images: [] }) };
  if (request.group === OS_GROUP && request.command === OS_COMMAND.reset && state.record.life === 'locked')
    return { name: 'forgets its lock', atRestart: forgetLock };
  return null;
}

function flipped(reply: Reply): Reply {
  const { sig } = reply.payload;
  if (!(sig instanceof Uint8Array)) return reply;
  const wrong = Uint8Array.from(sig);
  wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 0x01;
  return { payload: { ...reply.payload, sig: wrong } };
}

function forgetLock(state: DeviceState): void {
  state.commit({ life: 'enrolled', lock: null, fuses: { identity: false, debug: false } });
}
