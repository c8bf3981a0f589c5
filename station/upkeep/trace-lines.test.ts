// A trace says what went over the cable and never a secret of it: keys on their way, nonces and whatever a console lets slip.
import { describe, expect, test } from 'vitest';
import type { CborMap } from '../../protocol/cbor.ts';
import { IDENTITY_COMMAND, IDENTITY_GROUP } from '../../protocol/identity-group.ts';
import { encodeFrame } from '../../protocol/smp-frame.ts';
import { encodeSmpMessage } from '../../protocol/smp-message.ts';
import { SETTINGS_GROUP } from '../../protocol/standard-groups.ts';
import { PortTraces, type TraceChunk } from '../port/port-traces.ts';
import { traceLines } from './trace-lines.ts';

const SECRET = Uint8Array.from({ length: 48 }, (_, index) => 0xa0 + (index % 80));
const KEY_HEX = 'deadbeef00112233445566778899aabb';
let seq = 0;

function chunk(way: TraceChunk['way'], bytes: Uint8Array | string = ''): TraceChunk {
  const raw = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  return { seq: ++seq, timeMs: 1, way, bytes: raw };
}

function frame(op: number, command: number, payload: CborMap, group: number = IDENTITY_GROUP): Uint8Array {
  return encodeFrame(encodeSmpMessage({ op, version: 1, group, sequence: 1, command }, payload));
}

const opened = () => chunk('opened');

describe('a trace', () => {
  test('says what a request asks, where its chunk begins, and what a board refuses', () => {
    const lines = traceLines([
      opened(),
      chunk('out', frame(0, IDENTITY_COMMAND.csr, { sn: 'AQ-1', off: 128 })),
      chunk('in', frame(1, IDENTITY_COMMAND.csr, { err: { group: IDENTITY_GROUP, rc: 3 } })),
      chunk('closed'),
    ]);
    expect(lines.map(({ kind, topic, offset, rc }) => [kind, topic, offset, rc])).toEqual([
      ['opened', null, null, null],
      ['ask', 'csr', 128, null],
      ['answer', 'csr', null, 3],
      ['closed', null, null, null],
    ]);
    expect(lines[1]?.bytes).toMatch(/^08 00 00 [0-9a-f]{2} 4b 4c 01 02 /);
  });

  test('counts a message as of the chunk that completed it, so that nobody sees it twice', () => {
    const bytes = frame(0, IDENTITY_COMMAND.status, {});
    const [open, first, second] = [opened(), chunk('out', bytes.subarray(0, 5)), chunk('out', bytes.subarray(5))];
    expect(traceLines([open, first])).toHaveLength(1);
    expect(traceLines([open, first, second]).at(-1)).toMatchObject({ kind: 'ask', topic: 'status', seq: second.seq });
  });

  test.each([
    ['a key on its way', 2, IDENTITY_COMMAND.inject, IDENTITY_GROUP],
    ['the board’s half of an injection', 3, IDENTITY_COMMAND.injectOpen, IDENTITY_GROUP],
    ['a nonce that is to be signed', 0, IDENTITY_COMMAND.prove, IDENTITY_GROUP],
    ['a nonce of a new key', 2, IDENTITY_COMMAND.keygen, IDENTITY_GROUP],
    ['a factory secret in the settings', 2, 0, SETTINGS_GROUP],
    ['a command that nobody knows', 2, 77, 4711],
  ])('shows no byte of %s', (_what, op, command, group) => {
    const bytes = frame(op, command, { off: 0, data: SECRET }, group);
    const lines = traceLines([opened(), chunk(op % 2 === 0 ? 'out' : 'in', bytes)]);
    expect(lines.at(-1)?.masked).toBeGreaterThanOrEqual(SECRET.length);
    expect(JSON.stringify(lines)).not.toMatch(/a0 ?a1 ?a2/);
  });

  test('shows no byte of a packet that is none', () => {
    const broken = frame(2, IDENTITY_COMMAND.inject, { data: SECRET });
    broken[10] = 0x21;
    const lines = traceLines([opened(), chunk('in', broken)]);
    expect(lines.some(({ kind }) => kind === 'damaged')).toBe(true);
    expect(lines.filter(({ kind }) => kind === 'damaged').every(({ bytes }) => bytes === '')).toBe(true);
  });

  test('shows what a console writes, without what could be a key, however it comes', () => {
    const text = `boot 2.4.1\npsk=${KEY_HEX}\nready\n`;
    const pieces = [...text].map((letter) => chunk('in', letter));
    const lines = traceLines([opened(), ...pieces]).slice(1);
    expect(lines.map(({ bytes }) => bytes)).toEqual(['boot 2.4.1', '····', 'ready']);
    expect(traceLines([opened(), chunk('in', 'de ad be ef 00 11 22 33\n')]).at(-1)?.bytes).toBe('····');
  });

  test('shows nothing of a line whose beginning is forgotten, nor of one that does not end', () => {
    expect(traceLines([chunk('in', `${KEY_HEX.slice(-8)}\nready\n`)]).map(({ bytes }) => bytes)).toEqual(['', 'ready']);
    const endless = traceLines([opened(), ...Array.from({ length: 300 }, () => chunk('in', 'abc 12 '))]);
    expect(new Set(endless.slice(1).map(({ bytes }) => bytes))).toEqual(new Set(['']));
  });
});

test('a slot’s trace is bounded, and forgets the oldest', async () => {
  const traces = new PortTraces({ nowMs: () => 1 });
  const { promise: closed } = Promise.withResolvers<void>();
  const port = { path: '/p', closed, close: async () => {}, write: async () => {}, onData: () => {} };
  const tapped = traces.tap('1', port);
  for (let chunks = 0; chunks < 5_000; chunks++) await tapped.write(new Uint8Array(100));
  const kept = traces.of('1');
  expect(kept.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThanOrEqual(98_304);
  expect(kept.at(-1)?.seq).toBe(5_001);
  expect(traces.of('2')).toEqual([]);
});
