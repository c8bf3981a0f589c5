// Long content in pieces. Upload: several pieces under way where the device has shown that it answers, always going on
// from the offset that the device returns. Both ways end by progress: three rounds without any end the transfer.

import { assert, KeylineError } from '../../domain/errors.ts';
import type { CborMap } from '../../protocol/cbor.ts';
import { encodeSmpMessage } from '../../protocol/smp-message.ts';
import type { SmpAnswer, SmpClient, SmpRequest } from './smp-client.ts';

/** Rounds in a row that end at the same offset (DESIGN.md section 8). */
const MAX_STALLS = 3;
/** Answers as expected after which one more request may be under way: a line that loses one in eight stays slow. */
const GROW_AFTER = 8;
/** A byte string of up to 65535 bytes has a length of 3 bytes, an empty one of 1. */
const LENGTH_GROWTH = 2;

export interface Upload {
  readonly bytes: Uint8Array;
  /** Largest whole SMP message that the device takes. */
  readonly maxMessageBytes: number;
  /** Requests that may be under way; 1 until the first answer, halved after a loss, then grows again. */
  readonly window: number;
  readonly timeoutMs: number;
  /** The first piece may make the device erase its memory. */
  readonly firstTimeoutMs: number;
  /** The request that carries `data` at `off`. */
  request(off: number, data: Uint8Array): Pick<SmpRequest, 'op' | 'group' | 'command' | 'payload'>;
  /** The next offset that the device wants; null when the answer says none. */
  offsetIn(payload: CborMap): number | null;
  /** Called with the share that the device holds, 0 to 1. */
  onProgress?(share: number): void;
}

export type UploadEnd =
  | { readonly end: 'complete'; readonly payload: CborMap }
  | { readonly end: 'refused'; readonly answer: Extract<SmpAnswer, { ok: false }> }
  /** The device answers, and does not get on. */
  | { readonly end: 'stalled'; readonly offset: number };

interface Piece {
  readonly end: number;
  readonly reply: Promise<{ piece: Piece; answer: SmpAnswer | null }>;
}

/** Throws NO_ANSWER after three silent rounds, PULLED_OUT, PROTOCOL_VIOLATION, DEVICE_TOO_SMALL. */
export async function upload(client: SmpClient, plan: Upload): Promise<UploadEnd> {
  const total = plan.bytes.length;
  assert(total > 0, 'there is something to upload');
  let underWay: Piece[] = [];
  /** What the device holds, by its last answer. */
  let held = 0;
  let highest = 0;
  let stalls = 0;
  let window = 1;
  let answered = false;
  /** Answers as expected since the last loss. */
  let good = 0;

  for (;;) {
    let next = held;
    let lost = false;
    let silent = true;
    do {
      while (!lost && next < total && underWay.length < window) {
        const piece = send(client, plan, next, answered ? plan.timeoutMs : plan.firstTimeoutMs);
        underWay.push(piece);
        next = piece.end;
      }
      const { piece, answer } = await Promise.race(underWay.map((one) => one.reply));
      if (answer === null) {
        underWay = underWay.filter((one) => one !== piece);
        lost = true;
        continue;
      }
      // A serial line keeps order: what was sent before this piece has arrived or is lost, and needs no wait.
      underWay = underWay.slice(underWay.indexOf(piece) + 1);
      silent = false;
      if (!answer.ok) {
        await settleAll(underWay);
        return { end: 'refused', answer };
      }
      const offset = plan.offsetIn(answer.payload);
      if (offset === null || offset > total) {
        await settleAll(underWay);
        throw new KeylineError('PROTOCOL_VIOLATION', `an offset ${offset} in a transfer of ${total} bytes`);
      }
      held = offset;
      plan.onProgress?.(held / total);
      if (held === total) return { end: 'complete', payload: answer.payload };
      if (held !== piece.end) lost = true;
      else if (!answered) {
        answered = true;
        window = plan.window;
      } else if (++good % GROW_AFTER === 0) window = Math.min(plan.window, window + 1);
    } while (underWay.length > 0 || (!lost && next < total));

    // A round ended by a loss, or by an offset that was not the expected one: go on from where the device is.
    stalls = held > highest ? 0 : stalls + 1;
    highest = Math.max(highest, held);
    window = Math.max(1, window >> 1);
    good = 0;
    if (stalls === MAX_STALLS) {
      if (silent) throw new KeylineError('NO_ANSWER', `silent at ${held} of ${total} bytes`);
      return { end: 'stalled', offset: held };
    }
  }
}

function send(client: SmpClient, plan: Upload, off: number, timeoutMs: number): Piece {
  const empty = plan.request(off, new Uint8Array());
  const bare = encodeSmpMessage({ ...empty, version: 1, sequence: 0 }, empty.payload);
  const room = plan.maxMessageBytes - bare.length - LENGTH_GROWTH;
  if (room < 1) throw new KeylineError('DEVICE_TOO_SMALL', `a buffer of ${plan.maxMessageBytes} bytes holds no data`);
  const data = plan.bytes.subarray(off, off + room);
  const reply = client.request({ ...plan.request(off, data), timeoutMs, attempts: 1 }).then(
    (answer) => ({ piece, answer }),
    (error: unknown) => {
      if (error instanceof KeylineError && error.code === 'NO_ANSWER') return { piece, answer: null };
      throw error;
    },
  );
  // A piece that a later answer made needless is not waited for: its own end must not become an unhandled rejection.
  reply.catch(() => {});
  const piece: Piece = { end: off + data.length, reply };
  return piece;
}

async function settleAll(pieces: readonly Piece[]): Promise<void> {
  await Promise.allSettled(pieces.map((piece) => piece.reply));
}

export interface Download {
  /** A larger `len` is refused before anything is collected. */
  readonly maxBytes: number;
  /** One answer from `off` on; null ends the transfer as `refused`. */
  read(off: number): Promise<{ len: number; off: number; data: Uint8Array; sha?: Uint8Array } | null>;
}

export type DownloadEnd =
  | { readonly end: 'complete'; readonly bytes: Uint8Array; readonly sha: Uint8Array | null }
  | { readonly end: 'refused' }
  /** `len` or `sha` changed on the way: start again. */
  | { readonly end: 'changed' };

/** Throws what `read` throws, and PROTOCOL_VIOLATION for lengths and offsets that do not fit together. */
export async function download({ maxBytes, read }: Download): Promise<DownloadEnd> {
  const first = await read(0);
  if (first === null) return { end: 'refused' };
  if (first.len > maxBytes) throw new KeylineError('PROTOCOL_VIOLATION', `an item of ${first.len} bytes`);
  const bytes = new Uint8Array(first.len);
  let off = 0;
  for (let part = first; ; ) {
    if (part.len !== first.len || !sameDigest(part.sha, first.sha)) return { end: 'changed' };
    if (part.off !== off || off + part.data.length > first.len) {
      throw new KeylineError('PROTOCOL_VIOLATION', `${part.data.length} bytes at ${part.off} instead of ${off}`);
    }
    bytes.set(part.data, off);
    off += part.data.length;
    if (off === first.len) return { end: 'complete', bytes, sha: first.sha ?? null };
    // Each answer brings at least a byte, so the length bounds the number of reads.
    if (part.data.length === 0) throw new KeylineError('PROTOCOL_VIOLATION', `no bytes at ${off} of ${first.len}`);
    const next = await read(off);
    if (next === null) return { end: 'refused' };
    part = next;
  }
}

function sameDigest(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;
}
