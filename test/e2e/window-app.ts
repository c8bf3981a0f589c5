// The packed app as a person opens it, with data and settings of its own. Ends with every program that it started.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { inject } from 'vitest';
import { userArguments } from '../../scripts/window.mjs';
import { environmentOn, launchElectron } from './electron-launch.ts';
import { ownDisplay } from './own-display.ts';
import { programsGone } from './programs.ts';

/** The reference drawings' size. */
const USUAL = { width: 1440, height: 900 };

/** The app's own limits on closing come first; then it is ended the hard way. */
const CLOSE_LIMIT_MS = 60_000;

/** The bench's first start makes a CA and a service, and boards take seconds; on a machine that does much else, more. */
export const BENCH_MS = 90_000;

export interface WindowOrder {
  /** `real` opens the station that is in `dataDir`. */
  readonly mode: 'practice' | 'first-run' | 'real';
  /** Default: a new place of its own, which is removed at the end. */
  readonly dataDir?: string;
  /** Where the window's settings are; default: a new place, removed at the end. */
  readonly settingsDir?: string;
  /** Of the window, CSS pixels. Default: the reference drawings' size. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly args?: readonly string[];
}

export interface WindowApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Practice: its folder. First run and real: the station's folder. */
  readonly dataDir: string;
  /** Presses the window's close button and answers yes; settles when all has ended. */
  close(): Promise<void>;
}

/** Opens the app that was packed for this run. */
export async function openWindowApp(order: WindowOrder): Promise<WindowApp> {
  const folder = mkdtempSync(join(tmpdir(), 'keyline-window-'));
  const { app, page, start } = await launchElectron(() => {
    // New for each try: boards of a start that was given up went with its bench, and stay unfinished in its records.
    const place = mkdtempSync(join(folder, 'start-'));
    const dataDir = order.dataDir ?? join(place, 'data');
    const settingsDir = order.settingsDir ?? join(place, 'settings');
    if (order.size || !order.settingsDir) placeWindow(settingsDir, order.size ?? USUAL);
    return {
      order: launchOrder(order, { folder: place, dataDir, settingsDir }),
      ended: () => programsGone(settingsDir, dataDir),
      dataDir,
    };
  });
  let ended = false;
  app.once('close', () => {
    ended = true;
  });
  return {
    app,
    page,
    dataDir: start.dataDir,
    async close() {
      if (!ended) await closeWindow(app);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Places {
  readonly folder: string;
  readonly dataDir: string;
  readonly settingsDir: string;
}

/** Program, arguments and environment of one instance, for whoever starts a second one too. */
export function launchOrder(order: WindowOrder, { folder, dataDir, settingsDir }: Places) {
  const { program } = inject('packedApp');
  const own = { KEYLINE_DATA: dataDir, XDG_DATA_HOME: join(folder, 'home'), LOCALAPPDATA: join(folder, 'home') };
  return {
    executablePath: program,
    args: [
      ...userArguments(),
      `--user-data-dir=${settingsDir}`,
      ...(order.mode === 'practice' ? ['--practice'] : []),
      ...(order.args ?? []),
    ],
    env: { ...environmentOn(ownDisplay()), ...own },
  };
}

function placeWindow(settingsDir: string, size: { width: number; height: number }): void {
  mkdirSync(settingsDir, { recursive: true });
  writeFileSync(join(settingsDir, 'window.json'), JSON.stringify({ x: 0, y: 0, ...size, maximized: false }));
}

async function closeWindow(app: ElectronApplication): Promise<void> {
  const ended = app.waitForEvent('close', { timeout: CLOSE_LIMIT_MS });
  try {
    await answerDialogs(app, 0);
    await pressClose(app);
    await ended;
  } catch {
    app.process().kill('SIGKILL');
  }
}

/** Every question of the app is answered with this button from now on; the questions are kept as they come. */
export function answerDialogs(app: ElectronApplication, response: number): Promise<void> {
  return app.evaluate(({ dialog }, button) => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = async (...words: unknown[]) => {
      asked.push(words.at(-1));
      return { response: button, checkboxChecked: false };
    };
  }, response);
}

/** As the button in the window's corner. */
export function pressClose(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.close();
  });
}
