// Frames that an independent program (test/probe) sent and received. They hold protocol/ to bytes it did not write.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromHex } from '../domain/bytes.ts';
import { encodeFrame, FrameDecoder } from '../protocol/smp-frame.ts';
import { decodeSmpMessage, encodeSmpMessage } from '../protocol/smp-message.ts';

interface Vector {
  readonly title: string;
  readonly sent: string;
  readonly received: string;
}

const { vectors: recorded }: { readonly vectors: readonly Vector[] } = JSON.parse(
  readFileSync(new URL('vectors/probe.json', import.meta.url), 'utf8'),
);
const vectors = recorded.map((vector): [string, Vector] => [vector.title, vector]);

/** Larger than any message of the vectors. */
const MAX_MESSAGE_BYTES = 4096;

function theMessage(frame: Uint8Array) {
  const items = new FrameDecoder(MAX_MESSAGE_BYTES).push(frame);
  expect(items.map(({ kind }) => kind)).toEqual(['message']);
  const [item] = items;
  const decoded = decodeSmpMessage(item?.kind === 'message' ? item.message : new Uint8Array());
  if ('refused' in decoded) throw new Error(decoded.refused);
  return decoded;
}

describe('the vectors of the independent probe', () => {
  test('are there', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(8);
  });

  test.each(vectors)('%s: both frames decode, and encode to the same bytes', (_title, { sent, received }) => {
    for (const frame of [fromHex(sent), fromHex(received)]) {
      const { header, payload } = theMessage(frame);
      expect(encodeFrame(encodeSmpMessage(header, payload))).toEqual(frame);
    }
  });

  test.each(vectors)('%s: the answer belongs to its request', (_title, { sent, received }) => {
    const request = theMessage(fromHex(sent)).header;
    const answer = theMessage(fromHex(received)).header;
    expect(answer).toEqual({ ...request, op: request.op + 1, length: answer.length });
  });
});
