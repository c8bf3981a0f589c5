// Has a PKCS#12 file opened by a process of its own, and says on the terminal that it is under way: a file with many
// rounds takes seconds. Ctrl+C ends that process, and nothing has changed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { KeylineError } from '../domain/errors.ts';
import { ErrorCodeText } from '../domain/station-event.ts';
import type { Secret } from '../station/identity/secret.ts';
import type { Use } from './surroundings.ts';

/** Characters of an answer: a key and the most certificates that a file may hold. */
const MAX_ANSWER = 1_000_000;
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
  const child = spawn(process.execPath, [entry], { stdio: ['pipe', 'pipe', 'ignore'], env: {} });
  let cancelled = false;
  const stopListening = use.onInterrupt(() => {
    cancelled = true;
    child.kill('SIGKILL');
  });
  const stopTelling = tell(use);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (text.length > MAX_ANSWER) child.kill('SIGKILL');
  });
  // A child that has just been killed: its end tells the rest.
  child.stdin.on('error', () => {});
  const ended = once(child, 'close');
  const order = framed([file, passphrase.bytes, own.bytes]);
  child.stdin.end(order);
  try {
    await ended;
  } finally {
    order.fill(0);
    stopTelling();
    stopListening();
  }
  if (cancelled) throw new KeylineError('CANCELLED');
  return read(text);
}

function read(text: string): OpenedPkcs12 {
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
  const order = Buffer.alloc(parts.reduce((sum, { length }) => sum + 4 + length, 0));
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
