// Windows as the bench starts them: the packed app, and an Electron that has nothing in it. The way in is Chromium's own
// debugging port; nothing is loaded into either.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, chromium, type Page } from '@playwright/test';
import { assert } from '../../domain/errors.ts';
import { electronRuntime } from '../../scripts/electron-runtime.mjs';
import { packApp } from '../../scripts/package.mjs';
import { buildWindow, userArguments } from '../../scripts/window.mjs';

/** Boards in work finish first when the app is told to end. */
const END_LIMIT_MS = 30_000;
/** A window that shows nothing by then, or whose driver is not answered, is ended. */
const PAINT_LIMIT_MS = 60_000;
/** The screen of a line with 64 slots (UX.md section 8). */
const SIZE = { width: 1920, height: 1080 };

export interface WindowPrograms {
  /** The packed app, and the arguments that open it on the practice bench. */
  readonly app: readonly [string, ...string[]];
  /** The same runtime with a page of one word. */
  readonly empty: readonly [string, ...string[]];
  end(): void;
}

/** Builds and packs the app. Throws where there is no Electron, or the app does not build. */
export async function windowPrograms(): Promise<WindowPrograms> {
  const electron = await electronRuntime();
  assert(electron !== null, 'there is an Electron to measure');
  assert((await buildWindow()) === 0, 'the app builds');
  const packed = await packApp(electron, true);
  assert(packed !== null, 'the app can be packed');
  const folder = mkdtempSync(join(tmpdir(), 'keyline-bench-window-'));
  return {
    app: [packed, '--practice'],
    empty: [electron, emptyApp(folder)],
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The least that opens a window, with the app's own window options. */
function emptyApp(folder: string): string {
  const main = `import { app, BrowserWindow } from 'electron';
    app.whenReady().then(() => {
      const webPreferences = { sandbox: true, contextIsolation: true };
      const window = new BrowserWindow({ width: ${SIZE.width}, height: ${SIZE.height}, show: false, webPreferences });
      window.once('ready-to-show', () => window.show());
      window.loadFile('index.html');
    });`;
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'empty', version: '1.0.0', type: 'module', main: 'main.js' }),
  );
  writeFileSync(join(folder, 'main.js'), main);
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Empty</title><p>Empty</p>');
  return folder;
}

export interface OpenWindow {
  readonly page: Page;
  readonly dataDir: string;
  /** From the start of the program to the first content on screen, milliseconds. */
  readonly paintedMs: number;
  /** Of the page's own process. */
  readonly rendererPid: () => Promise<number>;
  /** Settles when all has ended. */
  end(): Promise<void>;
}

/** The driver now and then comes to a window at the wrong moment and is never answered (as in the window tests). */
const CONNECT_LIMIT_MS = 10_000;
const TRIES = 4;

/** Starts one of the programs with settings and data of its own. */
export async function openWindow(command: readonly [string, ...string[]]): Promise<OpenWindow> {
  for (let tries = 1; ; tries++) {
    try {
      return await openOnce(command);
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}

async function openOnce([program, ...args]: readonly [string, ...string[]]): Promise<OpenWindow> {
  const folder = mkdtempSync(join(tmpdir(), 'keyline-bench-run-'));
  const settings = join(folder, 'settings');
  const dataDir = join(folder, 'data');
  mkdirSync(settings);
  writeFileSync(join(settings, 'window.json'), JSON.stringify({ x: 0, y: 0, ...SIZE, maximized: false }));
  const own = [`--user-data-dir=${settings}`, '--remote-debugging-port=0', ...userArguments()];
  const startedMs = Date.now();
  const child = spawn(program, [...own, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, KEYLINE_DATA: dataDir },
  });
  const ended = once(child, 'exit');
  const paintLimit = setTimeout(() => child.kill('SIGKILL'), PAINT_LIMIT_MS);
  const { browser, page, paintedAtMs } = await attach(child)
    .catch(async (error: unknown) => {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      throw error;
    })
    .finally(() => clearTimeout(paintLimit));
  return {
    page,
    dataDir,
    paintedMs: paintedAtMs - startedMs,
    rendererPid: () => rendererPid(browser),
    async end() {
      const limit = setTimeout(() => child.kill('SIGKILL'), END_LIMIT_MS);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(limit);
      await browser.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function attach(child: ChildProcess) {
  const browser = await chromium.connectOverCDP(await debuggingAddress(child), { timeout: CONNECT_LIMIT_MS });
  const page = await firstPage(browser);
  return { browser, page, paintedAtMs: await page.evaluate(firstPaint) };
}

async function debuggingAddress(child: ChildProcess): Promise<string> {
  assert(child.stderr, 'the program has an error output');
  for await (const line of createInterface({ input: child.stderr })) {
    const address = /^DevTools listening on (ws:.*)$/.exec(line)?.[1];
    if (address === undefined) continue;
    child.stderr.resume();
    return address;
  }
  throw new Error('The program ended before it showed a window.');
}

async function firstPage(browser: Browser): Promise<Page> {
  const [context] = browser.contexts();
  assert(context, 'an app has one context');
  return context.pages()[0] ?? (await context.waitForEvent('page'));
}

/** Runs in the page: when its first content was on screen, Unix milliseconds. */
function firstPaint(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const paint = list.getEntriesByName('first-contentful-paint')[0];
      if (paint) resolve(performance.timeOrigin + paint.startTime);
    }).observe({ type: 'paint', buffered: true });
  });
}

async function rendererPid(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  assert(renderers[0] && renderers.length === 1, 'the app has one page');
  return renderers[0].id;
}
