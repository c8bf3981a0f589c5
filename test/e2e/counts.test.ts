// While a lot runs, every screen counts what the database counts at the same moment: SQL of the test's own is read
// before and after each look at the screen, and where both say the same the screen must say it too.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { PRACTICE_PASSPHRASE } from '../../station/identity/ca-folder.ts';
import { RECIPE } from '../system/keyline-process.ts';
import { type HandBench, openHandBench, tileSays, unlock } from './hand-bench.ts';
import { BENCH_MS, openWindowApp, type WindowApp } from './window-app.ts';

/** Until a look falls between two changes, after the last one was drawn; boards change some times a second. */
const LOOK_AGAIN_MS = 50;
/** The strip's line of the last hour is in parts of five minutes. */
const PART_MS = 300_000;

interface Counted {
  readonly lots: number;
  readonly quantity: number;
  readonly passed: number;
  readonly failed: number;
  readonly noVerdict: number;
  readonly inWork: number;
  /** Of all judged, those that passed in their first job. */
  readonly judged: number;
  readonly firstPassed: number;
  readonly devices: number;
  readonly made: number;
  readonly registered: number;
  readonly waiting: number;
  readonly refused: number;
  readonly voidsWaiting: number;
}

/** By the last job of each device in the lot. */
const COUNT = `WITH last AS (SELECT device_id, outcome, max(job_id), count(*) AS jobs FROM job
    WHERE lot_id = :lot AND device_id IS NOT NULL GROUP BY device_id)
  SELECT (SELECT count(*) FROM lot) AS lots, (SELECT quantity FROM lot WHERE lot_id = :lot) AS quantity,
    (SELECT count(*) FROM last WHERE outcome = 'passed') AS passed,
    (SELECT count(*) FROM last WHERE outcome = 'failed') AS failed,
    (SELECT count(*) FROM last WHERE outcome IN ('errored', 'aborted')) AS noVerdict,
    (SELECT count(*) FROM job WHERE lot_id = :lot AND outcome IS NULL) AS inWork,
    (SELECT count(*) FROM last WHERE outcome IN ('passed', 'failed')) AS judged,
    (SELECT count(*) FROM last WHERE outcome = 'passed' AND jobs = 1) AS firstPassed,
    (SELECT count(*) FROM device) AS devices,
    (SELECT count(*) FROM job WHERE outcome = 'passed') AS made,
    (SELECT count(*) FROM outbox WHERE kind = 'register' AND state = 'accepted') AS registered,
    (SELECT count(*) FROM outbox WHERE kind = 'register' AND state = 'waiting') AS waiting,
    (SELECT count(*) FROM outbox WHERE kind = 'register' AND state = 'refused') AS refused,
    (SELECT count(*) FROM outbox WHERE kind = 'void' AND state = 'waiting') AS voidsWaiting`;

const HOUR = `SELECT avg(outcome = 'passed') FROM job WHERE lot_id = ? AND outcome IN ('passed', 'failed')
  GROUP BY ended_ms / ${PART_MS} ORDER BY ended_ms / ${PART_MS}`;

interface Read extends Counted {
  /** Share that passed of each part of the last hour in which any was judged. */
  readonly hour: readonly number[];
}

function readRecords(dataDir: string, lotId: string): Read {
  const database = new Database(join(dataDir, 'station.db'), { readonly: true });
  try {
    return database.transaction(() => ({
      ...(database.prepare(COUNT).get({ lot: lotId }) as Counted),
      hour: database.prepare<[string], number>(HOUR).pluck().all(lotId),
    }))();
  } finally {
    database.close();
  }
}

/** What one screen says, by names of the test; opened anew where it tells how it was when it was opened. */
interface Screen {
  readonly name: string;
  readonly open: (page: Page, lotId: string) => Promise<void>;
  readonly opensAnew?: true;
  readonly shown: (page: Page, lotId: string) => Promise<unknown>;
  readonly wanted: (read: Read) => unknown;
}

const key = (name: string) => (page: Page) => page.keyboard.press(name);
const row = (page: Page, lotId: string) => page.locator(`[data-lot="${lotId}"]`);

/** What stands under the name of the screen. */
const under = (page: Page) => page.locator('.top .where span').textContent();

/** The bar above every screen. */
const barShown = async (page: Page) =>
  Number(/\d+/.exec((await page.locator('.top .sync b').textContent()) ?? '') ?? 0);

