import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame, encodeJson, FrameReader, jsonOf, KIND, MAX_FRAME_BYTES } from './token-frames.ts';

const kind = fc.constantFrom(...Object.values(KIND));

test('frames are what was sent, however the stream is cut', () => {
  const frames = fc.array(fc.tuple(kind, fc.uint8Array({ maxLength: 300 })), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(frames, fc.array(fc.nat(2000), { maxLength: 12 }), (sent, cuts) => {
      const stream = Buffer.concat(sent.map(([each, payload]) => encodeFrame(each, payload)));
      const reader = new FrameReader();
      const at = [0, ...cuts.map((cut) => cut % (stream.length + 1)).sort((a, b) => a - b), stream.length];
      const read = at.slice(1).flatMap((end, n): unknown[] => {
        const taken = reader.take(stream.subarray(at[n], end));
        return taken === 'broken' ? [taken] : taken.map((frame) => [frame.kind, new Uint8Array(frame.payload)]);
      });
      expect(read).toEqual(sent);
    }),
  );
});

test('any bytes are read as frames or refused, and never hold more than one frame back', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }), (chunks) => {
      const reader = new FrameReader();
      for (const chunk of chunks) {
        const taken = reader.take(Buffer.from(chunk));
        if (taken === 'broken') return;
        for (const { payload } of taken) expect(payload.length).toBeLessThan(MAX_FRAME_BYTES);
      }
    }),
  );
});

test.each([
  ['of no length', [0, 0, 0, 0]],
  ['that is too long', [0, 1, 0, 1, 4]],
])('a frame %s breaks the stream', (_title, bytes) => {
  expect(new FrameReader().take(Buffer.from(bytes))).toBe('broken');
});

test('a payload that is no JSON has no value', () => {
  const [frame] = new FrameReader().take(encodeJson(KIND.order, { do: 'list' })) as { payload: Buffer }[];
  expect(jsonOf(frame?.payload ?? Buffer.alloc(0))).toEqual({ do: 'list' });
  expect(jsonOf(Buffer.from('{"do":'))).toBeUndefined();
});
