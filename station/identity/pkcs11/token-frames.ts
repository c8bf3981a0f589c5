// What passes between a station and its token process, as bytes: a length, a kind, a payload. Bytes and not JSON,
// because a PIN is among it, and a PIN is to be wiped. Refuses frames that are empty or longer than their bound.

import { secretBytes } from '../secret.ts';

/** Bytes of a frame behind its length: the list of 64 tokens at 600 bytes each, and room to spare. */
export const MAX_FRAME_BYTES = 65_536;

/** Length, 4 bytes, big-endian. */
export const HEAD_BYTES = 4;

/** To the process: an order in JSON, the PIN in UTF-8, a digest. From it: JSON, a refusal in JSON, r and s. */
export const KIND = { order: 1, pin: 2, digest: 3, answer: 4, refusal: 5, signature: 6 } as const;
export type FrameKind = (typeof KIND)[keyof typeof KIND];

export interface Frame {
  readonly kind: number;
  readonly payload: Buffer;
}

/** One frame. The answer is a copy: who sent a PIN wipes it. */
export function encodeFrame(kind: FrameKind, payload: Uint8Array): Buffer {
  const frame = secretBytes(HEAD_BYTES + 1 + payload.length);
  frame.writeUInt32BE(1 + payload.length);
  frame.writeUInt8(kind, HEAD_BYTES);
  frame.set(payload, HEAD_BYTES + 1);
  return frame;
}

export function encodeJson(kind: FrameKind, value: unknown): Buffer {
  return encodeFrame(kind, Buffer.from(JSON.stringify(value), 'utf8'));
}

/** Bytes behind the head, or null for a length that no frame has. */
export function frameLength(head: Buffer): number | null {
  const length = head.readUInt32BE();
  return length >= 1 && length <= MAX_FRAME_BYTES ? length : null;
}

export function decodeFrame(body: Buffer): Frame {
  return { kind: body[0] ?? 0, payload: body.subarray(1) };
}

/** The value of a JSON payload; undefined when it is none. */
export function jsonOf(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Frames out of a stream of chunks that may be cut anywhere. Holds at most one frame. */
export class FrameReader {
  #held = Buffer.alloc(0);

  /** Whole frames in order, or `broken`: nothing that follows can be told apart then. */
  take(chunk: Buffer): Frame[] | 'broken' {
    this.#held = Buffer.concat([this.#held, chunk]);
    const frames: Frame[] = [];
    while (this.#held.length >= HEAD_BYTES) {
      const length = frameLength(this.#held);
      if (length === null) return 'broken';
      if (this.#held.length < HEAD_BYTES + length) break;
      frames.push(decodeFrame(this.#held.subarray(HEAD_BYTES, HEAD_BYTES + length)));
      this.#held = this.#held.subarray(HEAD_BYTES + length);
    }
    return frames;
  }
}
