// A screen that nobody sees, for windows of tests and pictures: Xvfb, where there is X.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Room for the window of every test. */
const SCREEN = '1920x1200x24';

export interface HiddenScreen {
  /** X display that windows open on, or null where a window needs none. */
  readonly display: string | null;
  readonly end: () => Promise<void>;
}

/** Throws where Xvfb is wanted and is not there. */
export async function startScreen(): Promise<HiddenScreen> {
  if (process.platform !== 'linux') return { display: null, end: async () => {} };
  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'];
  const xvfb: ChildProcess = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const missing = new Error('Xvfb does not start: install it (Debian: apt-get install xvfb).');
  const ended = Promise.race([once(xvfb, 'exit'), once(xvfb, 'error')]);
  const [number] = await Promise.race([
    once(xvfb.stdio[3] as NodeJS.ReadableStream, 'data'),
    ended.then(() => Promise.reject(missing)),
  ]);
  return {
    display: `:${String(number).trim()}`,
    async end() {
      xvfb.kill();
      await ended;
    },
  };
}
