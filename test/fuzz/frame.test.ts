// Any bytes on a port: the frame decoder neither throws nor holds more than its bound, and finds the next good frame.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame, FrameDecoder } from '../../protocol/smp-frame.ts';
import { decodeSmpMessage } from '../../protocol/smp-message.ts';

const MAX_MESSAGE_BYTES = 512;
const RUNS = 3000;

/** Bytes that mean something to the decoder come often, so that runs reach deep. */
const hostileByte = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0x06, 0x09, 0x04, 0x14, 0x0a, 0x0d, 0x3d, 0x41) },
  { weight: 2, arbitrary: fc.integer({ min: 0x41, max: 0x7a }) },
  { weight: 1, arbitrary: fc.nat(255) },
);
const piece = fc.oneof(
  fc.array(hostileByte, { maxLength: 300 }).map((bytes) => Uint8Array.from(bytes)),
  fc.uint8Array({ maxLength: 300 }),
  fc.uint8Array({ maxLength: 600 }).map((message) => encodeFrame(message)),
  fc.tuple(fc.uint8Array({ maxLength: 600 }), fc.nat()).map(([message, at]) => {
    const frame = encodeFrame(message);
    return frame.subarray(0, at % frame.length);
  }),
);

test('no bytes make the decoder throw, give up a byte more than came in, or miss the next frame', () => {
  const next = new TextEncoder().encode('next');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const decoder = new FrameDecoder(MAX_MESSAGE_BYTES);
      let bytesIn = 0;
      let bytesOut = 0;
      for (const bytes of pieces) {
        bytesIn += bytes.length;
        for (const item of decoder.push(bytes)) {
          const content = item.kind === 'message' ? item.message : item.bytes;
          bytesOut += content.length;
          if (item.kind === 'message') {
            expect(content.length).toBeLessThanOrEqual(MAX_MESSAGE_BYTES);
            decodeSmpMessage(content);
          }
        }
        expect(bytesOut).toBeLessThanOrEqual(bytesIn);
      }
      const last = decoder.push(encodeFrame(next)).at(-1);
      expect(last).toEqual({ kind: 'message', message: next });
    }),
    { numRuns: RUNS },
  );
});
