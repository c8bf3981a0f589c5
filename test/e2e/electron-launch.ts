// Electron under the tests' hand. Playwright takes hold of an app that is opening by itself; about once in twenty-five
// starts it comes at the wrong moment, and then the start or the page never answers although the app works. Such a start
// is ended and made again; an app that really does not open fails each try.
import { setTimeout as pause } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

type LaunchOrder = NonNullable<Parameters<typeof _electron.launch>[0]>;

export interface Launched {
  readonly app: ElectronApplication;
  readonly page: Page;
}

/** A start takes a second on a quiet machine, and ten on one that does much else. */
const LAUNCH_LIMIT_MS = 20_000;
const TRIES = 3;

/** `ended` settles when nothing is left of a start that was given up. Throws when no try opened a page that answers. */
export async function launchElectron(order: LaunchOrder, ended: () => Promise<void>): Promise<Launched> {
  for (let tries = 1; ; tries++) {
    let app: ElectronApplication | null = null;
    try {
      app = await _electron.launch({ ...order, timeout: LAUNCH_LIMIT_MS });
      const page = await app.firstWindow({ timeout: LAUNCH_LIMIT_MS });
      await answers(page);
      return { app, page };
    } catch (error) {
      app?.process().kill('SIGKILL');
      await ended();
      if (tries === TRIES) throw error;
      process.stderr.write(`The app did not answer the driver at start ${tries} of ${TRIES}.\n`);
    }
  }
}

/** The environment of this process, with the X display that the window opens on; null where it needs none. */
export function environmentOn(display: string | null): Record<string, string> {
  const named = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return { ...Object.fromEntries(named), ...(display !== null && { DISPLAY: display }) };
}

async function answers(page: Page): Promise<void> {
  const silent = pause(LAUNCH_LIMIT_MS, false, { ref: false });
  const loaded = page.waitForLoadState('load', { timeout: LAUNCH_LIMIT_MS }).then(() => page.evaluate(() => true));
  if (!(await Promise.race([loaded, silent]))) throw new Error('The page does not answer.');
}
