// Electron under the tests' hand. Playwright takes hold of an app that is opening by itself; about once in twenty-five
// starts it comes at the wrong moment, and then the start or the page never answers although the app works. Such a start
// is ended and made again; an app that really does not open fails each try.
import { setTimeout as pause } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

export type LaunchOrder = NonNullable<Parameters<typeof _electron.launch>[0]>;

export interface Start {
  readonly order: LaunchOrder;
  /** Settles when nothing is left of it, once it was given up. */
  readonly ended: () => Promise<void>;
}

export interface Launched<S extends Start = Start> {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** The start that answered. */
  readonly start: S;
}

/** A start takes a second on a quiet machine, and ten on one that does much else. */
const LAUNCH_LIMIT_MS = 20_000;
const TRIES = 3;

/** `begin` is asked anew for each try. Throws when none opened a page that answers. */
export async function launchElectron<S extends Start>(begin: () => S): Promise<Launched<S>> {
  for (let tries = 1; ; tries++) {
    const start = begin();
    let app: ElectronApplication | null = null;
    try {
      app = await _electron.launch({ ...start.order, timeout: LAUNCH_LIMIT_MS });
      const page = await app.firstWindow({ timeout: LAUNCH_LIMIT_MS });
      await answers(page);
      return { app, page, start };
    } catch (error) {
      app?.process().kill('SIGKILL');
      await start.ended();
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