const SCREENS: readonly Screen[] = [
  {
    name: 'the strip of the Line',
    open: key('F2'),
    shown: (page) => page.evaluate(stripShown),
    wanted: ({ passed, inWork, quantity, judged, firstPassed, hour }) => ({
      bar: `${passed} passed, ${inWork} in work, ${quantity - passed} left`,
      yield: judged === 0 ? null : (Math.floor((1000 * firstPassed) / judged) / 10).toFixed(1),
      hour: hour.length < 2 ? null : hourWords(hour),
    }),
  },
  {
    name: 'the list of Lots',
    open: key('F3'),
    shown: async (page, lotId) => [await row(page, lotId).locator('.lot-done').textContent(), await under(page)],
    wanted: ({ passed, quantity, lots }) => [
      `${passed} of ${quantity}`,
      lots === 1 ? '1 lot on this station' : `${lots} lots on this station`,
    ],
  },
  {
    name: 'the page of the lot',
    open: async (page, lotId) => {
      await page.keyboard.press('F3');
      await row(page, lotId).focus();
      await page.keyboard.press('Enter');
      await page.locator('.lot-counts').waitFor();
    },
    shown: (page) => page.evaluate(lotPageShown),
    wanted: ({ passed, inWork, failed, noVerdict, quantity, judged, firstPassed }) => ({
      passed: `${passed}`,
      ...(inWork > 0 && { 'in work': `${inWork}` }),
      ...(failed > 0 && { failed: `${failed}` }),
      ...(noVerdict > 0 && { 'without a verdict': `${noVerdict}` }),
      'not started': `${quantity - passed - inWork - failed - noVerdict}`,
      ...(judged > 0 && { 'first-pass yield': `${((100 * firstPassed) / judged).toFixed(1)} %` }),
    }),
  },
  {
    name: 'Devices',
    opensAnew: true,
    open: async (page) => {
      await page.keyboard.press('F2');
      await page.keyboard.press('F6');
      await page.locator('[data-device]').first().waitFor();
    },
    shown: under,
    wanted: ({ devices }) => (devices === 1 ? '1 record on this station' : `${devices} records on this station`),
  },
  {
    name: 'Sync and audit',
    open: key('F7'),
    shown: (page) => page.locator('.sync-sum b').allTextContents(),
    wanted: ({ made, registered, waiting, refused }) => [made, registered, waiting, refused].map(String),
  },
];

/** Runs in the page. */
function stripShown() {
  const strip = document.querySelector('.strip');
  const labelled = [...(strip?.querySelectorAll('.lab') ?? [])].find((each) => each.textContent === 'First-pass yield');
  return {
    bar: strip?.querySelector('.lotbar')?.getAttribute('aria-label') ?? null,
    yield: labelled?.nextElementSibling?.textContent?.replace(' %', '') ?? null,
    hour: strip?.querySelector('.spark')?.getAttribute('aria-label') ?? null,
  };
}

/** Runs in the page. */
function lotPageShown() {
  const parts = [...document.querySelectorAll('.lot-counts-row dl > div')];
  return Object.fromEntries(parts.map((part) => ['dt', 'dd'].map((tag) => part.querySelector(tag)?.textContent ?? '')));
}

function hourWords(hour: readonly number[]): string {
  const [least, most, last] = [Math.min(...hour), Math.max(...hour), hour.at(-1) ?? 0].map((share) =>
    Math.floor(share * 100),
  );
  return `Boards that passed in the last hour: between ${least} and ${most} %, last ${last} %`;
}

interface Running {
  readonly page: Page;
  readonly dataDir: string;
  readonly lotId: string;
}

/** Settles with what both said, once they were looked at in one moment in which boards were in work. */
async function agreed({ page, dataDir, lotId }: Running, screen: Screen): Promise<Read> {
  await screen.open(page, lotId);
  const look = async () => {
    const before = readRecords(dataDir, lotId);
    if (screen.opensAnew) await screen.open(page, lotId);
    const shown = { screen: await screen.shown(page, lotId), bar: await barShown(page) };
    const after = readRecords(dataDir, lotId);
    const wanted = { screen: screen.wanted(after), bar: after.waiting + after.voidsWaiting };
    const told = JSON.stringify({ shown, wanted });
    if (JSON.stringify(before) !== JSON.stringify(after)) throw new Error(`a board came or went meanwhile: ${told}`);
    if (after.inWork === 0) throw new Error(`no board is in work: ${told}`);
    if (JSON.stringify(shown) !== JSON.stringify(wanted))
      throw new Error(`${screen.name} does not count as the database does: ${told}`);
    return after;
  };
  return vi.waitFor(look, { timeout: BENCH_MS, interval: LOOK_AGAIN_MS });
}

