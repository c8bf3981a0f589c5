// Group 19276 of a virtual device: the way from a command to its file (device protocol, table of commands).
// attest is not built yet: it answers "not supported" and is absent from the capabilities.
import type { z } from 'zod';
import { sameBytes } from '../../domain/bytes.ts';
import type { CborMap } from '../../protocol/cbor.ts';
import {
  BlinkRequest,
  CsrRequest,
  IDENTITY_COMMAND,
  IDENTITY_RC,
  InjectOpenRequest,
  InjectRequest,
  ItemReadRequest,
  ItemWriteRequest,
  KeygenRequest,
  LockPlanRequest,
  LockRequest,
  ProveRequest,
  StatusRequest,
} from '../../protocol/identity-group.ts';
import { SMP_RC } from '../../protocol/standard-groups.ts';
import type { DeviceRequest } from '../device-request.ts';
import type { DeviceState } from '../device-state.ts';
import { identityError, ok, type Reply, smpError } from '../reply.ts';
import { readRequest } from './csr.ts';
import { inject, openInjection } from './inject.ts';
import { readItem, writeItem } from './item.ts';
import { makeKey } from './keygen.ts';
import { lock, lockPlan } from './lock.ts';
import { prove } from './prove.ts';
import { readStatus } from './status.ts';

type Handler = (payload: CborMap, state: DeviceState) => Reply;

function read<T>(schema: z.ZodType<T>, act: (request: T, state: DeviceState) => Reply): Handler {
  return (payload, state) => {
    const request = schema.safeParse(payload);
    return request.success ? act(request.data, state) : identityError(IDENTITY_RC.INVALID);
  };
}

/** As `read`; besides, every write names the device that it is meant for. */
function write<T extends { hwid: Uint8Array }>(
  schema: z.ZodType<T>,
  act: (request: T, state: DeviceState) => Reply,
): Handler {
  return read(schema, (request, state) =>
    sameBytes(request.hwid, state.hwidBytes) ? act(request, state) : identityError(IDENTITY_RC.WRONG_DEVICE),
  );
}

const READS: Partial<Record<number, Handler>> = {
  [IDENTITY_COMMAND.status]: read(StatusRequest, (_, state) => readStatus(state)),
  [IDENTITY_COMMAND.csr]: read(CsrRequest, readRequest),
  [IDENTITY_COMMAND.item]: read(ItemReadRequest, readItem),
  [IDENTITY_COMMAND.prove]: read(ProveRequest, prove),
  [IDENTITY_COMMAND.lock]: read(LockPlanRequest, (_, state) => lockPlan(state)),
};

const WRITES: Partial<Record<number, Handler>> = {
  [IDENTITY_COMMAND.keygen]: write(KeygenRequest, makeKey),
  [IDENTITY_COMMAND.injectOpen]: write(InjectOpenRequest, openInjection),
  [IDENTITY_COMMAND.inject]: write(InjectRequest, inject),
  [IDENTITY_COMMAND.item]: write(ItemWriteRequest, writeItem),
  [IDENTITY_COMMAND.lock]: write(LockRequest, lock),
  [IDENTITY_COMMAND.blink]: write(BlinkRequest, (_, state) => {
    state.blinks += 1;
    return ok();
  }),
};

export function serveIdentity(request: DeviceRequest, state: DeviceState): Reply {
  if (request.write && !isBuiltIn(request.command, state)) return smpError(SMP_RC.NOT_SUPPORTED);
  const handler = (request.write ? WRITES : READS)[request.command];
  return handler ? handler(request.payload, state) : smpError(SMP_RC.NOT_SUPPORTED);
}

/** A device has the commands of the capabilities that it lists. */
function isBuiltIn(command: number, { traits }: DeviceState): boolean {
  if (command === IDENTITY_COMMAND.keygen) return traits.generates;
  return (command !== IDENTITY_COMMAND.injectOpen && command !== IDENTITY_COMMAND.inject) || traits.takesKeys;
}
