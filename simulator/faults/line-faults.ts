// Faults of cable, contact and console. Each strikes a bounded number of times, so that bounded retries get over it.
import { concatBytes } from '../../domain/bytes.ts';
import type { DeviceHooks } from '../device-state.ts';
import { type Fault, type FaultTools, failsWith, RECOVERS } from './fault.ts';
import { isItemWrite, isWrite } from './request.ts';

/** Bytes of conversation after which even the smallest device has said who it is. */
const KNOWN_BY_BYTES = 1500;
/** A device with the right firmware aboard exchanges more than this until it is locked. */
const SURELY_REACHED_BYTES = 6000;
/** Strikes of a noisy line: fewer than the tries of one exchange, so that none runs out. */
const STRIKES = 2;
/** Between two strikes lie more bytes than one exchange has. */
const STRIKE_GAP_BYTES = 2500;

/** Changes the line's bytes at a few seeded places, in a seeded direction. */
function atPlaces(tools: FaultTools, change: (bytes: Uint8Array, at: number) => Uint8Array): DeviceHooks {
  const first = tools.random.between(300, KNOWN_BY_BYTES);
  const places = Array.from({ length: STRIKES }, (_, i) => first + i * STRIKE_GAP_BYTES);
  let seen = 0;
  const pass = (bytes: Uint8Array): Uint8Array => {
    const start = seen;
    seen += bytes.length;
    const place = places[0];
    if (place === undefined || bytes.length === 0 || place >= seen) return bytes;
    places.shift();
    tools.fired();
    return change(bytes, Math.max(0, place - start));
  };
  return tools.random.between(0, 1) === 0 ? { onInput: pass } : { onOutput: pass };
}

const LOG = new TextEncoder().encode('[00:00:01.234,567] <inf> sensor: reading 21.5 C\r\n');
/** Enough to touch every stage, few enough not to slow the line. */
const LOG_LINES = 60;

function unplugsDuring(command: 'lock', tools: FaultTools): DeviceHooks {
  let done = false;
  return {
    onRequest(request) {
      if (done || !isWrite(request, command)) return 'serve';
      done = true;
      tools.fired();
      tools.unplug();
      return 'ignore';
    },
  };
}

export const LINE_FAULTS: readonly Fault[] = [
  {
    name: 'unplug-at-byte',
    does: 'leaves its slot at one byte of the conversation and comes back',
    end: RECOVERS,
    hooks: (tools) => ({
      bytesUntil: tools.random.between(KNOWN_BY_BYTES, SURELY_REACHED_BYTES),
      onBytes() {
        tools.fired();
        tools.unplug();
      },
    }),
  },
  {
    name: 'unplug-in-lock',
    does: 'leaves its slot as the lock is ordered and comes back',
    end: RECOVERS,
    hooks: (tools) => unplugsDuring('lock', tools),
  },
  {
    name: 'swap-without-unplug',
    does: 'another board takes its place on the open port as the certificate is delivered; it comes back later',
    end: RECOVERS,
    hooks(tools) {
      let done = false;
      return {
        onRequest(request) {
          if (done || !isItemWrite(request, 'chain') || !tools.swap()) return 'serve';
          done = true;
          tools.fired();
          return 'ignore';
        },
      };
    },
  },
  {
    name: 'corrupt-bytes',
    does: 'bytes change on the line',
    end: RECOVERS,
    hooks: (tools) => atPlaces(tools, (bytes, at) => bytes.map((byte, i) => (i === at ? byte ^ 0x15 : byte))),
  },
  {
    name: 'drop-bytes',
    does: 'bytes are lost on the line',
    end: RECOVERS,
    hooks: (tools) => atPlaces(tools, (bytes, at) => concatBytes(bytes.subarray(0, at), bytes.subarray(at + 3))),
  },
  {
    name: 'repeat-bytes',
    does: 'bytes come twice on the line',
    end: RECOVERS,
    hooks: (tools) => atPlaces(tools, (bytes, at) => concatBytes(bytes.subarray(0, at + 1), bytes.subarray(at))),
  },
  {
    name: 'log-between-frames',
    does: 'writes log lines between its answers',
    end: RECOVERS,
    hooks(tools) {
      let left = LOG_LINES;
      return {
        onOutput(frames) {
          if (left-- <= 0) return frames;
          tools.fired();
          return concatBytes(LOG, frames);
        },
      };
    },
  },
  {
    name: 'log-inside-frames',
    does: 'writes log lines into the middle of its answers',
    end: RECOVERS,
    hooks: (tools) => ({
      onOutput: atFrames(tools, (frames) => {
        const middle = Math.floor(frames.length / 2);
        return concatBytes(frames.subarray(0, middle), LOG, frames.subarray(middle));
      }),
    }),
  },
  {
    name: 'silence',
    does: 'never answers',
    end: failsWith('NO_ANSWER_THRICE'),
    hooks: (tools) => ({
      onRequest() {
        tools.fired();
        return 'ignore';
      },
    }),
  },
  {
    name: 'slowness',
    does: 'takes its time for some answers',
    end: RECOVERS,
    hooks(tools) {
      let left = 8;
      return {
        delayMs() {
          if (left-- <= 0) return 0;
          tools.fired();
          return tools.random.between(100, 400);
        },
      };
    },
  },
];

/** Changes a few answers that lie far enough apart. */
function atFrames(tools: FaultTools, change: (frames: Uint8Array) => Uint8Array): (frames: Uint8Array) => Uint8Array {
  const first = tools.random.between(3, 6);
  let frame = 0;
  return (frames) => {
    const strikes = frame >= first && (frame - first) % 6 === 0 && frame < first + 6 * STRIKES;
    frame += 1;
    if (!strikes) return frames;
    tools.fired();
    return change(frames);
  };
}
