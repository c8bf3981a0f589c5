// One window on one line, where it was left.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { launchOrder, openWindowApp, type WindowApp } from './window-app.ts';

let folder: string;
let open: WindowApp;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-instance-'));
});

afterEach(async () => {
  await open?.close();
  rmSync(folder, { recursive: true, force: true });
});

const places = () => ({ folder, dataDir: join(folder, 'data'), settingsDir: join(folder, 'settings') });

test('a second start brings the first window to the front and ends', async () => {
  open = await openWindowApp({ mode: 'practice', ...places() });
  await open.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    Object.assign(globalThis, { focused: 0 });
    const focus = window?.focus.bind(window);
    if (window)
      window.focus = () => {
        Reflect.set(globalThis, 'focused', Reflect.get(globalThis, 'focused') + 1);
        focus?.();
      };
  });
  const { executablePath, args, env } = launchOrder({ mode: 'practice' }, places());
  const second = spawn(executablePath, args, { env, stdio: 'ignore' });
  const [code] = await once(second, 'exit');
  expect(code).toBe(0);
  await expect.poll(() => open.app.evaluate(() => Reflect.get(globalThis, 'focused'))).toBe(1);
  expect(open.app.windows()).toHaveLength(1);
});

test('the window opens where it was left, and at its usual size when that place is gone', async () => {
  const bounds = () => open.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());
  open = await openWindowApp({ mode: 'practice', ...places() });
  await open.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 60, y: 40, width: 1200, height: 800 }),
  );
  await expect.poll(bounds).toEqual({ x: 60, y: 40, width: 1200, height: 800 });
  await open.close();
  const kept = JSON.parse(readFileSync(join(places().settingsDir, 'window.json'), 'utf8'));
  expect(kept).toEqual({ x: 60, y: 40, width: 1200, height: 800, maximized: false });

  open = await openWindowApp({ mode: 'practice', ...places() });
  expect(await bounds()).toEqual({ x: 60, y: 40, width: 1200, height: 800 });
  await open.close();

  writeFileSync(join(places().settingsDir, 'window.json'), JSON.stringify({ ...kept, x: 9000 }));
  open = await openWindowApp({ mode: 'practice', ...places() });
  expect(await bounds()).toMatchObject({ width: 1440, height: 900 });
});
