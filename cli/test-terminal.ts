// A world for the tests of commands: a terminal that remembers, a folder of its own, a clock that never waits.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../domain/seams.ts';
import { systemRandom } from '../station/random.ts';
import { newRegistry } from './command-line.ts';
import { runCommandLine } from './command-program.ts';
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
      readHidden: async () => typed.shift() ?? null,
    },
    around: { platform: process.platform, env: { KEYLINE_DATA: join(dir, 'station') }, homeDir: dir },
    clock: hastyClock(),
    random: systemRandom,
    node: process.execPath,
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
