// One request at a time with a board over its byte channel. Every answer is held to the clauses that all answers keep:
// framing (1.2, 1.3), header and CBOR (2.1, 2.2), that it answers this request (2.3).
import { randomBytes } from 'node:crypto';
import type { Board } from './device-under-test.ts';
import { Disagreement } from './disagreement.ts';
import { type Bytes, hex } from './wire/bytes.ts';
import { type CborFields, cbor } from './wire/cbor-bytes.ts';
import {
  type Answer,
  ECHO,
  HEADER_BYTES,
  type Head,
  messageOf,
  OS,
  PARAMETERS,
  READ,
  RESET,
  readMessage,
  V2,
  WRITE,
} from './wire/message.ts';
import { onTheLine, PacketReader } from './wire/packet.ts';

/** Ten times the slowest answer of an emulated Cortex-M3, an injection, on two busy cores. */
const ANSWER_MS = 10_000;
/** How long one question "are you there" waits; a board starts within MAX_TRIES of them. */
const THERE_MS = 100;
const MAX_TRIES = 100;
/** What a failed case shows. */
const TRANSCRIPT_LINES = 12;

export interface Asked {
  readonly op: number;
  readonly group: number;
  readonly command: number;
  /** Ready bytes where the payload is broken on purpose. */
  readonly payload: CborFields | Uint8Array;
  readonly version?: number;
  readonly sequence?: number;
}

export class Conversation {
  readonly #board: Board;
  #write: (bytes: Uint8Array) => void = () => {};
  #reader = new PacketReader();
  #answers: Answer[] = [];
  #broken: unknown = null;
  #heard: () => void = () => {};
  #sequence = 0;
  #messageBytes = 0;
  /** The last messages, hex; `>` to the device. */
  readonly transcript: string[] = [];

  constructor(board: Board) {
    this.#board = board;
  }

