// The command `keyline` as a process of its own, as a person or a program starts it: what it answered, what it said, how
// it ended. Every run is bounded.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';

const KEYLINE = fileURLToPath(new URL('../../cli/bin.mjs', import.meta.url));
/** Recipe of the practice lot. */
export const RECIPE = fileURLToPath(new URL('../../examples/aq-200/recipe.json', import.meta.url));
/** Any one command, milliseconds: thrice the slowest that was seen, all faults on two busy cores. */
const COMMAND_MS = 150_000;
/** One that serves for as long as its file's tests take, milliseconds. */
const SERVING_MS = 900_000;

export interface KeylineOptions {
  /** One text for each file descriptor from 3 on. */
  readonly secrets?: readonly string[];
  /** Hears every line of standard error while the command runs. */
  readonly onSaid?: (line: string) => void;
  /** Ends the command politely. */
  readonly signal?: AbortSignal;
}

export interface Ended {
  readonly exitCode: number | null;
  /** Last line of standard output; empty without any. */
  readonly lastLine: string;
  /** Standard error. */
  readonly said: readonly string[];
}

/** Runs one command to its end. */
export async function keyline(args: readonly string[], options: KeylineOptions = {}): Promise<Ended> {
  const child = start(args, options.secrets ?? []);
  const bound = setTimeout(() => child.kill('SIGKILL'), COMMAND_MS);
  options.signal?.addEventListener('abort', () => child.kill('SIGTERM'));
  const closed = once(child, 'close');
  const said: string[] = [];
  const heard = eachLine(child.stderr, (line) => {
    said.push(line);
    options.onSaid?.(line);
  });
  let lastLine = '';
  const answered = eachLine(child.stdout, (line) => {
    lastLine = line;
  });
  try {
    await Promise.all([heard, answered]);
    const [exitCode] = await closed;
    return { exitCode, lastLine, said };
  } finally {
    clearTimeout(bound);
  }
}

/** Runs one command with --json; its answer as `schema` reads it. Throws with what it said when there is none. */
export async function keylineJson<T>(
  schema: z.ZodType<T>,
  args: readonly string[],
  options: KeylineOptions = {},
): Promise<Ended & { readonly answer: T }> {
  const ended = await keyline([...args, '--json'], options);
  const answer = schema.safeParse(ended.lastLine === '' ? null : JSON.parse(ended.lastLine));
  if (!answer.success) throw new Error(`${args.slice(0, 2).join(' ')}: ${ended.lastLine} ${ended.said.join(' ')}`);
  return { ...ended, answer: answer.data };
}

export interface Serving<T> {
  readonly answer: T;
  /** Ends it politely; settles with its exit code. */
  stop(): Promise<number | null>;
}

/** Starts a command that serves until it is ended, and waits for its first line. */
export async function keylineServing<T>(schema: z.ZodType<T>, args: readonly string[]): Promise<Serving<T>> {
  const child = start([...args, '--json'], []);
  const closed = once(child, 'close');
  const bound = setTimeout(() => child.kill('SIGKILL'), SERVING_MS);
  const said: string[] = [];
  void eachLine(child.stderr, (line) => said.push(line));
  const first = Promise.withResolvers<string>();
  void eachLine(child.stdout, first.resolve);
  closed.then(() => first.reject(new Error(said.join(' '))), first.reject);
  return {
    answer: schema.parse(JSON.parse(await first.promise)),
    async stop() {
      child.kill('SIGTERM');
      const [exitCode] = await closed;
      clearTimeout(bound);
      return exitCode;
    },
  };
}

function start(args: readonly string[], secrets: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [KEYLINE, ...args], {
    // What a person keeps outside the data folder is not the tests' to write.
    env: { ...process.env, XDG_STATE_HOME: join(tmpdir(), 'keyline-test-state') },
    stdio: ['ignore', 'pipe', 'pipe', ...secrets.map(() => 'pipe' as const)],
  });
  for (const [index, secret] of secrets.entries()) {
    const pipe = child.stdio[3 + index];
    // A command that is refused early does not read what it was given.
    pipe?.on('error', () => {});
    if (pipe && 'end' in pipe) pipe.end(`${secret}\n`);
  }
  return child;
}

/** Settles when the stream ends. */
async function eachLine(stream: NodeJS.ReadableStream | null, hear: (line: string) => void): Promise<void> {
  if (stream) for await (const line of createInterface({ input: stream })) hear(line);
}
