// Faults of firmware and of its loading. Those that need something to load bring older firmware along.
import { toHex } from '../../domain/bytes.ts';
import { ok } from '../reply.ts';
import { abortsWith, type Fault, failsWith, RECOVERS } from './fault.ts';
import { isUpload } from './request.ts';

const STOPS_AT = 0.64;
/** Half of what the agent before had. */
const SMALLER_BUFFER_BYTES = 512;

export const FIRMWARE_FAULTS: readonly Fault[] = [
  {
    name: 'bare-board',
    does: 'carries stock firmware that knows no identity',
    end: RECOVERS,
    aboard: 'bare',
    hooks: (tools) => ({
      onRequest(_, state) {
        if (!state.record.running.identity) tools.fired();
        return 'serve';
      },
    }),
  },
  {
    name: 'firmware-stops',
    does: 'takes no more of its firmware after 64 %',
    end: failsWith('FIRMWARE_STOPPED'),
    aboard: 'old',
    hooks: (tools) => ({
      onRequest(request, state) {
        const upload = state.volatile.upload;
        if (!isUpload(request) || upload === null || upload.received < STOPS_AT * upload.content.length) return 'serve';
        tools.fired();
        return ok({ off: upload.received });
      },
    }),
  },
  {
    name: 'firmware-differs',
    does: 'holds other firmware than it was sent',
    end: failsWith('FIRMWARE_DIFFERS'),
    aboard: 'old',
    hooks: (tools) => ({
      onReply(request, reply, state) {
        const { spare } = state.record;
        if (isUpload(request) && spare !== null && spare.fileSha256 !== null) {
          tools.fired();
          // What flash holds now is not what was sent, so that the next try sends it anew.
          state.commit({ spare: { ...spare, imageHash: toHex(tools.random.bytes(32)), fileSha256: null } });
        }
        return reply;
      },
    }),
  },
  {
    name: 'firmware-reverts',
    does: 'goes back to its older firmware at the restart behind the lock',
    end: failsWith('FIRMWARE_REVERTED'),
    aboard: 'old',
    hooks: (tools) => ({
      onRestart(state) {
        const { life, spare, running } = state.record;
        if (life !== 'locked' || spare === null) return;
        tools.fired();
        if (spare.fileSha256 === null) state.commit({ running: spare, spare: running });
      },
    }),
  },
  {
    name: 'new-agent-other-hwid',
    does: 'shows another hardware id with its new firmware',
    end: abortsWith('DEVICE_SWAPPED'),
    aboard: 'old',
    hooks(tools) {
      const hwid = toHex(tools.random.bytes(8));
      return {
        onRestart(state) {
          if (state.record.swap !== 'trial') return;
          tools.fired();
          state.commit({ hwid });
        },
      };
    },
  },
  {
    name: 'new-agent-smaller-buffer',
    does: 'has a smaller buffer with its new firmware',
    end: RECOVERS,
    aboard: 'old',
    hooks: (tools) => ({
      onRestart(state) {
        if (state.record.running.fileSha256 === null) return;
        tools.fired();
        state.traits.bufSize = SMALLER_BUFFER_BYTES;
      },
    }),
  },
];