  /** Power on, and until the device answers. */
  async open(): Promise<void> {
    this.#forget();
    const channel = await this.#board.open();
    this.#write = (bytes) => channel.write(bytes);
    channel.listen((bytes) => this.#hear(bytes));
    await this.untilThere();
    this.#messageBytes = (await this.#bufferSize()) - 4;
  }

  /** Bytes of the largest message (2.6). */
  get messageBytes(): number {
    return this.#messageBytes;
  }

  /** Text that stood between the packets. */
  get text(): readonly string[] {
    return this.#reader.text;
  }

  /** By the reset command (3.1), and until the device answers again. */
  async restart(): Promise<void> {
    await this.ask({ op: WRITE, group: OS, command: RESET, payload: {} });
    await this.untilThere();
  }

  /** The power is cut now; what was on the line is lost. */
  async kill(): Promise<void> {
    this.#write = () => {};
    await this.#board.kill();
    this.#forget();
  }

  message(asked: Asked): { head: Head; bytes: Bytes } {
    const { op, group, command, payload, version = V2, sequence = this.#nextSequence() } = asked;
    const head = { op, version, flags: 0, group, sequence, command };
    return { head, bytes: messageOf(head, payload instanceof Uint8Array ? payload : cbor(payload)) };
  }

  async ask(asked: Asked): Promise<Answer> {
    const { head, bytes } = this.message(asked);
    this.note('>', bytes);
    this.send(onTheLine(bytes));
    return this.answerTo(head);
  }

  /** Bytes as they are. */
  send(bytes: Uint8Array): void {
    this.#write(bytes);
  }

  /** The next answer, which must be the one to this request. */
  async answerTo(head: Head): Promise<Answer> {
    const answer = await this.next(ANSWER_MS);
    if (answer === null) throw new Disagreement('an answer', `none in ${ANSWER_MS} ms`, '2.7');
    const [want, got] = [{ ...head, op: head.op + 1 }, answer].map(
      ({ op, version, group, sequence, command }) => `${op}/${version}/${group}/${sequence}/${command}`,
    );
    if (want !== got) throw new Disagreement(`an answer op/version/group/sequence/command ${want}`, `${got}`, '2.3');
    if (this.#messageBytes > 0 && answer.bytes.length > this.#messageBytes)
      throw new Disagreement(`at most ${this.#messageBytes} bytes`, `${answer.bytes.length}`, '2.6');
    return answer;
  }

  /** Null when nothing comes within `withinMs`. */
  async next(withinMs: number): Promise<Answer | null> {
    if (this.#answers.length === 0 && this.#broken === null) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        this.#heard = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#heard = () => {};
    }
    if (this.#broken !== null) throw this.#broken;
    return this.#answers.shift() ?? null;
  }

  /** What the device must not answer: the next answer is that of the echo behind it (1.4). */
  async unanswered(bytes: Uint8Array): Promise<void> {
    this.send(bytes);
    await this.echo();
  }

  /** What came before the answer of an echo that is sent behind it all; asked again while buffers may be full. */
  async untilEcho(): Promise<Answer[]> {
    const heard: Answer[] = [];
    const first = await this.next(ANSWER_MS);
    if (first) heard.push(first);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const { head, bytes } = this.message({ op: WRITE, group: OS, command: ECHO, payload: { d: 'end' } });
      this.note('>', bytes);
      this.send(onTheLine(bytes));
      for (let answer = await this.next(THERE_MS); answer !== null; answer = await this.next(THERE_MS)) {
        if (answer.sequence === head.sequence) return heard;
        heard.push(answer);
      }
    }
    throw new Disagreement('an answer to an echo', 'none', '1.4');
  }

  /** What a clause leaves open: the device may answer it or not, and goes on. Its answers. */
  async tolerated(bytes: Uint8Array): Promise<Answer[]> {
    this.send(bytes);
    const { head, bytes: end } = this.message({ op: WRITE, group: OS, command: ECHO, payload: { d: 'end' } });
    this.send(onTheLine(end));
    const heard: Answer[] = [];
    for (let answer = await this.next(ANSWER_MS); answer !== null; answer = await this.next(ANSWER_MS)) {
      if (answer.sequence === head.sequence) return heard;
      heard.push(answer);
    }
    throw new Disagreement('an answer to an echo', 'none', '1.4');
  }

  async echo(text = randomBytes(6).toString('hex'), version = V2): Promise<void> {
    const answer = await this.ask({ op: WRITE, group: OS, command: ECHO, payload: { d: text }, version });
    if (answer.payload.get('r') !== text) throw new Disagreement(`r: ${text}`, String(answer.payload.get('r')), '3.1');
  }

  note(way: '>' | '<', message: Uint8Array): void {
    this.transcript.push(`${way} ${hex(message)}`);
    if (this.transcript.length > TRANSCRIPT_LINES) this.transcript.shift();
  }

  #nextSequence(): number {
    this.#sequence = (this.#sequence + 1) & 0xff;
    return this.#sequence;
  }

  #hear(bytes: Uint8Array): void {
    try {
      for (const message of this.#reader.push(bytes)) {
        this.note('<', message);
        this.#answers.push(readMessage(message));
      }
    } catch (broken) {
      this.#broken = broken;
    }
    if (this.#answers.length > 0 || this.#broken !== null) this.#heard();
  }

  #forget(): void {
    this.#reader = new PacketReader();
    this.#answers = [];
    this.#broken = null;
  }

  /** Echoes until one is answered; those before it were answered before it, or never will be. */
  async untilThere(): Promise<void> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const text = randomBytes(6).toString('hex');
      const { bytes } = this.message({ op: WRITE, group: OS, command: ECHO, payload: { d: text } });
      this.send(onTheLine(bytes));
      const until = performance.now() + THERE_MS;
      for (let left = THERE_MS; left > 0; left = until - performance.now()) {
        const answer = await this.next(left);
        if (answer?.payload.get('r') === text) return;
        if (answer === null) break;
      }
    }
    throw new Disagreement('an answer to an echo after the start', 'none', '3.1');
  }

  async #bufferSize(): Promise<number> {
    const answer = await this.ask({ op: READ, group: OS, command: PARAMETERS, payload: {} });
    const size = answer.payload.get('buf_size');
    if (typeof size !== 'number' || size < HEADER_BYTES + 4) throw new Disagreement('buf_size', String(size), '3.1');
    return size;
  }
}
