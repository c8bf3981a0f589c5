// Faults around an injected key; they strike in lots whose keys are injected, and in no other.
import { IDENTITY_RC } from '../../protocol/identity-group.ts';
import type { DeviceRequest } from '../device-request.ts';
import { identityError, ok, type Reply } from '../reply.ts';
import { type Fault, type FaultTools, failsWith, RECOVERS } from './fault.ts';
import { isWrite } from './request.ts';

const isMessageEnd = (request: DeviceRequest) =>
  isWrite(request, 'inject') && request.payload.data instanceof Uint8Array && request.payload.data.length > 0;

/** Answers the message so, up to `times` times, and does not act. */
function refuses(
  tools: FaultTools,
  reply: Reply,
  times = Number.POSITIVE_INFINITY,
): ReturnType<NonNullable<Fault['hooks']>> {
  let left = times;
  return {
    onRequest(request) {
      if (left <= 0 || !isMessageEnd(request)) return 'serve';
      left -= 1;
      tools.fired();
      return reply;
    },
  };
}

export const INJECTION_FAULTS: readonly Fault[] = [
  {
    name: 'inject-lost',
    does: 'does not hear the first sending of its key',
    end: RECOVERS,
    hooks(tools) {
      let lost = false;
      return {
        onRequest(request) {
          if (lost || !isMessageEnd(request)) return 'serve';
          lost = true;
          tools.fired();
          return 'ignore';
        },
      };
    },
  },
  {
    name: 'session-lost',
    does: 'has forgotten its session when the key comes',
    end: RECOVERS,
    hooks(tools) {
      let lost = false;
      return {
        onRequest(request, state) {
          if (lost || !isMessageEnd(request)) return 'serve';
          lost = true;
          tools.fired();
          state.volatile.session = null;
          return 'serve';
        },
      };
    },
  },
  {
    name: 'inject-not-opened-once',
    does: 'does not open the first key that is sent to it',
    end: RECOVERS,
    hooks: (tools) => refuses(tools, identityError(IDENTITY_RC.DECRYPT), 1),
  },
  {
    name: 'inject-not-opened',
    does: 'opens no key that is sent to it',
    end: failsWith('KEY_REFUSED'),
    hooks: (tools) => refuses(tools, identityError(IDENTITY_RC.DECRYPT)),
  },
  {
    name: 'inject-bad-key',
    does: 'says that what it opened is no key',
    end: { outcome: 'errored', code: 'KEY_REJECTED' },
    hooks: (tools) => refuses(tools, identityError(IDENTITY_RC.BAD_KEY)),
  },
  {
    name: 'inject-other-key',
    does: 'names another key than the one that was sent to it, and has the right one',
    end: RECOVERS,
    hooks: (tools) => ({
      onReply(request, reply) {
        if (!isWrite(request, 'inject') || reply.payload.spkiSha256 === undefined) return reply;
        tools.fired();
        return ok({ ...reply.payload, spkiSha256: new Uint8Array(32).fill(1) });
      },
    }),
  },
];
