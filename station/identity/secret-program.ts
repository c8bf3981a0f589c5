// How a program that holds a secret is started: without a core file, which would hold it too, and with its orders on its
// standard input. Refuses nothing by itself: whoever starts one says what it means that it did not start.
import { type ChildProcess, spawn } from 'node:child_process';

export interface SecretProgram {
  readonly command: string;
  readonly args: readonly string[];
}

export interface ProgramStart {
  readonly stdio: readonly ('pipe' | 'ignore')[];
  readonly env: NodeJS.ProcessEnv;
  /** After so long it is killed. Absent: whoever started it sees to that. */
  readonly limitMs?: number;
}

/** Where there is a shell it takes away the core file first. */
export function withoutCore(node: string, args: readonly string[]): SecretProgram {
  if (process.platform === 'win32') return { command: node, args };
  return { command: '/bin/sh', args: ['-c', 'ulimit -c 0; exec "$0" "$@"', node, ...args] };
}

/** Nothing of this process's environment but what Windows needs to start a program at all. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return process.platform === 'win32' && SystemRoot !== undefined ? { SystemRoot } : {};
}

/**
 * The program, or why the system starts none: without descriptors or memory it says so by an exception, or by a process
 * without a number. To kill one of those is to kill every process of this one's group.
 */
export function startProgram(
  { command, args }: SecretProgram,
  { stdio, env, limitMs }: ProgramStart,
): ChildProcess | Error {
  try {
    const end = { timeout: limitMs, killSignal: 'SIGKILL' as const };
    const child = spawn(command, args, { stdio: [...stdio], windowsHide: true, env, ...end });
    if (child.pid !== undefined) return child;
    child.once('error', () => {});
    return new Error('the system starts no program');
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause));
  }
}
