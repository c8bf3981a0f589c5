// The real window on the practice bench: boards turn green on screen, and a reload and a dead station lose nothing.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onRecord } from './on-record.ts';
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
  return onRecord(open.dataDir, (records) => records.syncCounts().made);
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

  test('says plainly that the station is gone when it is killed in mid-lot, and goes on where it was', async () => {
    const before = passedOnRecord();
    const place = await slots(open.page).evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-slot')));
    const lot = await open.page.getByRole('heading', { level: 1 }).textContent();
    const killed = stationPid();
    const said = open.page.getByRole('heading', { name: 'The station does not answer' }).waitFor();
    process.kill(killed, 'SIGKILL');
    await said;
    await expect.poll(() => slots(open.page).count(), { timeout: BENCH_MS }).toBe(SLOTS);
    expect(await slots(open.page).evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-slot')))).toEqual(
      place,
    );
    expect(await open.page.getByRole('heading', { level: 1 }).textContent()).toBe(lot);
    await expect.poll(passedOnRecord, { timeout: BENCH_MS }).toBeGreaterThan(before);
    expect(stationPid()).not.toBe(killed);
    await passed(open.page).waitFor({ timeout: BENCH_MS });
  });

  test('has made no board twice through all that', () => {
    const { sync, live, devices } = onRecord(open.dataDir, (records) => ({
      sync: records.syncCounts(),
      live: records.certificateCounts().live,
      devices: new Set([...records.liveDevices()].map(({ hwid }) => hwid)).size,
    }));
    expect(sync.made).toBe(sync.registered + sync.waiting + sync.refused);
    expect(live).toBe(sync.made);
    expect(devices).toBe(live);
  });
});

/** The process that holds the data folder's log: each of its lines says who wrote it. */
function stationPid(): number {
  const last = stationLog().trim().split('\n').at(-1) ?? '';
  return (JSON.parse(last) as { pid: number }).pid;
}
