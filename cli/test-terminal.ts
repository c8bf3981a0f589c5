// A world for the tests of commands: a terminal that remembers, a folder of its own, a clock that never waits.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeylineError } from '../domain/errors.ts';
import type { Clock } from '../domain/seams.ts';
import { Secret } from '../station/identity/secret.ts';
import { systemRandom } from '../station/random.ts';
import { newRegistry } from './command-line.ts';
import { runCommandLine } from './command-program.ts';
import type { Keyring } from './keyring.ts';
import type { World } from './surroundings.ts';

export interface TestWorld {
  readonly world: World;
  /** The folder that all is in; `dispose` removes it. */
  readonly dir: string;
  readonly answers: string[];
  readonly said: string[];
  /** What is typed at the next hidden prompts. */
  readonly typed: (string | null)[];
  /** Runs a command on the world's data folder; its exit code, answers and words. */
  keyline(...args: string[]): Promise<{ code: number; answers: string[]; said: string[] }>;
  dispose(): void;
}

/** 2026-11-22T12:00:00Z: past this version's build time. */
const NOW_MS = Date.UTC(2026, 10, 22, 12);

/** Every wait is over at the next turn of the event loop, and has taken as long as it should. */
function hastyClock(): Clock {
  let passedMs = 0;
  return {
    nowMs: () => NOW_MS + passedMs,
    monotonicMs: () => passedMs,
    after(delayMs, act) {
      const turn = setImmediate(() => {
        passedMs += delayMs;
        act();
      });
      return () => clearImmediate(turn);
    },
  };
}

/** A keyring that remembers while the test runs. */
function rememberingKeyring(): Keyring {
  const kept = new Map<string, string>();
  return {
    async read(name) {
      const text = kept.get(name);
      if (text === undefined) throw new KeylineError('KEYRING_EMPTY', name);
      return Secret.fromText(text);
    },
    store: async (name, secret) => void kept.set(name, secret.bytes.toString()),
    forget: async (name) => kept.delete(name),
  };
}

export function testWorld(): TestWorld {
  const dir = mkdtempSync(join(tmpdir(), 'keyline-cli-test-'));
  const answers: string[] = [];
  const said: string[] = [];
  const typed: (string | null)[] = [];
  const world: World = {
    terminal: {
      answer: (line) => void answers.push(line),
      say: (line) => void said.push(line),
      draw: (text) => void said.push(text),
      drawable: false,
      columns: () => 80,
      readHidden: async () => {
        const line = typed.shift() ?? null;
        return line === null ? null : Buffer.from(line);
      },
    },
    around: { platform: process.platform, env: { KEYLINE_DATA: join(dir, 'station') }, homeDir: dir },
    clock: hastyClock(),
    random: systemRandom,
    node: process.execPath,
    keyring: rememberingKeyring(),
    onInterrupt: () => () => {},
    leave() {},
  };
  return {
    ...{ world, dir, answers, said, typed },
    async keyline(...args) {
      answers.length = 0;
      said.length = 0;
      const code = await runCommandLine(args, newRegistry(world));
      return { code, answers: [...answers], said: [...said] };
    },
    dispose: () => rmSync(dir, { recursive: true, force: true }),
  };
}
