// A screen that nobody sees, for windows of tests and pictures: Xvfb, where there is X. It ends with the process that
// started it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

/** Room for the window of every test. */
const SCREEN = '1920x1200x24';

/** A screen in memory is there in a tenth of a second. */
const SCREEN_LIMIT_MS = 10_000;

/** The shell's input ends with the process that started it, however hard that one ends. */
const WITH_PARENT = 'Xvfb "$@" & cat >/dev/null; kill $!';

export interface HiddenScreen {
  /** X display that windows open on, or null where a window needs none. */
  readonly display: string | null;
  readonly end: () => Promise<void>;
}

/** Throws where Xvfb is wanted and is not there. */
export async function startScreen(): Promise<HiddenScreen> {
  if (process.platform !== 'linux') return { display: null, end: async () => {} };
  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset'];
  const shell = spawn('sh', ['-c', WITH_PARENT, 'sh', ...args], { stdio: ['pipe', 'ignore', 'ignore', 'pipe'] });
  const ended = once(shell, 'exit');
  const number = await Promise.race([once(shell.stdio[3] as Readable, 'data'), pause(SCREEN_LIMIT_MS, null)]);
  const end = async () => {
    shell.stdin?.end();
    await ended;
  };
  if (number === null) {
    await end();
    throw new Error('Xvfb does not start: install it (Debian: apt-get install xvfb xauth).');
  }
  return { display: `:${String(number[0]).trim()}`, end };
}
