// `keyline` commands as processes of their own, for tests that kill them: what each said is kept, every end is bounded, and
// whatever still runs at the end is ended.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const KEYLINE = fileURLToPath(new URL('../../cli/bin.mjs', import.meta.url));
/** Any one command, milliseconds: ten times the slowest that was seen on two busy cores. */
const COMMAND_MS = 120_000;

export class Programs {
  /** What the programs said to people: for a test that fails. */
  readonly said: string[] = [];
  readonly #children = new Set<ChildProcess>();
  readonly #env: NodeJS.ProcessEnv;

  /** `env` stands beside this process's own: what a person keeps outside the data folder is not the tests' to write. */
  constructor(env: NodeJS.ProcessEnv = { XDG_STATE_HOME: join(tmpdir(), 'keyline-test-state') }) {
    this.#env = env;
    // Nothing outlives a run that was broken off.
    process.once('exit', () => {
      for (const child of this.#children) child.kill('SIGKILL');
    });
  }

  /** `env` as above, for this one. */
  start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    const child = spawn(process.execPath, [KEYLINE, ...args], {
      stdio: 'pipe',
      env: { ...process.env, ...this.#env, ...env },
    });
    this.#children.add(child);
    child.stdout.resume();
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.said.push(text.trimEnd()));
    child.once('close', () => this.#children.delete(child));
    return child;
  }

  /** Its last line of standard output. Throws where it does not end well. */
  async command(args: readonly string[], input = ''): Promise<string> {
    const child = this.start(args);
    let out = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    // A command that is refused early does not read what it was given.
    child.stdin?.on('error', () => {});
    child.stdin?.end(`${input}\n`);
    const code = await endOf(child);
    if (code !== 0)
      throw new Error(`keyline ${args.slice(0, 3).join(' ')} ended with ${code}: ${this.said.slice(-3).join(' | ')}`);
    return out.trim().split('\n').at(-1) ?? '';
  }

  /** A practice service at a port of its own choice, and the file of its CA. */
  async service(data: string): Promise<{ child: ChildProcess; url: string; caFile: string }> {
    const child = this.start(['service', '--practice', '--data', data, '--port', '0', '--json']);
    const answer = z.object({ url: z.string(), caFile: z.string() }).parse(JSON.parse(await firstLine(child.stdout)));
    return { child, ...answer };
  }

  /** A practice station with a CA of its own, enrolled with the service of folder `service`. */
  async practiceStation(data: string, service: string, address: { url: string; caFile: string }): Promise<void> {
    const printed = await this.command(['service', 'token', '--practice', '--data', service, '--json']);
    const { token } = z.object({ token: z.string() }).parse(JSON.parse(printed));
    const mine = ['--practice', '--data', data];
    const at = ['--service', address.url, '--ca', address.caFile];
    await this.command(['station', 'enrol', ...at, '--token-fd', '0', ...mine], token);
    await this.command(['ca', 'init', ...mine]);
  }

  async endAll(): Promise<void> {
    await Promise.all(
      [...this.#children].map((child) => {
        child.kill('SIGTERM');
        // One that stands still hears nothing else.
        child.kill('SIGCONT');
        return endOf(child);
      }),
    );
  }
}

/** Its exit code; at the limit it is killed, and has none. */
export async function endOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const kill = setTimeout(() => child.kill('SIGKILL'), COMMAND_MS);
  try {
    await once(child, 'close');
    return child.exitCode;
  } finally {
    clearTimeout(kill);
  }
}

/** The stream flows on after it, so that the program never writes into a closed pipe. */
export async function firstLine(stream: Readable | null): Promise<string> {
  if (!stream) throw new Error('this program has no such stream');
  const lines = createInterface({ input: stream });
  const gone = once(lines, 'close').then(() => Promise.reject(new Error('it ended without a word')));
  gone.catch(() => {});
  const [line] = await Promise.race([once(lines, 'line'), gone]);
  return String(line);
}

export function delay(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
