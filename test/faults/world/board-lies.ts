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
  /** How often it is told where there is occasion, in a hundred: early ones come by far more often. */
  readonly often: number;
  /** Said instead of acting. */
  readonly instead?: Reply;
  /** Said after acting. */
  readonly alter?: (reply: Reply) => Reply;
  /** From now on its store's groups are closed, as if it were locked. */
  readonly closesGroups?: true;
  /** What the restart does that follows this answer. */
  readonly atRestart?: (state: DeviceState) => void;
}

/** A lie that this request gives occasion to, or null. */
export function lieFor(request: DeviceRequest, state: DeviceState): Lie | null {
  const { payload } = request;
  if (isWrite(request, 'keygen'))
    return { name: 'shows a key that it does not hold', often: 25, instead: ok({ spki: newKeyPair().spki }) };
  if (isRead(request, 'prove')) return { name: 'signs wrongly', often: 40, alter: flipped };
  if (isWrite(request, 'lock') && state.record.life === 'enrolled')
    return { name: 'says that it locked', often: 100, instead: ok({ life: 3 }), closesGroups: true };
  if ((isItemWrite(request, 'leaf') || isItemWrite(request, 'chain')) && typeof payload.len === 'number')
    return { name: 'says that it stored', often: 50, instead: ok({ off: payload.len }) };
  if (isRead(request, 'status') && state.record.life === 'enrolled' && state.record.lock === null)
    return {
      name: 'says that it is locked',
      often: 50,
      alter: (reply) => ({ payload: { ...reply.payload, life: 3, dbg: false } }),
    };
  if (
    request.group === IMAGE_GROUP &&
    request.command === IMAGE_COMMAND.state &&
    request.write &&
    payload.confirm === true
  )
    return { name: 'says that it confirmed', often: 15, instead: ok({ images: [] }) };
  if (request.group === OS_GROUP && request.command === OS_COMMAND.reset && state.record.life === 'locked')
    return { name: 'forgets its lock', often: 100, atRestart: forgetLock, closesGroups: true };
  return null;
}

/** A proof whose signature is wrong. */
export function flipped(reply: Reply): Reply {
  const { sig } = reply.payload;
  if (!(sig instanceof Uint8Array)) return reply;
  const wrong = Uint8Array.from(sig);
  wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 0x01;
  return { payload: { ...reply.payload, sig: wrong } };
}

function forgetLock(state: DeviceState): void {
  state.commit({ life: 'enrolled', lock: null, fuses: { identity: false, debug: false } });
}
