// The station's end of one token process: starts it, sends it one request at a time, and ends it when it says nothing
// in time, says what no token process says, or dies. After that every request is SIGNER_UNREACHABLE: a new process is
// the only way back, and that takes the PIN again.
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { KeylineError } from '../../../domain/errors.ts';
import type { Clock } from '../../../domain/seams.ts';
import { type SecretProgram, startProgram, withoutCore } from '../secret-program.ts';
import { type Frame, FrameReader, jsonOf, KIND } from './token-frames.ts';
import { Refusal } from './token-messages.ts';

/** Requests that may wait: one a slot, 64 at most, and one each for the claim, a test and a checkpoint. */
const MOST_WAITING = 67;

/** What the process may still do after its input has ended, before it is killed. */
const END_MS = 2_000;

export type TokenProgram = SecretProgram;

interface Waiting {
  readonly settle: (answer: Frame | KeylineError) => void;
}

export class TokenLink {
  readonly #clock: Clock;
  readonly #child: ChildProcess;
  readonly #frames = new FrameReader();
  readonly #ended: Promise<void>;
  /** Requests are sent one after the other: a token has one session. */
  #turn: Promise<unknown> = Promise.resolve();
  #queued = 0;
  #waiting: Waiting | null = null;
  #fallen: KeylineError | null = null;

  /** Throws SIGNER_UNREACHABLE where the system starts no program. */
  constructor(clock: Clock, program: TokenProgram = tokenProgram()) {
    this.#clock = clock;
    // Answers come over the fourth: modules of vendors print on the second and third. They read this process's environment.
    const child = startProgram(program, { stdio: ['pipe', 'ignore', 'ignore', 'pipe'], env: process.env });
    if (child instanceof Error) throw gone('it does not start', child);
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (cause) => {
        this.#fall(gone('it does not start', cause));
        resolve();
      });
      // Its last words are read first. A module may have left a process behind that holds them open.
      let cancel = () => {};
      this.#child.once('exit', () => {
        cancel = clock.after(END_MS, () => this.#output.destroy());
      });
      this.#child.once('close', (code, signal) => {
        cancel();
        this.#fall(gone(`it ended by ${signal ?? `exit ${code}`}`));
        resolve();
      });
    });
    // A command that was refused ends, whatever it had opened. While a request waits its time limit keeps this awake.
    this.#child.unref();
    for (const stream of [this.#input, this.#output])
      if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
    this.#input.on('error', () => {});
    this.#output.on('data', (chunk: Buffer) => this.#hear(chunk));
    this.#output.on('error', () => {});
  }

  /** Process id, for tests that end it the hard way. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Sends the frames and waits for one answer. Throws SIGNER_UNREACHABLE and what the process refuses. */
  async ask(frames: readonly Buffer[], limitMs: number): Promise<Frame> {
    if (this.#queued === MOST_WAITING) throw gone('too many requests wait for it');
    this.#queued++;
    const asked = this.#turn.then(() => this.#exchange(frames, limitMs));
    this.#turn = asked.catch(() => {});
    try {
      return await asked;
    } finally {
      this.#queued--;
    }
  }

  /** Lets it end by itself, else kills it; settles when it has gone. */
  async close(): Promise<void> {
    this.#fallen ??= gone('it was closed');
    this.#input.end();
    const cancel = this.#clock.after(END_MS, () => this.#child.kill('SIGKILL'));
    await this.#ended;
    cancel();
  }

  async #exchange(frames: readonly Buffer[], limitMs: number): Promise<Frame> {
    if (this.#fallen) throw this.#fallen;
    const { promise, resolve } = Promise.withResolvers<Frame | KeylineError>();
    const late = () => this.#fall(gone(`no answer within ${limitMs / 1000} s`));
    const cancel = this.#clock.after(limitMs, late);
    this.#waiting = { settle: resolve };
    for (const frame of frames) this.#input.write(frame);
    const answer = await promise;
    this.#waiting = null;
    cancel();
    if (answer instanceof KeylineError) throw answer;
    if (answer.kind === KIND.refusal) throw this.#refused(answer.payload);
    return answer;
  }

  #refused(payload: Buffer): KeylineError {
    const refusal = Refusal.safeParse(jsonOf(payload));
    if (refusal.success) return new KeylineError(refusal.data.code, refusal.data.detail);
    const odd = gone('it answers outside its format');
    this.#fall(odd);
    return odd;
  }

  #hear(chunk: Buffer): void {
    const frames = this.#frames.take(chunk);
    if (frames === 'broken' || frames.length > (this.#waiting ? 1 : 0))
      return this.#fall(gone('it answers outside its format'));
    const [answer] = frames;
    if (answer) this.#waiting?.settle(answer);
  }

  /** It is not asked again: whatever it still says belongs to nobody. */
  #fall(why: KeylineError): void {
    this.#fallen ??= why;
    this.#child.kill('SIGKILL');
    this.#waiting?.settle(this.#fallen);
  }

  get #input(): Writable {
    return this.#child.stdin as Writable;
  }

  get #output(): Readable {
    return this.#child.stdio[3] as Readable;
  }
}

function gone(why: string, cause?: unknown): KeylineError {
  return new KeylineError('SIGNER_UNREACHABLE', `the token process: ${why}`, {}, cause);
}

/** Node 24 on the token program beside this file. A core file of a module that crashes would hold the PIN. */
function tokenProgram(): TokenProgram {
  const program = fileURLToPath(new URL(`./token-process${extname(import.meta.url)}`, import.meta.url));
  return withoutCore(node24(), [program]);
}

/** This process's own, but for Electron's, which runs no program of ours: the one that a package brings (ADR 9). */
function node24(): string {
  if (process.versions.electron === undefined) return process.execPath;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const packed = 'resourcesPath' in process ? join(String(process.resourcesPath), 'node', name) : '';
  if (existsSync(packed)) return packed;
  return join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', name);
}
