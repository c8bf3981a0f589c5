// Mistakes planted in the simulator, each one that a careless implementation could make: the suite must find every one.
import { randomBytes } from 'node:crypto';
import { IDENTITY_COMMAND, IDENTITY_GROUP, IDENTITY_RC } from '../../../protocol/identity-group.ts';
import type { DeviceRequest } from '../../../simulator/device-request.ts';
import type { DeviceHooks, DeviceTraits } from '../../../simulator/device-state.ts';
import { newKeyPair } from '../../../simulator/key-pair.ts';
import { identityError, ok } from '../../../simulator/reply.ts';

interface Planted {
  readonly traits?: Partial<DeviceTraits>;
  readonly hooks?: DeviceHooks;
}

interface Mutant {
  readonly does: string;
  readonly plant: () => Planted;
}

function isWrite({ write, group, command }: DeviceRequest, name: keyof typeof IDENTITY_COMMAND): boolean {
  return write && group === IDENTITY_GROUP && command === IDENTITY_COMMAND[name];
}

export const SIMULATED_MUTANTS: readonly Mutant[] = [
  {
    does: 'takes a write that is meant for another device',
    plant: () => ({
      hooks: {
        onRequest(request, state) {
          if (request.write && request.group === IDENTITY_GROUP)
            Object.assign(request.payload, { hwid: state.hwidBytes });
          return 'serve';
        },
      },
    }),
  },
  {
    does: 'ignores a key that it does not know',
    plant: () => ({
      hooks: {
        onRequest(request) {
          if (request.group === IDENTITY_GROUP) delete request.payload.force;
          return 'serve';
        },
      },
    }),
  },
  {
    does: 'forgets the nonce of its key',
    plant: () => ({
      hooks: {
        onRestart(state) {
          const { key } = state.record;
          if (key) state.commit({ key: { ...key, nonce: '00'.repeat(16) } });
        },
      },
    }),
  },
  {
    does: 'keeps what was staged over a restart',
    plant: () => {
      let staging: NonNullable<Parameters<NonNullable<DeviceHooks['onRestart']>>[0]['volatile']['staging']> | null =
        null;
      return {
        hooks: {
          onReply(_, reply, state) {
            staging = state.volatile.staging;
            return reply;
          },
          onRestart(state) {
            state.volatile.staging = staging;
          },
        },
      };
    },
  },
  {
    does: 'keeps a session over a message that does not open',
    plant: () => {
      let session: Parameters<NonNullable<DeviceHooks['onRestart']>>[0]['volatile']['session'] = null;
      return {
        hooks: {
          onRequest(request, state) {
            if (isWrite(request, 'inject')) session = state.volatile.session;
            return 'serve';
          },
          onReply(request, reply, state) {
            if (isWrite(request, 'inject') && 'err' in reply.payload) state.volatile.session = session;
            return reply;
          },
        },
      };
    },
  },
  {
    does: 'proves a life that it has not',
    plant: () => ({
      hooks: {
        onReply(request, reply) {
          const { state } = reply.payload;
          if (request.write || !(state instanceof Uint8Array)) return reply;
          return {
            payload: { ...reply.payload, state: Uint8Array.from(state, (byte, i) => (i === 3 ? byte ^ 1 : byte)) },
          };
        },
      },
    }),
  },
  {
    does: 'answers before its commit is there',
    plant: () => ({
      hooks: {
        onRequest(request) {
          if (!isWrite(request, 'keygen')) return 'serve';
          return request.payload.alg === 'P-256' ? ok({ spki: newKeyPair().spki }) : 'serve';
        },
      },
    }),
  },
  {
    does: 'names a leaf mismatch a state',
    plant: () => ({
      hooks: {
        onReply(request, reply) {
          const wrong =
            isWrite(request, 'lock') && JSON.stringify(reply.payload).includes(`"rc":${IDENTITY_RC.LEAF_MISMATCH}`);
          return wrong ? identityError(IDENTITY_RC.STATE) : reply;
        },
      },
    }),
  },
  {
    does: 'gives every session the same nonce',
    plant: () => {
      const dn = Uint8Array.from(randomBytes(16));
      return {
        hooks: {
          onReply(request, reply, state) {
            const { session } = state.volatile;
            if (!isWrite(request, 'injectOpen') || !session || 'err' in reply.payload) return reply;
            state.volatile.session = { ...session, dn };
            return ok({ ...reply.payload, dn });
          },
        },
      };
    },
  },
  {
    does: 'loses the line break behind a carriage return',
    plant: () => ({
      hooks: { onInput: (bytes) => bytes.filter((byte, i) => !(byte === 0x0a && bytes[i - 1] === 0x0d)) },
    }),
  },
];

/** Throws RangeError where there is no such mutant; they count from 1. */
export function plantedIn(mutant: number): Planted {
  const found = SIMULATED_MUTANTS[mutant - 1];
  if (!found) throw new RangeError(`there is no mutant ${mutant}`);
  return found.plant();
}
