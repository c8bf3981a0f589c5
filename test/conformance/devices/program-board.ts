// A board that is a program: its serial line on standard input and output, its memory in a file that outlives it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { Board } from '../device-under-test.ts';

/** The memory file goes with the board. */
export function programBoard(program: string, args: readonly string[], memory: string): Board {
  let running: ChildProcess | null = null;
  const off = async () => {
    const child = running;
    running = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  };
  return {
    async open() {
      await off();
      const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
      running = child;
      await once(child, 'spawn');
      // What is written to a board without power is lost.
      child.stdin.on('error', () => {});
      return {
        write: (bytes) => void child.stdin.write(bytes),
        listen: (heard) => void child.stdout.on('data', heard),
      };
    },
    kill: off,
    async close() {
      await off();
      rmSync(memory, { force: true });
    },
  };
}
