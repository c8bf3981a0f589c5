import { describe, expect, test } from 'vitest';
import type { KeylineError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/seams.ts';
import { type CborMap, encodeCbor } from '../../protocol/cbor.ts';
import { encodeFrame, FrameDecoder } from '../../protocol/smp-frame.ts';
import { encodeSmpHeader, SMP_OP, type SmpHeader } from '../../protocol/smp-header.ts';
import { decodeSmpMessage, encodeSmpMessage } from '../../protocol/smp-message.ts';
import type { BytePort } from '../port/byte-port.ts';
import { type Upload, upload } from './chunked-transfer.ts';
import { SmpClient } from './smp-client.ts';

/** Time that passes only when nothing else can happen. */
class IdleClock implements Clock {
  #now = 0;
  #timers: { at: number; act: () => void }[] = [];

  nowMs = () => this.#now;
  monotonicMs = () => this.#now;

  after(delayMs: number, act: () => void): () => void {
    const timer = { at: this.#now + delayMs, act };
    this.#timers.push(timer);
    // Micro-tasks first: a scripted device answers within them.
    setImmediate(() => this.#runNext());
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  #runNext(): void {
    this.#timers.sort((a, b) => a.at - b.at);
    const next = this.#timers.shift();
    if (next === undefined) return;
    this.#now = Math.max(this.#now, next.at);
    next.act();
  }
}

type Script = (header: SmpHeader, payload: CborMap, say: (bytes: Uint8Array) => void) => void;

/** A client whose far end does what the script says at each request. */
function bench(script: Script) {
  let listener: (bytes: Uint8Array) => void = () => {};
  const { promise: closed, resolve: unplug } = Promise.withResolvers<void>();
  const decoder = new FrameDecoder(4096);
  const port: BytePort = {
    path: 'bench',
    write: async (bytes) => {
      for (const item of decoder.push(bytes)) {
        if (item.kind !== 'message') continue;
        const decoded = decodeSmpMessage(item.message);
        if ('refused' in decoded) throw new Error(decoded.refused);
        script(decoded.header, decoded.payload, (answer) => queueMicrotask(() => listener(answer)));
      }
    },
    onData: (next) => {
      listener = next;
    },
    closed,
    close: async () => unplug(),
  };
  return { client: new SmpClient(port, { clock: new IdleClock() }), unplug };
}

const answer = (header: SmpHeader, payload: CborMap, change: Partial<SmpHeader> = {}) =>
  encodeFrame(encodeSmpMessage({ ...header, op: header.op + 1, ...change }, payload));

const ECHO = { op: SMP_OP.write, group: 0, command: 0, payload: { d: 'x' }, timeoutMs: 100, attempts: 3 } as const;

describe('one exchange', () => {
  test('an answer must echo operation, version, group, command and sequence; stale ones are dropped', async () => {
    const { client } = bench((header, _, say) => {
      say(answer(header, { r: 'stale' }, { sequence: header.sequence + 1 }));
      say(answer(header, { r: 'other group' }, { group: 1 }));
      say(answer(header, { r: 'other command' }, { command: 5 }));
      say(answer(header, { r: 'read' }, { op: SMP_OP.readResponse }));
      say(answer(header, { r: 'right' }));
    });
    expect(await client.request(ECHO)).toEqual({ ok: true, payload: { r: 'right' } });
  });

  test('version 1 is answer enough in the standard groups, and not in others', async () => {
    const { client } = bench((header, _, say) => say(answer(header, { rc: 0 }, { version: 0 })));
    expect(await client.request(ECHO)).toMatchObject({ ok: true });
    await expect(client.request({ ...ECHO, group: 19276 })).rejects.toMatchObject({ code: 'NO_ANSWER' });
  });

  test('silence is answered with the same bytes again, at most `attempts` times', async () => {
    let requests = 0;
    const { client } = bench((header, _, say) => {
      requests += 1;
      if (requests === 3) say(answer(header, {}));
    });
    expect(await client.request(ECHO)).toMatchObject({ ok: true });
    expect(requests).toBe(3);
    await expect(client.request({ ...ECHO, attempts: 2 })).rejects.toMatchObject({ code: 'NO_ANSWER' });
    expect(requests).toBe(5);
  });

  test('a refusal is an answer and is not repeated', async () => {
    let requests = 0;
    const { client } = bench((header, _, say) => {
      requests += 1;
      say(answer(header, { err: { group: 19276, rc: 4 } }));
    });
    expect(await client.request(ECHO)).toMatchObject({ ok: false, group: 19276, rc: 4 });
    expect(requests).toBe(1);
  });

  test('answers that are no CBOR map end in PROTOCOL_VIOLATION, not in silence', async () => {
    const { client } = bench((header, _, say) => {
      const body = encodeCbor([1, 2]);
      const head = encodeSmpHeader({ ...header, op: header.op + 1, length: body.length });
      say(encodeFrame(Buffer.concat([head, body])));
    });
    await expect(client.request(ECHO)).rejects.toMatchObject({ code: 'PROTOCOL_VIOLATION' });
  });

  test('a port that closes ends every request under way at once', async () => {
    const { client, unplug } = bench(() => unplug());
    const codes = await Promise.all(
      [1, 2, 3].map(() => client.request(ECHO).catch((error: KeylineError) => error.code)),
    );
    expect(codes).toEqual(['PULLED_OUT', 'PULLED_OUT', 'PULLED_OUT']);
    await expect(client.request(ECHO)).rejects.toMatchObject({ code: 'PULLED_OUT' });
  });

  test('log text around and between the lines of an answer does not cost the answer', async () => {
    const { client } = bench((header, _, say) => {
      const frame = answer(header, { r: 'x'.repeat(200) });
      say(new TextEncoder().encode('uart:~$ '));
      say(frame.subarray(0, 127));
      say(new TextEncoder().encode('[00:00:01] <inf> app: tick\r\n'));
      say(frame.subarray(127));
    });
    expect(await client.request(ECHO)).toMatchObject({ ok: true });
    expect(client.heard).toMatchObject({ answers: 1, requests: 0, damaged: 0 });
  });
});

describe('upload', () => {
  const content = Uint8Array.from({ length: 5_000 }, (_, i) => i * 7);

  /** What an image server keeps, and a plan to fill it. */
  function server(window: number, lose: (request: number) => 'request' | 'answer' | 'restart' | null) {
    const held = new Uint8Array(content.length);
    const state = { received: 0, requests: 0, firstRequests: 0, largest: 0 };
    const { client } = bench((header, payload, say) => {
      const off = Number(payload.off);
      state.requests += 1;
      state.largest = Math.max(state.largest, header.length + 8);
      const loss = lose(state.requests);
      if (loss === 'request') return;
      if (loss === 'restart') state.received = 0;
      if (payload.len !== undefined) state.firstRequests += 1;
      const data = payload.data;
      if (off === state.received && data instanceof Uint8Array) {
        held.set(data, off);
        state.received += data.length;
      }
      if (loss !== 'answer') say(answer(header, { off: state.received }));
    });
    const plan: Upload = {
      bytes: content,
      maxMessageBytes: 252,
      window,
      timeoutMs: 100,
      firstTimeoutMs: 100,
      request: (off, data) => ({
        op: SMP_OP.write,
        group: 1,
        command: 1,
        payload: off === 0 ? { off, data, len: content.length } : { off, data },
      }),
      offsetIn: (payload) => (typeof payload.off === 'number' ? payload.off : null),
    };
    return { held, state, run: () => upload(client, plan) };
  }

  test.each([1, 2, 4, 8])('arrives whole with a window of %i, in messages of at most buf_size - 4', async (window) => {
    const { held, state, run } = server(window, () => null);
    expect(await run()).toMatchObject({ end: 'complete' });
    expect(held).toEqual(content);
    expect(state.largest).toBeGreaterThan(248);
    expect(state.largest).toBeLessThanOrEqual(252);
    expect(state.requests).toBe(Math.ceil(content.length / 230));
  });

  test.each([
    ['request', 1],
    ['request', 4],
    ['answer', 1],
    ['answer', 4],
  ] as const)('arrives whole where every seventh %s is lost, window %i', async (loss, window) => {
    const { held, run } = server(window, (request) => (request % 7 === 0 ? loss : null));
    expect(await run()).toMatchObject({ end: 'complete' });
    expect(held).toEqual(content);
  });

  test('goes on where a device already is, and sends the complete first request again after its restart', async () => {
    const { held, state, run } = server(4, (request) => (request === 9 ? 'restart' : null));
    expect(await run()).toMatchObject({ end: 'complete' });
    expect(held).toEqual(content);
    expect(state.firstRequests).toBe(2);
  });

  test('a device that restarts again and again ends it', async () => {
    const { run } = server(4, (request) => (request % 9 === 0 ? 'restart' : null));
    expect(await run()).toMatchObject({ end: 'stalled' });
  });

  test('silence ends it in NO_ANSWER', async () => {
    const { state, run } = server(4, (request) => (request > 6 ? 'request' : null));
    await expect(run()).rejects.toMatchObject({ code: 'NO_ANSWER' });
    expect(state.requests).toBeLessThan(20);
  });
});
