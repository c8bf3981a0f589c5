// What main prints, without Electron: a page and a spooler that may never answer. No window is left behind.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { printPage } from './print-page.ts';
import { printReport } from './print-report.ts';

const NEVER = new Promise<never>(() => {});

/** What the system answers; the windows that were opened, and those that were destroyed. */
const system = vi.hoisted(() => ({
  printers: null as Promise<{ name: string }[]> | null,
  pdf: null as Promise<Uint8Array> | null,
  opened: 0,
  destroyed: 0,
  labels: 0,
}));

vi.mock('electron', () => ({
  BrowserWindow: class {
    #gone = false;
    readonly webContents = {
      on() {},
      once() {},
      getPrintersAsync: () => system.printers,
      printToPDF: () => system.pdf,
      print: (_: unknown, answer: (taken: boolean) => void) => {
        system.labels += 1;
        answer(true);
      },
    };
    constructor() {
      system.opened += 1;
    }
    on(name: string, listen: (event: unknown, title: string) => void) {
      if (name === 'page-title-updated') setTimeout(listen, 1_000, {}, 'report drawn');
    }
    loadURL = async () => {};
    isDestroyed = () => this.#gone;
    destroy() {
      if (!this.#gone) system.destroyed += 1;
      this.#gone = true;
    }
  },
}));

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(system, { opened: 0, destroyed: 0, labels: 0, printers: Promise.resolve([{ name: 'Label 2' }]) });
  system.pdf = Promise.resolve(new Uint8Array(4));
});
afterEach(() => vi.useRealTimers());

const order = { order: 1, printer: 'Label 2', label: { svg: '<svg/>', widthMm: 50, heightMm: 25 } };
const report = () => printReport('app://keyline/', 'L-1', {}, () => {});

test('a label is handed to the system, and a report comes back', async () => {
  expect(await printPage(order)).toBe(true);
  const printed = report();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await printed).toHaveLength(4);
  expect(system).toMatchObject({ labels: 1, opened: 2, destroyed: 2 });
});

test('a report whose printing never ends is given up within a minute', async () => {
  system.pdf = NEVER;
  const outcome = report().catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await outcome).toMatch(/^no answer/);
  expect(system.destroyed).toBe(1);
});

test('a spooler that does not answer takes no label, and none when it comes back: the station has given up by then', async () => {
  const spooler = Promise.withResolvers<{ name: string }[]>();
  system.printers = spooler.promise;
  const taken = printPage(order);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(await taken).toBe(false);
  expect(system.destroyed).toBe(1);
  spooler.resolve([{ name: 'Label 2' }]);
  await vi.advanceTimersByTimeAsync(1);
  expect(system.labels).toBe(0);
});
