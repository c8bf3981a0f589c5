// The real window on the practice bench: boards turn green on screen, and a reload and a dead station lose nothing.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openQueries } from '../../db/queries.ts';
import { BENCH_MS, openWindowApp, type WindowApp } from './window-app.ts';

/** Slots of the practice bench. */
const SLOTS = 16;

let open: WindowApp;

beforeAll(async () => {
  open = await openWindowApp({ mode: 'practice' });
});

afterAll(async () => {
  await open?.close();
});

const passed = (page: Page) => page.getByLabel(/^Slot \d+: Passed/).first();
const slots = (page: Page) => page.getByLabel(/^Slot \d+: /);

function passedOnRecord(): number {
  const records = openQueries(join(open.dataDir, 'station.db'));
  try {
    return records.lots(0).reduce((sum, { tally }) => sum + tally.passed, 0);
  } finally {
    records.close();
  }
}

function stationLog(): string {
  const folder = join(open.dataDir, 'logs');
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}

describe('the window on the practice bench', () => {
  test('shows boards that passed, without a touch', async () => {
    await passed(open.page).waitFor({ timeout: BENCH_MS });
    expect(passedOnRecord()).toBeGreaterThan(0);
    await expect.poll(() => slots(open.page).count()).toBe(SLOTS);
  });

  test('is whole again after a reload in mid-lot, and the lot goes on', async () => {
    const before = passedOnRecord();
    await open.page.reload();
    await expect.poll(() => slots(open.page).count(), { timeout: 10_000 }).toBe(SLOTS);
    await expect.poll(passedOnRecord, { timeout: BENCH_MS }).toBeGreaterThan(before);
    await passed(open.page).waitFor({ timeout: BENCH_MS });
  });

  test('goes on where it was when the station is killed in mid-lot', async () => {
    const before = passedOnRecord();
    const killed = stationPid();
    process.kill(killed, 'SIGKILL');
    await expect.poll(passedOnRecord, { timeout: BENCH_MS }).toBeGreaterThan(before);
    expect(stationPid()).not.toBe(killed);
    await passed(open.page).waitFor({ timeout: BENCH_MS });
    expect(await slots(open.page).count()).toBe(SLOTS);
  });
});

/** The process that holds the data folder's log: each of its lines says who wrote it. */
function stationPid(): number {
  const last = stationLog().trim().split('\n').at(-1) ?? '';
  return (JSON.parse(last) as { pid: number }).pid;
}
