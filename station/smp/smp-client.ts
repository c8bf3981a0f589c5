// One exchange after the other, or several at once, with whatever speaks SMP on a port: request, answer, bounded retries.
// Refuses to guess: an answer must echo operation, version, group, command and sequence, everything else is dropped.
import { KeylineError } from '../../domain/errors.ts';
import type { Clock, Random } from '../../domain/seams.ts';
import type { CborMap } from '../../protocol/cbor.ts';
import { encodeFrame, FrameDecoder } from '../../protocol/smp-frame.ts';
import { SMP_OP } from '../../protocol/smp-header.ts';
import { decodeSmpMessage, encodeSmpMessage } from '../../protocol/smp-message.ts';
import { readSmpError, SMP_RC } from '../../protocol/standard-groups.ts';
import type { BytePort } from '../port/byte-port.ts';

/** Answers are at most the device's buffer; 4096 is the largest in use, this is twice that. */
const MAX_ANSWER_BYTES = 8192;
/** Groups from here on belong to applications and speak version 2 only. */
const FIRST_APPLICATION_GROUP = 64;
const LF = 0x0a;

export interface SmpRequest {
  readonly op: typeof SMP_OP.read | typeof SMP_OP.write;
  readonly group: number;
  readonly command: number;
  readonly payload: CborMap;
  /** Silence for this long, from the moment the bytes were handed over, ends one attempt. */
  readonly timeoutMs: number;
  /** Times that the same bytes are sent, in all. */
  readonly attempts: number;
}

export type SmpAnswer =
  | { readonly ok: true; readonly payload: CborMap }
  /** `group` null: refused at SMP level. */
  | { readonly ok: false; readonly group: number | null; readonly rc: number; readonly payload: CborMap };

/** True when the device has no such group or command: said at SMP level, since 8 means something else to a group. */
export function isNotSupported(answer: SmpAnswer): boolean {
  return !answer.ok && answer.group === null && answer.rc === SMP_RC.NOT_SUPPORTED;
}

/** What came in so far, to tell a board from something else. */
export interface Heard {
  readonly bytes: number;
  /** Whole packets that are answers, ours or stale. */
  readonly answers: number;
  /** Requests: our own, sent back by a loop. */
  readonly requests: number;
  /** Lines that started as a packet and were none. */
  readonly damaged: number;
}

type Reply = { payload: CborMap } | { refused: string } | 'silent' | 'gone';

interface Waiting {
  readonly op: number;
  readonly group: number;
  readonly command: number;
  settle(reply: Reply): void;
}

export class SmpClient {
  readonly #port: BytePort;
  readonly #clock: Clock;
  readonly #decoder = new FrameDecoder(MAX_ANSWER_BYTES);
  /** By sequence number; 256 at most, since that is all there are. */
  readonly #waiting = new Map<number, Waiting>();
  #sequence: number;
  #gone = false;
  #heard = { bytes: 0, answers: 0, requests: 0, damaged: 0 };

  /** The first sequence number is a random one, so that answers to an earlier program are not taken for ours. */
  constructor(port: BytePort, { clock, random }: { clock: Clock; random?: Random }) {
    this.#port = port;
    this.#clock = clock;
    this.#sequence = random?.bytes(1)[0] ?? 0;
    port.onData((bytes) => this.#receive(bytes));
    void port.closed.then(() => {
      this.#gone = true;
      for (const waiting of this.#waiting.values()) waiting.settle('gone');
    });
  }

  get heard(): Heard {
    return { ...this.#heard };
  }

  /** True once the port closed; it never comes back in this client. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Ends a line that an earlier program may have left half sent: the device would lose our first frame with it. */
  async endLine(): Promise<void> {
    await this.#port.write(Uint8Array.of(LF));
  }

  /**
   * Sends and waits. An answer that arrives after its attempt timed out still counts while later attempts run.
   * Throws NO_ANSWER, PULLED_OUT, PROTOCOL_VIOLATION (answers came, none could be read).
   */
  async request(request: SmpRequest): Promise<SmpAnswer> {
    const sequence = this.#nextSequence();
    const { op, group, command, payload } = request;
    const frame = encodeFrame(encodeSmpMessage({ op, version: 1, group, sequence, command }, payload));
    const context = { path: this.#port.path, group, command };
    let refused: string | null = null;
    for (let attempt = 0; attempt < request.attempts; attempt++) {
      const reply = await this.#exchange(sequence, request, frame);
      if (reply === 'gone') throw new KeylineError('PULLED_OUT', '', context);
      if (reply === 'silent') continue;
      if ('payload' in reply) {
        const error = readSmpError(reply.payload);
        return error === null ? { ok: true, payload: reply.payload } : { ok: false, ...error, payload: reply.payload };
      }
      refused = reply.refused;
    }
    if (refused !== null) throw new KeylineError('PROTOCOL_VIOLATION', refused, context);
    throw new KeylineError('NO_ANSWER', '', context);
  }

  #nextSequence(): number {
    for (let i = 0; i < 256; i++) {
      this.#sequence = (this.#sequence + 1) & 0xff;
      if (!this.#waiting.has(this.#sequence)) return this.#sequence;
    }
    throw new Error('broken promise: at most 256 requests are under way');
  }

  #exchange(sequence: number, { op, group, command, timeoutMs }: SmpRequest, frame: Uint8Array): Promise<Reply> {
    return new Promise((resolve, reject) => {
      let cancel = () => {};
      let settled = false;
      const settle = (reply: Reply) => {
        settled = true;
        cancel();
        this.#waiting.delete(sequence);
        resolve(reply);
      };
      if (this.#gone) return resolve('gone');
      this.#waiting.set(sequence, { op, group, command, settle });
      this.#port.write(frame).then(
        () => {
          if (!settled) cancel = this.#clock.after(timeoutMs, () => settle('silent'));
        },
        (error: unknown) => {
          this.#waiting.delete(sequence);
          reject(error);
        },
      );
    });
  }

  #receive(bytes: Uint8Array): void {
    this.#heard.bytes += bytes.length;
    for (const item of this.#decoder.push(bytes)) {
      if (item.kind === 'message') this.#take(item.message);
      else if (!item.reason.startsWith('text')) this.#heard.damaged += 1;
    }
  }

  #take(message: Uint8Array): void {
    const decoded = decodeSmpMessage(message);
    const { header } = decoded;
    if (header === undefined) return;
    if (header.op === SMP_OP.read || header.op === SMP_OP.write) {
      this.#heard.requests += 1;
      return;
    }
    this.#heard.answers += 1;
    const waiting = this.#waiting.get(header.sequence);
    const versionFits = header.version === 1 || header.group < FIRST_APPLICATION_GROUP;
    if (
      waiting === undefined ||
      !versionFits ||
      header.op !== waiting.op + 1 ||
      header.group !== waiting.group ||
      header.command !== waiting.command
    )
      return;
    waiting.settle('refused' in decoded ? { refused: decoded.refused } : { payload: decoded.payload });
  }
}
