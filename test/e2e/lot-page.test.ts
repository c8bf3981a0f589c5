// The page of a lot in the real window, as a supervisor explains and closes it, by keys alone: counts that are those on
// record, tables, a hold with its reason, reports on paper, and a close that takes the PIN and signs.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, Locator } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { socketClient } from '../../cli/station-client.ts';
import { ReportVerifyAnswer } from '../../contract/cli.ts';
import { dataFolderAt } from '../../db/data-folder.ts';
import { socketAddress } from '../../station/api/socket-address.ts';
import { keylineJson } from '../system/keyline-process.ts';
import { onRecord } from './on-record.ts';
import { scan } from './scanner.ts';
import { BENCH_MS, openWindowApp, type WindowApp } from './window-app.ts';

const LOT = 'P1';
const PIN = '4711';
const MOST_TABS = 40;

let open: WindowApp;
let scanner: CDPSession;

beforeAll(async () => {
  open = await openWindowApp({ mode: 'practice' });
  scanner = await open.page.context().newCDPSession(open.page);
  await button(/^Slot \d+: Passed/)
    .first()
    .waitFor({ timeout: BENCH_MS });
  const path = dataFolderAt(open.dataDir).socket;
  const officer = { name: 'R. Adeyemi', badge: null, pin: '0815' };
  const station = socketClient(socketAddress({ path, platform: process.platform }) ?? '', async () => officer);
  await station.api.people.add({ ...officer, role: 'security-officer' });
  await station.api.people.add({ name: 'María Ríos', role: 'supervisor', badge: 'SV-0001', pin: PIN });
  await station.close();
  await open.page.getByText('Scan your badge').waitFor();
});

afterAll(async () => {
  await open?.close();
});

const button = (name: string | RegExp) => open.page.getByRole('button', { name });
const key = (name: string) => open.page.keyboard.press(name);
const says = () => open.page.locator('.lot-says').textContent();
const reports = () => join(open.dataDir, 'reports', LOT);

async function tabTo(target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < MOST_TABS; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await key('Tab');
  }
  throw new Error(`Tab does not lead to ${target}.`);
}

async function pressByKeys(name: string | RegExp): Promise<void> {
  await tabTo(button(name).first());
  await key('Enter');
}

describe('the page of a lot', () => {
  test('is opened from the list by a supervisor who signs in with badge and PIN', async () => {
    await scan(scanner, 'KLB:SV-0001');
    await open.page.getByText('PIN of María Ríos').waitFor();
    await open.page.keyboard.type(PIN, { delay: 60 });
    await key('Enter');
    await button(/^María Ríos/).waitFor();
    await key('F3');
    await pressByKeys(new RegExp(`^${LOT}`));
    await open.page.getByRole('heading', { name: `Lot ${LOT}` }).waitFor();
    await open.page.getByRole('heading', { name: 'To close this lot' }).waitFor();
  });

  test('gives the figures of each chart as a table', async () => {
    await pressByKeys('Table');
    await open.page.getByRole('table').waitFor();
    expect(await open.page.getByRole('columnheader').allTextContents()).toEqual(['From', 'Boards', 'Yield']);
    await pressByKeys('Chart');
    expect(await open.page.getByRole('table').count()).toBe(0);
  });

  test('holds the lot for a reason and releases it again, both as the person', async () => {
    await pressByKeys('Hold…');
    await open.page.keyboard.type('labels are wrong', { delay: 60 });
    await key('Enter');
    await expect.poll(says).toBe(`${LOT} is held. Signed boards finish, others wait.`);
    await open.page.getByText('Held: labels are wrong').first().waitFor();
    await pressByKeys('Release…');
    await key('Enter');
    await expect.poll(says).toBe(`${LOT} is released. Choose it on the Line.`);
    const events = onRecord(open.dataDir, (records) => records.lotEvents(LOT));
    const [held, released] = events.slice(-2);
    expect([held?.type, released?.type]).toEqual(['lot-held', 'lot-released']);
    expect(held?.actorId).toMatch(/^[0-9a-f]{16}$/);
    expect(released?.actorId).toBe(held?.actorId);
  });

  test('prints a report so far, which is not signed, and a table of boards', async () => {
    await pressByKeys('Report so far');
    const pdf = join(reports(), 'so-far.pdf');
    await expect.poll(says, { timeout: BENCH_MS }).toBe(`Not signed: ${pdf}`);
    expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
    await pressByKeys('Export CSV');
    await expect.poll(says).toMatch(/^\d+ boards? in .*so-far\.csv$/);
    expect(existsSync(join(reports(), 'report.sig'))).toBe(false);
  });

  test('closes the lot after the PIN, once no board is in work, with counts that are those on record', async () => {
    await pressByKeys('Put boards in by hand');
    const close = button('Close lot…');
    await expect.poll(() => close.getAttribute('aria-disabled'), { timeout: BENCH_MS }).toBe('false');
    await pressByKeys('Close lot…');
    await open.page.keyboard.type('1234', { delay: 60 });
    await key('Enter');
    await open.page.getByText('That is not the PIN of this person.').waitFor();
    expect(onRecord(open.dataDir, (records) => records.lot(LOT, 0)?.lot.state)).not.toBe('closed');
    await open.page.keyboard.type(PIN, { delay: 60 });
    await key('Enter');
    await expect.poll(says).toMatch(/^Closed\. \d+ passed, 0 scrapped, \d+ open\. Report [0-9A-F]{4} signed\.$/);
    const tally = onRecord(open.dataDir, (records) => records.lot(LOT, 0)?.tally);
    expect(await says()).toContain(`Closed. ${tally?.passed} passed`);
    await open.page.getByRole('img', { name: new RegExp(`^${tally?.passed} passed, 0 in work`) }).waitFor();
    for (const name of ['Close lot…', 'Hold…', 'Report so far']) expect(await button(name).count()).toBe(0);
  });

  test('leaves a signed report with its PDF, which the command line believes', async () => {
    await expect.poll(() => existsSync(join(reports(), 'report.pdf.sig')), { timeout: BENCH_MS }).toBe(true);
    const args = ['report', 'verify', reports(), '--data', open.dataDir];
    const { answer } = await keylineJson(ReportVerifyAnswer, args);
    const { ok, reports: told } = answer;
    expect({ ok, told }).toMatchObject({ ok: true, told: [{ ok: true }] });
    expect(told[0]?.says).toContain(`of lot ${LOT} is whole, with its PDF`);
  });

  test('is left by Esc, to the row that it was opened from', async () => {
    await key('Escape');
    const row = button(new RegExp(`^${LOT}`));
    await row.waitFor();
    await expect.poll(() => row.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});
