// A lot of 16 slots in the real window, from set-up to full and closed, as a supervisor and a technician do it by touch.
// The practice bench's robot is the hands at the boards.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onRecord } from './on-record.ts';
import { BENCH_MS, openWindowApp, type WindowApp } from './window-app.ts';

const LOT = 'WO-48213';
const BOARDS = 16;

let open: WindowApp;

beforeAll(async () => {
  open = await openWindowApp({ mode: 'practice' });
});

afterAll(async () => {
  await open?.close();
});

const button = (name: string | RegExp) => open.page.getByRole('button', { name });
const press = (name: string | RegExp) => button(name).click();
const place = (name: string) =>
  open.page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name }).click();
const field = (name: string) => open.page.getByRole('textbox', { name });
const says = () => open.page.locator('.lot-says').textContent();
const REPORT = 'Report [0-9A-F]{4} signed\\.';
const lotOnRecord = (lotId: string) => onRecord(open.dataDir, (records) => records.lot(lotId, 0));
const check = (words: string) => open.page.locator('.chk').filter({ hasText: words });

describe('a lot', () => {
  test('that is on the line is run out and closed, which leaves the line to the next one', async () => {
    await button(/^Slot \d+: Passed/)
      .first()
      .waitFor({ timeout: BENCH_MS });
    await press('Put boards in by hand');
    // Boards that are in go on to their end; no other comes.
    const done = button(/^Slot \d+: (Passed|Insert board)/);
    await expect.poll(() => done.count(), { timeout: BENCH_MS }).toBe(BOARDS);
    await place('Lots');
    await press(/^P1/);
    await pressClose();
    await press('Close the lot');
    await expect.poll(says).toMatch(/^Closed\./);
    const { tally, lot } = lotOnRecord('P1') ?? {};
    const passed = tally?.passed ?? 0;
    expect(passed).toBeGreaterThan(0);
    expect({ lot, tally }).toMatchObject({ lot: { state: 'closed' }, tally: { running: 0 } });
    expect(await says()).toMatch(
      new RegExp(`^Closed\\. ${passed} passed, 0 scrapped, ${400 - passed} open\\. ${REPORT}$`),
    );
    await press('Back to Lots');
    await press('Let boards come by themselves');
  });

  test('is set up in one page, whose octagons turn to discs as it is filled, and released', async () => {
    await press('New lot');
    await check('No work order').waitFor();
    await expect.poll(() => stops().count()).toBe(3);
    await field('Work order').fill(LOT);
    await field('Quantity').fill(String(BOARDS));
    await press(/^Recipe/);
    await open.page.getByRole('option').first().click();
    await field('First').fill('WA-0001');
    await expect.poll(() => field('Last').inputValue()).toBe('WA-0016');
    await expect.poll(() => stops().count()).toBe(0);
    for (const words of ['No lot was made of it yet', '16 of 16, checked on this station', 'CA ready', 'Line is free'])
      expect(await check(words).textContent()).toMatch(/^In order/);
    await press('Release lot to the line');
    await expect.poll(says).toBe(`${LOT} is released. Choose it on the Line.`);
    expect(lotOnRecord(LOT)?.lot).toMatchObject({ state: 'released', quantity: BOARDS, orderId: LOT });
  });

  test('is chosen on the Line, fills all slots, and says when it is full', async () => {
    await place('Line');
    await open.page.getByRole('heading', { name: 'Scan a work order' }).waitFor();
    await press(new RegExp(`^${LOT}`));
    await expect.poll(() => button(/^Slot \d+: Passed\. Take out/).count(), { timeout: BENCH_MS }).toBeGreaterThan(0);
    const full = '16 of 16. Take the last boards out. A supervisor can close the lot.';
    await open.page.getByText(full).waitFor({ timeout: BENCH_MS });
    const strip = open.page.getByRole('region', { name: 'Lot progress' });
    expect(await strip.locator('.val').first().textContent()).toBe('16 of 16 boards');
    await strip.getByRole('img', { name: '16 passed, 0 in work, 0 left' }).waitFor();
    const { tally, slots, live } = onRecord(open.dataDir, (records) => ({
      tally: records.lot(LOT, 0)?.tally,
      slots: new Set(records.devices({ lotId: LOT, limit: 100 }).devices.map(({ slot }) => slot)).size,
      live: records.certificateCounts(LOT).live,
    }));
    expect({ ...tally, slots, live }).toMatchObject({ passed: BOARDS, failed: 0, running: 0, slots: BOARDS, live: 16 });
  });

  test('stays full until a supervisor closes it, with counts that are those on record', async () => {
    // The robot takes the last boards out and asks for no other lot.
    await expect.poll(() => button(/^Slot \d+: Insert board/).count(), { timeout: BENCH_MS }).toBe(BOARDS);
    await place('Lots');
    await press(new RegExp(`^${LOT}`));
    await open.page.getByRole('img', { name: /^16 passed, 0 revoked, 0 in work, 0 in re-work, 0 failed/ }).waitFor();
    await pressClose();
    await open.page.getByText('All its boards are made.').waitFor();
    await press('Close the lot');
    await expect.poll(says).toMatch(new RegExp(`^Closed\\. 16 passed, 0 scrapped, 0 open\\. ${REPORT}$`));
    expect(lotOnRecord(LOT)).toMatchObject({ lot: { state: 'closed' }, tally: { passed: BOARDS } });
    await place('Line');
    await open.page.getByRole('heading', { name: 'Scan a work order' }).waitFor();
  });
});

const stops = () => check('Stops the release');

/** Once no board of it is in work any more. */
async function pressClose(): Promise<void> {
  await expect.poll(() => button('Close lot…').getAttribute('aria-disabled'), { timeout: BENCH_MS }).toBe('false');
  await press('Close lot…');
}
