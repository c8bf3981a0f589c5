// Closing the window and being told to end, without Electron: its question is answered, or never.
import { setImmediate as turn } from 'node:timers/promises';
import type { BrowserWindow, MessageBoxOptions } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { Closing } from './closing.ts';

const KEEP_OPEN = 1;

const screen = vi.hoisted(() => ({
  quits: 0,
  /** The questions that were asked, each with its answer. */
  asked: [] as { readonly signal: AbortSignal | undefined; answer(response: number): void }[],
}));

vi.mock('electron', () => ({
  app: {
    quit: () => {
      screen.quits += 1;
    },
  },
  dialog: {
    showMessageBox: (_: unknown, { signal, cancelId }: MessageBoxOptions) =>
      new Promise((resolve) => {
        const answer = (response: number | undefined) => resolve({ response });
        signal?.addEventListener('abort', () => answer(cancelId));
        screen.asked.push({ signal, answer });
      }),
  },
  powerSaveBlocker: { start: () => 1, stop() {} },
}));

let close: () => boolean;
let finished: PromiseWithResolvers<void>;
let finishes: number;
let closing: Closing;

beforeEach(() => {
  [screen.quits, screen.asked, finishes] = [0, [], 0];
  finished = Promise.withResolvers();
  closing = new Closing(() => {
    finishes += 1;
    return finished.promise;
  });
  closing.work({ working: 2, locking: 0 });
  const listeners: ((event: { preventDefault(): void }) => void)[] = [];
  const window: Pick<BrowserWindow, 'setTitle'> & { on(name: string, listener: (typeof listeners)[number]): void } = {
    setTitle() {},
    on: (_, listener) => void listeners.push(listener),
  };
  closing.guard(window as BrowserWindow);
  /** True when the window may go. */
  close = () => {
    let stays = false;
    for (const listener of listeners) listener({ preventDefault: () => (stays = true) });
    return !stays;
  };
});

test('being told to end takes an open question away, finishes the boards and lets the window go', async () => {
  expect(close()).toBe(false);
  const ended = closing.end();
  expect(screen.asked.map(({ signal }) => signal?.aborted)).toEqual([true]);
  await turn();
  // The boards are still in work: it neither goes nor asks again.
  expect([close(), screen.asked.length, screen.quits]).toEqual([false, 1, 0]);
  finished.resolve();
  await ended;
  await turn();
  expect([close(), finishes, screen.quits]).toEqual([true, 1, 1]);
});

test('a question that is answered with no leaves the window open, and is asked again', async () => {
  expect(close()).toBe(false);
  screen.asked[0]?.answer(KEEP_OPEN);
  await turn();
  expect([finishes, close(), screen.asked.length]).toEqual([0, false, 2]);
});