describe('while the robot fills a lot and the service takes its boards', () => {
  let open: WindowApp;
  beforeAll(async () => {
    open = await openWindowApp({ mode: 'practice', args: ['--slots=4'] });
    await tileSays(open.page, 1, 'Passed');
  });
  afterAll(async () => {
    await open?.close();
  });

  test('each screen counts as the database does, and the counts grow', async () => {
    const running = { page: open.page, dataDir: open.dataDir, lotId: 'P1' };
    let [made, registered] = [0, 0];
    // Twice, with boards that passed in between.
    for (const _ of ['first', 'again']) {
      await vi.waitFor(() => expect(readRecords(running.dataDir, running.lotId).made).toBeGreaterThan(made), {
        timeout: BENCH_MS,
      });
      for (const screen of SCREENS) {
        ({ made, registered } = await agreed(running, screen));
      }
    }
    expect(registered).toBeGreaterThan(0);
  });
});

describe('while a lot runs in which boards fail, without a service', () => {
  const LOT = 'LC';
  /** The first is never judged, two fail; then healthy ones come and go in two slots while screens are looked at. */
  const FAULTS = ['wrong-model', 'weak-entropy', 'store-bad'];
  const OTHERS = 8;
  let bench: HandBench;
  let feeding: Promise<void>;
  let fed = false;
  beforeAll(async () => {
    bench = await openHandBench({ faults: FAULTS, devices: 43 });
    await unlock(bench.page, PRACTICE_PASSPHRASE);
    await bench.makeLot(LOT, 60);
    await bench.startLine(LOT);
    const [unjudged = '', early = '', late = ''] = FAULTS;
    await bench.boards.insert(1, bench.board(unjudged));
    await bench.boards.insert(2, bench.board(early));
    await bench.boards.insert(3, bench.board(0));
    await Promise.all([ended(bench.board(unjudged)), ended(bench.board(early)), ended(bench.board(0))]);
    anHourPartAgo(bench.window.dataDir);
    // The station keeps the figures of as many lots as it used last: those of this one it counts anew after them.
    for (let other = 1; other <= OTHERS; other++) await bench.ask((api) => api.lot.create(draftOf(other)));
    await bench.boards.insert(6, bench.board(late));
    await ended(bench.board(late));
    feeding = Promise.all([feed(4, 1), feed(5, 20)]).then(() => {});
  }, 2 * BENCH_MS);
  afterAll(async () => {
    fed = true;
    await feeding;
    await bench?.close();
  });

  async function feed(slot: number, first: number): Promise<void> {
    for (let board = first; board < first + 19 && !fed; board++) {
      await bench.boards.insert(slot, bench.board(board));
      await ended(bench.board(board));
      await bench.boards.eject(slot);
    }
  }

  const ended = (board: number) =>
    vi.waitFor(() => expect(bench.jobs(board).at(-1)?.outcome ?? null).not.toBeNull(), {
      timeout: BENCH_MS,
      interval: LOOK_AGAIN_MS,
    });

  test('each screen counts as the database does, failures and the last hour too', async () => {
    const running = { page: bench.page, dataDir: bench.window.dataDir, lotId: LOT };
    for (const screen of SCREENS) {
      const read = await agreed(running, screen);
      expect(read).toMatchObject({ failed: 2, noVerdict: 1, registered: 0, waiting: read.made });
      expect(read.hour.length).toBeGreaterThanOrEqual(2);
    }
  });
});

function draftOf(other: number) {
  const lotId = `LD-${other}`;
  return {
    ...{ lotId, orderId: lotId, practice: true, recipePath: RECIPE, release: false },
    ...{ quantity: 1, spare: 0, stopAfter: 0, serialRange: `${lotId}-0001..${lotId}-0001` },
  };
}

/** As if what has ended until now had ended ten minutes earlier. */
function anHourPartAgo(dataDir: string): void {
  const database = new Database(join(dataDir, 'station.db'));
  database.exec(`DROP TRIGGER job_ends_once;
    UPDATE job SET started_ms = started_ms - ${2 * PART_MS}, ended_ms = ended_ms - ${2 * PART_MS} WHERE outcome IS NOT NULL`);
  database.close();
}
