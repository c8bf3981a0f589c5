// Recorded screens in an Electron window of any size, as the app draws them: for pictures and for measures.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build, preview } from 'vite';
import type { Theme } from '../../domain/person.ts';
import { electronRuntime } from '../../scripts/electron-runtime.mjs';
import { userArguments } from '../../scripts/window.mjs';
import { environmentOn, type Launched, launchElectron } from '../e2e/electron-launch.ts';
import { SCREENS, type Step } from './recorded-screens.ts';
import { type Spoken, spokenTexts } from './spoken-text.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The reference drawings' sizes (UX.md sections 4.2 and 8). */
export const LARGE: Size = { width: 1440, height: 900 };
export const SMALL: Size = { width: 1024, height: 768 };
/** Drawn too: the lowest that the Line is made for. */
export const LOW: Size = { width: 1280, height: 720 };

export interface Wanted {
  readonly screen: string;
  readonly theme?: Theme;
  readonly size?: Size;
  readonly language?: Spoken;
  /** How many of the screen's steps are taken, or less than none: how many are not; absent: all. */
  readonly steps?: number;
}

export interface PictureWindow {
  readonly page: Page;
  /** Opens the screen and does what leads to it; settles when it is drawn. */
  show(wanted: Wanted): Promise<void>;
  /** What a person does on the screen that is open; settles when it is drawn. */
  take(step: Step): Promise<void>;
  /** Of what is open; settles when it is drawn anew. */
  resize(size: Size): Promise<void>;
  /** What is open in the dark scheme; settles when its colours are there. */
  darken(): Promise<void>;
  close(): Promise<void>;
}

const CONFIG = fileURLToPath(new URL('vite.config.ts', import.meta.url));
const APP = fileURLToPath(new URL('picture-app', import.meta.url));

/** Opens on this X display; null where a window needs none. Throws when there is no Electron. */
export async function openPictureWindow(display: string | null): Promise<PictureWindow> {
  const electron = await electronRuntime();
  if (electron === null) throw new Error('There is no Electron to draw with.');
  const folder = mkdtempSync(join(tmpdir(), 'keyline-pictures-'));
  const outDir = join(folder, 'page');
  await build({ configFile: CONFIG, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const server = await preview({
    ...{ configFile: CONFIG, logLevel: 'error', build: { outDir } },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const address = server.resolvedUrls?.local[0] ?? '';
  const { app, page } = await launch(electron, folder, display);
  return {
    page,
    async show({ screen, theme = 'light', size = LARGE, language = 'en', steps }) {
      await page.setViewportSize(size);
      // Loaded once: a load takes longer than all that is drawn and measured after it.
      if (page.url() !== address) await page.goto(address);
      await page.waitForFunction(() => 'drawScreen' in globalThis);
      await page.evaluate((drawn) => Reflect.get(globalThis, 'drawScreen')(drawn), { screen, theme, language });
      await page.locator('main').first().waitFor();
      for (const step of SCREENS[screen]?.steps.slice(0, steps) ?? []) await take(page, step, language);
      await settle(page);
    },
    async take(step) {
      await take(page, step, 'en');
      await settle(page);
    },
    async resize(size) {
      await page.setViewportSize(size);
      await settle(page);
    },
    async darken() {
      await page.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'dark'));
      await settle(page);
    },
    async close() {
      await app.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function launch(electron: string, folder: string, display: string | null): Promise<Launched> {
  const order = {
    executablePath: electron,
    args: [
      ...userArguments(),
      ...[`--user-data-dir=${join(folder, 'settings')}`, '--force-device-scale-factor=1', APP],
    ],
    env: { ...environmentOn(display), TZ: 'UTC' },
  };
  return launchElectron(() => ({ order, ended: async () => {} }));
}

async function take(page: Page, step: Step, language: Spoken): Promise<void> {
  if ('key' in step) return page.keyboard.press(step.key);
  if ('write' in step) return page.keyboard.insertText(step.write);
  if ('touch' in step) {
    const names = (await spokenTexts(language, step.touch)).map((name) => page.getByRole('button', { name }));
    const [first, ...others] = names;
    return first === undefined
      ? undefined
      : others
          .reduce((any, each) => any.or(each), first)
          .first()
          .click();
  }
  await scan(page, step.scan);
}

/** As a scanner types it: one key a millisecond. */
function scan(page: Page, text: string): Promise<void> {
  return page.evaluate((typed) => {
    const MARKS: Record<string, string> = { '-': 'Minus', ':': 'Semicolon' };
    const press = (key: string, code: string, shiftKey: boolean) => {
      for (const type of ['keydown', 'keyup'])
        (document.activeElement ?? document.body).dispatchEvent(
          new KeyboardEvent(type, { key, code, shiftKey, bubbles: true, cancelable: true }),
        );
    };
    for (const key of typed) {
      const code = MARKS[key] ?? (/[0-9]/.test(key) ? `Digit${key}` : `Key${key}`);
      press(key, code, key === ':' || /[A-Z]/.test(key));
    }
    press('Enter', 'Enter', false);
  }, text);
}

/** Fonts there, answers in, nothing fading. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frames = 0; frames < 3; frames++) await new Promise((resolve) => requestAnimationFrame(resolve));
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
  });
}
