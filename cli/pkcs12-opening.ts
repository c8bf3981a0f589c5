// Has a PKCS#12 file opened by a process of its own, and says on the terminal that it is under way: a file with many
// rounds takes seconds. Ctrl+C ends that process, and nothing has changed. Bounded in time and answer.
import type { ChildProcess } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { KeylineError } from '../domain/errors.ts';
import { ErrorCodeText } from '../domain/station-event.ts';
import { type Secret, secretBytes } from '../station/identity/secret.ts';
import { bareEnvironment, startProgram, withoutCore } from '../station/identity/secret-program.ts';
import type { Use } from './surroundings.ts';

/** Characters of an answer: a key and the most certificates that a file may hold. */
const MAX_ANSWER = 1_000_000;
/** Its budget of rounds takes some 10 s; ten times that on a computer that does everything at once. */
const LIMIT_MS = 120_000;
/** How often a terminal is told that it still goes on. */
const TELL_MS = 1_000;

const Pkcs12Answer = z.union([
  z.strictObject({ encryptedKey: z.string(), spki: z.string(), certificates: z.array(z.string()) }),
  z.strictObject({ code: ErrorCodeText, detail: z.string() }),
]);
export type Pkcs12Answer = z.infer<typeof Pkcs12Answer>;

export interface OpenedPkcs12 {
  /** PEM of our own encryption, under this station's passphrase. */
  readonly encryptedKey: string;
  /** DER. */
  readonly spki: Uint8Array;
  readonly certificates: readonly Uint8Array[];
}

/** Both secrets are borrowed. Throws P12_*, CA_KEY_KIND, CANCELLED. */
export async function openPkcs12(use: Use, file: Uint8Array, passphrase: Secret, own: Secret): Promise<OpenedPkcs12> {
  const entry = fileURLToPath(new URL(`./pkcs12-child${extname(import.meta.url)}`, import.meta.url));
  // Nothing of this process's surroundings: no options of Node, no place for a dump.
  const child = startProgram(withoutCore(use.node, [entry]), {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: bareEnvironment(),
    limitMs: LIMIT_MS,
  });
  if (child instanceof Error) throw new KeylineError('P12_UNREADABLE', 'no program can be started', {}, child);
  let cancelled = false;
  const stopListening = use.onInterrupt(() => {
    cancelled = true;
    child.kill('SIGKILL');
  });
  const stopTelling = tell(use);
  const order = framed([file, passphrase.bytes, own.bytes]);
  try {
    const said = answerOf(child);
    // A child that has just been killed: its end tells the rest.
    child.stdin?.on('error', () => {}).end(order);
    const text = await said;
    if (cancelled) throw new KeylineError('CANCELLED');
    return read(text);
  } finally {
    order.fill(0);
    stopTelling();
    stopListening();
  }
}

/** All that it said, or empty where it did not end well. */
function answerOf(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (text.length > MAX_ANSWER) child.kill('SIGKILL');
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(''));
    child.once('close', (code) => resolve(code === 0 ? text : ''));
  });
}

function read(text: string): OpenedPkcs12 {
  // A file that no program gets to the end of: out of memory, or out of time.
  if (text === '') throw new KeylineError('P12_UNREADABLE', 'the program that opens it did not get to its end');
  const answer = Pkcs12Answer.parse(JSON.parse(text));
  if ('code' in answer) throw new KeylineError(answer.code, answer.detail);
  const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
  return {
    encryptedKey: answer.encryptedKey,
    spki: bytes(answer.spki),
    certificates: answer.certificates.map(bytes),
  };
}

function framed(parts: readonly Uint8Array[]): Buffer {
  const order = secretBytes(parts.reduce((sum, { length }) => sum + 4 + length, 0));
  let at = 0;
  for (const part of parts) {
    order.writeUInt32BE(part.length, at);
    order.set(part, at + 4);
    at += 4 + part.length;
  }
  return order;
}

function tell({ terminal, clock }: Use): () => void {
  terminal.say('Opening the PKCS#12 file. Ctrl+C ends it and changes nothing.');
  if (!terminal.drawable) return () => {};
  const startMs = clock.monotonicMs();
  let cancel = () => {};
  let drawn = false;
  const next = () => {
    cancel = clock.after(TELL_MS, () => {
      drawn = true;
      terminal.draw(`\r${Math.round((clock.monotonicMs() - startMs) / 1000)} s `);
      next();
    });
  };
  next();
  return () => {
    cancel();
    if (drawn) terminal.draw('\n');
  };
}
