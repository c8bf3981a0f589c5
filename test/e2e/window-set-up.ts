// Once for all window tests: the app packed as it ships but for the inspector, and a screen that nobody sees.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestProject } from 'vitest/node';
import { electronRuntime } from '../../scripts/electron-runtime.mjs';
import { packApp } from '../../scripts/package.mjs';
import { buildWindow } from '../../scripts/window.mjs';

/** Room for the window of every test. */
const SCREEN = '1920x1200x24';

export interface PackedApp {
  /** Path of the packed app's program. */
  readonly program: string;
  /** X display that windows open on, or null where a window needs none. */
  readonly display: string | null;
}

declare module 'vitest' {
  interface ProvidedContext {
    packedApp: PackedApp;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const electron = await electronRuntime();
  if (electron === null) throw new Error('There is no Electron to test with.');
  if ((await buildWindow()) !== 0) throw new Error('The app does not build.');
  const program = await packApp(electron, true);
  if (program === null) throw new Error('The app cannot be packed.');
  const { display, end } = await startScreen();
  project.provide('packedApp', { program, display });
  return end;
}

async function startScreen(): Promise<{ display: string | null; end: () => Promise<void> }> {
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
