import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concatBytes } from '../domain/bytes.ts';
import { crc16 } from './crc16.ts';
import { encodeFrame, FrameDecoder, type FrameItem } from './smp-frame.ts';

const MAX = 2048;
const bytes = (text: string) => new TextEncoder().encode(text);
const message = fc.uint8Array({ maxLength: 700 });

/** Log text as it stands between frames: no marker in it. */
const logText = fc
  .uint8Array({ maxLength: 300 })
  .map((noise) => noise.filter((byte) => byte !== 0x06 && byte !== 0x04));

function chunks(whole: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const ends = [...cuts.map((cut) => cut % (whole.length + 1)), whole.length].sort((a, b) => a - b);
  return ends.map((end, i) => whole.subarray(ends[i - 1] ?? 0, end));
}

function pushAll(parts: readonly Uint8Array[]): FrameItem[] {
  const decoder = new FrameDecoder(MAX);
  return parts.flatMap((part) => decoder.push(part));
}

const messages = (items: readonly FrameItem[]) =>
  items.flatMap((item) => (item.kind === 'message' ? [[...item.message]] : []));
const noise = (items: readonly FrameItem[]) => items.flatMap((item) => (item.kind === 'noise' ? [...item.bytes] : []));

describe('frames', () => {
  test('the checksum is CRC16 XMODEM', () => {
    expect(crc16(bytes('123456789'))).toBe(0x31c3);
  });

  test('every line has a marker, at most 127 bytes, and ends with LF', () => {
    fc.assert(
      fc.property(message, (content) => {
        const text = Buffer.from(encodeFrame(content)).toString('latin1');
        const lines = text.split('\n');
        expect(lines.pop()).toBe('');
        for (const [i, line] of lines.entries()) {
          expect(line.slice(0, 2)).toBe(i === 0 ? '\x06\x09' : '\x04\x14');
          expect(line.length).toBeLessThanOrEqual(126);
          expect((line.length - 2) % 4).toBe(0);
        }
      }),
    );
  });

  test('messages come through any chunking and any log text between them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(logText, message), { maxLength: 4 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        (parts, cuts) => {
          const wire = concatBytes(...parts.flatMap(([log, content]) => [log, encodeFrame(content)]));
          const items = pushAll(chunks(wire, cuts));
          expect(messages(items)).toEqual(parts.map(([, content]) => [...content]));
          expect(noise(items)).toEqual(parts.flatMap(([log]) => [...log]));
        },
      ),
    );
  });

  test('a log line between two lines of one packet does not cost the packet', () => {
    const content = new Uint8Array(200).fill(7);
    const frame = encodeFrame(content);
    const wire = concatBytes(frame.subarray(0, 127), bytes('[00:01] <inf> sensor\r\n'), frame.subarray(127));
    expect(messages(pushAll([wire]))).toEqual([[...content]]);
  });

  test('CR before LF is fine', () => {
    const content = new Uint8Array(200).fill(7);
    const wire = Buffer.from(encodeFrame(content)).toString('latin1').replaceAll('\n', '\r\n');
    expect(messages(pushAll([Buffer.from(wire, 'latin1')]))).toEqual([[...content]]);
  });

  test('a damaged frame never yields another message and never hurts the next frame', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 700 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (content, at, flip) => {
          const damaged = encodeFrame(content);
          const index = at % damaged.length;
          damaged[index] = (damaged[index] ?? 0) ^ flip;
          const next = bytes('next');
          const got = messages(pushAll([damaged, bytes('\n'), encodeFrame(next)]));
          expect(got.at(-1)).toEqual([...next]);
          expect(got.length).toBeLessThanOrEqual(2);
          if (got.length === 2) expect(got[0]).toEqual([...content]);
        },
      ),
    );
  });

  test('a frame cut short by an unplug does not hurt the next frame', () => {
    fc.assert(
      fc.property(message, fc.nat(), (content, at) => {
        const frame = encodeFrame(content);
        const next = bytes('next');
        const got = messages(pushAll([frame.subarray(0, at % frame.length), encodeFrame(next)]));
        expect(got).toEqual([[...next]]);
      }),
    );
  });

  test('a packet that announces more than the bound is refused before it is collected', () => {
    const decoder = new FrameDecoder(100);
    const items = decoder.push(encodeFrame(new Uint8Array(101)));
    expect(messages(items)).toEqual([]);
    expect(items[0]).toMatchObject({ kind: 'noise', reason: 'a packet of 103 bytes is too long' });
    expect(messages(decoder.push(encodeFrame(new Uint8Array(100))))).toHaveLength(1);
  });

  test('a prompt without a line end is heard at once', () => {
    expect(noise(new FrameDecoder(MAX).push(bytes('login: ')))).toEqual([...bytes('login: ')]);
  });
});
