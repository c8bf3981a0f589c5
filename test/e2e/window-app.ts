// The app as a person opens it, on a screen of its own that nobody sees, with data and settings of its own. Ends with
// every program that it started.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { electronRuntime } from '../../scripts/electron-runtime.mjs';
import { buildWindow, windowArguments } from '../../scripts/window.mjs';

/** The reference drawings' size. */
const SCREEN = '1440x900x24';

export interface WindowApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly dataDir: string;
  /** Presses the window's close button and answers yes; settles when all has ended. */
  close(): Promise<void>;
}

/** Builds the app and opens it. Throws when there is no Electron or no Xvfb. */
export async function openWindowApp(): Promise<WindowApp> {
  const electron = await electronRuntime();
  if (electron === null || (await buildWindow()) !== 0) throw new Error('there is no app to open');
  const folder = mkdtempSync(join(tmpdir(), 'keyline-window-'));
  const dataDir = join(folder, 'data');
  const { display, end } = await startScreen();
  const app = await _electron.launch({
    executablePath: electron,
    args: [`--user-data-dir=${join(folder, 'settings')}`, ...windowArguments()],
    env: { ...namedEnvironment(), DISPLAY: display, KEYLINE_DATA: dataDir },
  });
  const page = await app.firstWindow();
  return {
    app,
    page,
    dataDir,
    async close() {
      await answerDialogs(app, 0);
      const ended = app.waitForEvent('close');
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().forEach((window) => void window.close()));
      await ended;
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Every question of the app is answered with this button from now on. */
function answerDialogs(app: ElectronApplication, response: number): Promise<void> {
  return app.evaluate(({ dialog }, button) => {
    dialog.showMessageBox = async () => ({ response: button, checkboxChecked: false });
  }, response);
}

async function startScreen(): Promise<{ display: string; end: () => Promise<void> }> {
  const stdio = ['ignore', 'ignore', 'ignore', 'pipe'] as const;
  const xvfb: ChildProcess = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
    stdio: [...stdio],
  });
  const ended = once(xvfb, 'exit');
  const [number] = await Promise.race([
    once(xvfb.stdio[3] as NodeJS.ReadableStream, 'data'),
    ended.then(() => Promise.reject(new Error('Xvfb does not start'))),
  ]);
  return {
    display: `:${String(number).trim()}`,
    async end() {
      xvfb.kill();
      await ended;
    },
  };
}

function namedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
