// Closing the window and being told to end, without Electron: its question is answered, or never.
import { setImmediate as turn } from 'node:timers/promises';
import type { BrowserWindow, MessageBoxOptions, WebContents } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { Closing } from './closing.ts';

const [FINISH, KEEP_OPEN] = [0, 1];

const screen = vi.hoisted(() => ({
  quits: 0,
  /** The questions that were asked, each with its answer. */
  asked: [] as {
    readonly message: string;
    readonly buttons: readonly string[] | undefined;
    readonly signal: AbortSignal | undefined;
    answer(response: number): void;
  }[],
}));

vi.mock('electron', () => ({
  app: {
    quit: () => {
      screen.quits += 1;
    },
  },
  dialog: {
    showMessageBox: (_: unknown, { message, buttons, signal, cancelId }: MessageBoxOptions) =>
      new Promise((resolve) => {
        const answer = (response: number | undefined) => resolve({ response });
        signal?.addEventListener('abort', () => answer(cancelId));
        screen.asked.push({ message, buttons, signal, answer });
      }),
  },
  powerSaveBlocker: { start: () => 1, stop() {} },
}));

/** What the page speaks; a promise that does not settle is a page that does not answer. */
let language: Promise<string>;
let title: string;
let close: () => boolean;
let finished: PromiseWithResolvers<void>;
let finishes: number;
let closing: Closing;

beforeEach(() => {
  [screen.quits, screen.asked, finishes, title] = [0, [], 0, ''];
  language = Promise.resolve('en');
  finished = Promise.withResolvers();
  closing = new Closing(() => {
    finishes += 1;
    return finished.promise;
  });
  closing.work({ working: 2, locking: 0 });
  const listeners: ((event: { preventDefault(): void }) => void)[] = [];
  const webContents: Pick<WebContents, 'isCrashed' | 'executeJavaScript'> = {
    isCrashed: () => false,
    executeJavaScript: () => language,
  };
  const window: Pick<BrowserWindow, 'setTitle'> & { on(name: string, listener: (typeof listeners)[number]): void } = {
    setTitle: (words) => {
      title = words;
    },
    on: (_, listener) => void listeners.push(listener),
  };
  closing.guard(Object.assign(window, { webContents }) as BrowserWindow);
  /** True when the window may go. */
  close = () => {
    let stays = false;
    for (const listener of listeners) listener({ preventDefault: () => (stays = true) });
    return !stays;
  };
});

test('being told to end takes an open question away, finishes the boards and lets the window go', async () => {
  expect(close()).toBe(false);
  await turn();
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
  await turn();
  screen.asked[0]?.answer(KEEP_OPEN);
  await turn();
  expect([finishes, close()]).toEqual([0, false]);
  await turn();
  expect(screen.asked).toHaveLength(2);
});

test('being told to end before the question is there asks none', async () => {
  language = new Promise(() => {});
  expect(close()).toBe(false);
  const ended = closing.end();
  finished.resolve();
  await ended;
  expect([screen.asked, screen.quits]).toEqual([[], 1]);
});

test('the question and the title are in the language of the page', async () => {
  language = Promise.resolve('de');
  close();
  await turn();
  expect([screen.asked[0]?.message, screen.asked[0]?.buttons]).toEqual([
    '2 Platinen sind in Arbeit.',
    ['Fertig machen und schließen', 'Offen lassen'],
  ]);
  screen.asked[0]?.answer(FINISH);
  await turn();
  expect(title).toBe('Keyline: Platinen in Arbeit werden erst fertig');
});

test.each([
  ['does not answer', () => new Promise<string>(() => {})],
  ['has died meanwhile', () => Promise.reject(new Error('the page has gone'))],
  ['says what is no language of ours', () => Promise.resolve('<b>')],
])('a page that %s is asked for in English', async (_, answer) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    language = answer();
    close();
    await vi.advanceTimersByTimeAsync(500);
    await turn();
    expect(screen.asked.map(({ message }) => message)).toEqual(['2 boards are in work.']);
  } finally {
    vi.useRealTimers();
  }
});
