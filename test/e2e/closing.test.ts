// Closing the window while boards are in work: it asks, stays open on a no, waits for a board that is being locked, and
// leaves no program behind, however it ends.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { onRecord } from './on-record.ts';
import { programs, running } from './programs.ts';
import { answerDialogs, BENCH_MS, openWindowApp, pressClose, type WindowApp } from './window-app.ts';

/** Programs end within the channel's end; their own limits are far longer. */
const GONE_MS = 15_000;

let open: WindowApp;

beforeEach(async () => {
  open = await openWindowApp({ mode: 'practice' });
});

afterEach(async () => {
  await open?.close();
});

const inWork = () => open.page.getByLabel(/^Slot \d+: (Firmware|Making key|Certificate|Verifying)/).first();

const title = () => open.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());

const unfinished = () =>
  onRecord(open.dataDir, (records) => records.lots(0).reduce((sum, { tally }) => sum + tally.running, 0));

/** The questions that were asked since `answerDialogs`. */
const asked = () => open.app.evaluate(() => Reflect.get(globalThis, 'asked') as { message: string }[]);

describe('closing the window', () => {
  test('asks while boards are in work, and stays open on a no', async () => {
    await inWork().waitFor({ timeout: BENCH_MS });
    await answerDialogs(open.app, 1);
    await pressClose(open.app);
    await expect.poll(asked).toHaveLength(1);
    expect((await asked())[0]?.message).toMatch(/^\d+ boards? (is|are) in work\.$/);
    await open.page
      .getByLabel(/^Slot \d+: Passed/)
      .first()
      .waitFor({ timeout: BENCH_MS });
    // A second press asks anew, in the language that the page speaks by then.
    await open.page.evaluate(() => {
      document.documentElement.lang = 'de';
    });
    await inWork().waitFor({ timeout: BENCH_MS });
    await pressClose(open.app);
    await expect.poll(asked).toHaveLength(2);
    expect((await asked())[1]?.message).toMatch(/^\d+ Platinen? (ist|sind) in Arbeit\.$/);
    expect(open.app.windows()).toHaveLength(1);
  });

  test('asks also while a station that was killed is started again', async () => {
    await inWork().waitFor({ timeout: BENCH_MS });
    await answerDialogs(open.app, 1);
    const [station] = programs(open.app, 'station-process');
    process.kill(station ?? 0, 'SIGKILL');
    await expect.poll(() => running([station ?? 0])).toEqual([]);
    await pressClose(open.app);
    await expect.poll(asked).toHaveLength(1);
    expect(open.app.windows()).toHaveLength(1);
  });

  test('finishes the boards in work on a yes, a board that is being locked above all', async () => {
    await inWork().waitFor({ timeout: BENCH_MS });
    await answerDialogs(open.app, 0);
    const started = ['station-process', 'bench-process'].flatMap((name) => programs(open.app, name));
    expect(started).toHaveLength(2);
    const ended = open.app.waitForEvent('close', { timeout: 2 * BENCH_MS });
    // A board locks for less time than lies between two looks of a locator: every picture is looked at.
    expect(await open.page.evaluate(untilOneLocks, BENCH_MS)).toBe(true);
    await pressClose(open.app);
    await expect.poll(title, { interval: 20 }).toBe('Keyline: boards in work are finished first');
    await ended;
    expect(unfinished()).toBe(0);
    expect(running(started)).toEqual([]);
  });

  test('keeps the computer awake while boards are in work', async () => {
    await inWork().waitFor({ timeout: BENCH_MS });
    const isAwake = () =>
      open.app.evaluate(({ powerSaveBlocker }) => [0, 1, 2].some((id) => powerSaveBlocker.isStarted(id)));
    await expect.poll(isAwake).toBe(true);
  });
});

/** Runs in the page. */
function untilOneLocks(limitMs: number): Promise<boolean> {
  const endMs = performance.now() + limitMs;
  return new Promise((resolve) => {
    const look = () => {
      const locks = document.querySelector('[aria-label*=": Locking"]') !== null;
      if (locks || performance.now() > endMs) resolve(locks);
      else requestAnimationFrame(look);
    };
    look();
  });
}

describe('a practice bench that is killed', () => {
  test('leaves no service and no simulator behind, and the page says that it has ended', async () => {
    await inWork().waitFor({ timeout: BENCH_MS });
    const bench = programs(open.app, 'bench-process');
    const below = ['service', 'control-process'].flatMap((name) => programs(open.app, name));
    expect([bench.length, below.length]).toEqual([1, 2]);
    process.kill(bench[0] ?? 0, 'SIGKILL');
    await open.page.getByText('Keyline cannot go on').waitFor();
    await expect.poll(() => running(below), { timeout: GONE_MS }).toEqual([]);
  });
});
