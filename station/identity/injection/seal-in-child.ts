// Has a key made and sealed by a short-lived program, one a board (ADR 11): the private key and, in PSK mode, what the
// program does with it are never in this process. Bounded in time and answer; nothing secret in arguments or environment.
import type { ChildProcess } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert, KeylineError } from '../../../domain/errors.ts';
import type { Clock } from '../../../domain/seams.ts';
import { isP256Spki } from '../../../pki/p256.ts';
import { bareEnvironment, startProgram, withoutCore } from '../secret-program.ts';
import { ANSWER_BYTES, decodeAnswer, encodeOrder, type SealedKey, type SealingOrder } from './sealing-message.ts';

/** Seals one new key. Throws KEY_NOT_SEALED. */
export type Seal = (order: SealingOrder) => Promise<SealedKey>;

/** A start of Node takes 0.1 s; a hundred times that on a computer that does everything at once. */
const LIMIT_MS = 10_000;

/** May read its own files, and nothing more: no file written, no program started, no inspector (Node's permission model). */
const NODE_OPTIONS = ['--permission', '--allow-fs-read=*', '--disable-sigusr1', '--no-warnings'];

const ENTRY = fileURLToPath(new URL(`./sealing-process${extname(import.meta.url)}`, import.meta.url));

/** Programs at a time: each takes 45 MB and a core. Further boards wait, of which there are as many as slots. */
const MOST_AT_ONCE = 4;

/** `node` is a Node 24 program: Electron's own is none where the app is packed. */
export function sealInChild(node: string, clock: Clock): Seal {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (order) => {
    if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await seal(node, clock, order);
    } finally {
      // Its place goes to the next that waits, or is free.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

async function seal(node: string, clock: Clock, order: SealingOrder): Promise<SealedKey> {
  const input = encodeOrder(order);
  const child = startProgram(withoutCore(node, [...NODE_OPTIONS, ENTRY]), {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: bareEnvironment(),
  });
  if (child instanceof Error) {
    input.fill(0);
    throw new KeylineError('KEY_NOT_SEALED', 'the sealing program did not start', {}, child);
  }
  try {
    const answered = answerOf(child, clock);
    give(child, input);
    const sealed = decodeAnswer(await answered);
    if (!sealed || !isP256Spki(sealed.spki)) throw new KeylineError('KEY_NOT_SEALED', 'no sealed key came');
    return sealed;
  } finally {
    input.fill(0);
    child.kill('SIGKILL');
  }
}

/** It is wiped when the program has answered or ended: until then it may still be on its way. */
function give(child: ChildProcess, input: Uint8Array): void {
  const { stdin } = child;
  assert(stdin, 'the program has a standard input');
  // A program that has just died: its end tells.
  stdin.on('error', () => {});
  stdin.end(input);
}

function answerOf(child: ChildProcess, clock: Clock): Promise<Uint8Array> {
  const { stdout } = child;
  assert(stdout, 'the program has a standard output');
  return new Promise((resolve, reject) => {
    const fail = (detail: string) => reject(new KeylineError('KEY_NOT_SEALED', detail));
    const cancel = clock.after(LIMIT_MS, () => {
      fail('the sealing program took too long');
      child.kill('SIGKILL');
    });
    const parts: Buffer[] = [];
    let length = 0;
    stdout.on('data', (part: Buffer) => {
      length += part.length;
      if (length <= ANSWER_BYTES) parts.push(part);
      else child.kill('SIGKILL');
    });
    child.once('error', () => {
      cancel();
      fail('the sealing program did not start');
    });
    child.once('close', (code) => {
      cancel();
      if (code === 0) resolve(Buffer.concat(parts));
      else fail(`the sealing program ended with ${code}`);
    });
  });
}
