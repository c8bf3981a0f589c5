// Faults of the identity itself: key, request, certificate, proof and lock.
import { sign } from 'node:crypto';
import { IDENTITY_GROUP, IDENTITY_RC } from '../../protocol/identity-group.ts';
import { groupErrorPayload, SETTINGS_GROUP } from '../../protocol/standard-groups.ts';
import type { DeviceRequest } from '../device-request.ts';
import type { DeviceHooks, DeviceState } from '../device-state.ts';
import { buildRequest } from '../identity-group/csr.ts';
import { newKeyPair } from '../key-pair.ts';
import { identityError, ok, type Reply } from '../reply.ts';
import { type Fault, type FaultTools, failsWith, RECOVERS } from './fault.ts';
import { isItemWrite, isRead, isWrite } from './request.ts';

type Matches = (request: DeviceRequest, state: DeviceState) => boolean;

/** Gives this answer instead of acting, up to `times` times. */
function instead(tools: FaultTools, matches: Matches, reply: Reply, times = Number.POSITIVE_INFINITY): DeviceHooks {
  let left = times;
  return {
    onRequest(request, state) {
      if (left <= 0 || !matches(request, state)) return 'serve';
      left -= 1;
      tools.fired();
      return reply;
    },
  };
}

/** Both ways to a key begin with the device's random source and end in its store. */
const startsKey: Matches = (request) => isWrite(request, 'keygen') || isWrite(request, 'injectOpen');
const storesKey: Matches = (request) => isWrite(request, 'keygen') || isWrite(request, 'inject');

function flipped(bytes: unknown): Uint8Array {
  const copy = Uint8Array.from(bytes instanceof Uint8Array ? bytes : []);
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 0x01;
  return copy;
}

export const IDENTITY_FAULTS: readonly Fault[] = [
  {
    name: 'weak-entropy',
    does: 'has a random source that fails its self-test',
    end: failsWith('WEAK_ENTROPY'),
    hooks: (tools) => instead(tools, startsKey, identityError(IDENTITY_RC.ENTROPY)),
  },
  {
    name: 'store-bad',
    does: 'cannot keep what is written to it',
    end: failsWith('DEVICE_STORE_FAILED'),
    hooks: (tools) => instead(tools, storesKey, identityError(IDENTITY_RC.STORE)),
  },
  {
    name: 'busy',
    does: 'asks for a little time before it makes or takes its key',
    end: RECOVERS,
    hooks: (tools) =>
      instead(tools, startsKey, { payload: groupErrorPayload(IDENTITY_GROUP, IDENTITY_RC.BUSY, { retryMs: 50 }) }, 2),
  },
  {
    name: 'csr-by-other-key',
    does: 'signs its request with another key than the one in it',
    end: failsWith('CSR_INVALID'),
    hooks: (tools) => ({
      onRequest(request, state) {
        const { spki } = state;
        if (!isRead(request, 'csr') || spki === null || typeof request.payload.sn !== 'string') return 'serve';
        if (state.volatile.request?.deviceSerial !== request.payload.sn) {
          const { privateKey } = newKeyPair();
          const der = buildRequest(request.payload.sn, spki, (message) => sign('sha256', message, privateKey));
          state.volatile.request = { deviceSerial: request.payload.sn, der };
        }
        tools.fired();
        return 'serve';
      },
    }),
  },
  {
    name: 'certificate-refused',
    does: 'does not take its certificate',
    end: failsWith('CERTIFICATE_REFUSED'),
    hooks: (tools) => instead(tools, (request) => isItemWrite(request, 'leaf'), identityError(IDENTITY_RC.DIGEST)),
  },
  {
    name: 'proof-fails',
    does: 'gives a proof whose signature is wrong, once it has its certificate',
    end: failsWith('PROOF_FAILED'),
    hooks: (tools) => ({
      onReply(request, reply, state) {
        if (!isRead(request, 'prove') || state.record.life !== 'enrolled') return reply;
        tools.fired();
        return { payload: { ...reply.payload, sig: flipped(reply.payload.sig) } };
      },
    }),
  },
  {
    name: 'lock-at-restart',
    does: 'finishes its lock at the next restart only',
    end: RECOVERS,
    traits: { locksAtRestart: true },
    hooks: (tools) => ({
      onReply(request, reply) {
        if (isWrite(request, 'lock')) tools.fired();
        return reply;
      },
    }),
  },
  {
    name: 'lock-not-burnt',
    does: 'burns its lock, and reads otherwise',
    end: failsWith('LOCK_FAILED'),
    hooks: (tools) => ({
      holds() {
        tools.fired();
        return false;
      },
    }),
  },
  {
    name: 'lock-lost',
    does: 'is open again after the restart behind its lock',
    end: failsWith('LOCK_FAILED'),
    hooks: (tools) => ({
      onRestart(state) {
        if (state.record.life !== 'locked') return;
        tools.fired();
        state.commit({ life: 'enrolled', lock: null, fuses: { identity: false, debug: false } });
      },
    }),
  },
  {
    name: 'settings-open',
    does: 'still serves its settings after the lock',
    end: failsWith('GROUP_OPEN'),
    hooks: (tools) =>
      instead(
        tools,
        ({ group }, state) => group === SETTINGS_GROUP && state.record.life === 'locked',
        ok({ val: new Uint8Array(4) }),
      ),
  },
];
