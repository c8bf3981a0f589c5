// A supervisor creates a lot, runs it, explains why boards failed and closes it, in the real window by keys and scanner
// alone: counts that are those on record, tables, a hold with its reason, reports on paper, a close that signs.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReportVerifyAnswer } from '../../contract/cli.ts';
import { ERRORS } from '../../domain/error-table.ts';
import { PRACTICE_PASSPHRASE } from '../../station/identity/ca-folder.ts';
import { keylineJson, RECIPE } from '../system/keyline-process.ts';
import { cardAt, type HandBench, openHandBench, tileSays } from './hand-bench.ts';
import { hasFocus, type Keyboard, keyboardOf } from './keyboard.ts';
import { scan } from './scanner.ts';
import { BENCH_MS } from './window-app.ts';

const LOT = 'WO-48213';
const BOARDS = 3;
const PIN = '4711';
/** One board each, by the slot that it is put into. */
const FAILING = [
  { slot: 4, fault: 'weak-entropy', code: 'WEAK_ENTROPY' },
  { slot: 5, fault: 'store-bad', code: 'DEVICE_STORE_FAILED' },
] as const;

let bench: HandBench;
let scanner: CDPSession;
let hand: Keyboard;

beforeAll(async () => {
  bench = await openHandBench({ faults: FAILING.map(({ fault }) => fault), devices: FAILING.length + BOARDS });
  scanner = await bench.page.context().newCDPSession(bench.page);
  hand = keyboardOf(bench.page);
  await bench.ask((api) => api.signing.unlock({ passphrase: PRACTICE_PASSPHRASE }));
  await bench.addPeople([{ name: 'R. Adeyemi', role: 'security-officer', pin: '0815' }]);
  await bench.ask((api) => api.recipes.add({ path: RECIPE }));
  await bench.ask((api) => api.people.add({ name: 'María Ríos', role: 'supervisor', badge: 'SV-0001', pin: PIN }));
  await bench.page.getByText('Scan your badge').waitFor();
});

afterAll(async () => {
  await bench?.close();
});

const button = (name: string | RegExp) => bench.page.getByRole('button', { name });
const says = () => bench.page.locator('.lot-says').textContent();
const reports = () => join(bench.window.dataDir, 'reports', LOT);
const onRecord = () => bench.read((records) => records.lot(LOT, 0));
const panel = (title: string) =>
  bench.page.getByRole('region').filter({ has: bench.page.getByRole('heading', { name: title }) });

describe('a supervisor', () => {
  test('signs in with badge and PIN, sets a lot up and releases it', async () => {
    await scan(scanner, 'KLB:SV-0001');
    await bench.page.getByText('PIN of María Ríos').waitFor();
    await hand.type(PIN);
    await hand.key('Enter');
    await button(/^María Ríos/).waitFor();
    await hand.key('F3');
    await hand.press('New lot');
    await hand.write('Work order', LOT);
    await hand.write('Quantity', String(BOARDS));
    await hand.press(/^Recipe/);
    await expect.poll(() => hasFocus(bench.page.getByRole('listbox'))).toBe(true);
    await hand.key('Enter');
    await hand.write('First', 'WS-0001');
    const release = button('Release lot to the line');
    await expect.poll(() => release.getAttribute('aria-disabled'), { timeout: BENCH_MS }).toBe('false');
    await hand.press(release);
    await expect.poll(says).toBe(`${LOT} is released. Choose it on the Line.`);
    const [created, released] = bench.read((records) => records.lotEvents(LOT));
    expect([created?.type, released?.type]).toEqual(['lot-created', 'lot-released']);
    expect(created?.actorId).toMatch(/^[0-9a-f]{16}$/);
  });

  test('runs it: boards pass, two fail and go to the bin', async () => {
    await hand.key('F2');
    await hand.press(new RegExp(`^${LOT}`));
    await Promise.all(FAILING.map(({ slot, fault }) => bench.boards.insert(slot, bench.board(fault))));
    for (const { slot, code } of FAILING) {
      await tileSays(bench.page, slot, ERRORS[code].tile);
      await scan(scanner, `KLS:${slot}`);
      await bench.page.getByRole('complementary', { name: `Slot ${slot}` }).waitFor();
      await scan(scanner, 'KLC:IN-THE-BIN');
      await expect
        .poll(() => bench.audit('card-answered').map(({ body }) => [Number(body.slot), body.command]))
        .toContainEqual([slot, 'in-bin']);
      await hand.key('Escape');
      await bench.boards.eject(slot);
      await cardAt(bench.page, `Slot ${slot}`).waitFor({ state: 'detached' });
    }
    // One board stays to be made, for what is done to a lot that is not full.
    await pass(1);
    await pass(2);
  });
});

async function pass(slot: number): Promise<void> {
  await bench.boards.insert(slot, bench.board(slot - 1));
  await tileSays(bench.page, slot, 'Passed');
  await bench.boards.eject(slot);
}

describe('the page of the lot', () => {
  test('is opened from the list, with counts that are those on record', async () => {
    await hand.key('F3');
    await hand.press(new RegExp(`^${LOT}`));
    await bench.page.getByRole('heading', { name: `Lot ${LOT}` }).waitFor();
    await bench.page.getByRole('heading', { name: 'To close this lot' }).waitFor();
    expect(onRecord()?.tally).toMatchObject({ passed: 2, failed: 2, running: 0 });
    await bench.page.getByRole('img', { name: /^2 passed, 0 revoked, 0 in work, 0 in re-work, 2 failed/ }).waitFor();
  });

  test('says why boards failed; once in a slot is chance, and no slot is named for it', async () => {
    const why = panel('Why boards failed first time');
    await hand.press(why.getByRole('button', { name: 'Table' }));
    const rows = await why.getByRole('row').allTextContents();
    for (const { code } of FAILING) expect(rows).toContain(`${ERRORS[code].tile}1`);
    await hand.press(why.getByRole('button', { name: 'Chart' }));
  });

  test('gives the figures of each chart as a table', async () => {
    await hand.press('Table');
    await bench.page.getByRole('table').first().waitFor();
    expect(await bench.page.getByRole('columnheader').allTextContents()).toEqual(['From', 'Boards', 'Yield']);
    await hand.press('Chart');
    expect(await bench.page.getByRole('table').count()).toBe(0);
  });

  test('holds the lot for a reason and releases it again, both as the person', async () => {
    await hand.press('Hold…');
    await hand.type('labels are wrong');
    await hand.key('Enter');
    await expect.poll(says).toBe(`${LOT} is held. Signed boards finish, others wait.`);
    await bench.page.getByText('Held: labels are wrong').first().waitFor();
    await hand.press('Release…');
    await hand.key('Enter');
    await expect.poll(says).toBe(`${LOT} is released. Choose it on the Line.`);
    const events = bench.read((records) => records.lotEvents(LOT));
    const [held, released] = events.slice(-2);
    expect([held?.type, released?.type]).toEqual(['lot-held', 'lot-released']);
    expect(held?.actorId).toMatch(/^[0-9a-f]{16}$/);
    expect(released?.actorId).toBe(held?.actorId);
  });

  test('prints a report so far, which is not signed, and a table of boards', async () => {
    await hand.press('Report so far');
    const pdf = join(reports(), 'so-far.pdf');
    await expect.poll(says, { timeout: BENCH_MS }).toBe(`Not signed: ${pdf}`);
    expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
    await hand.press('Export CSV');
    await expect.poll(says).toMatch(/^\d+ boards? in .*so-far\.csv$/);
    expect(existsSync(join(reports(), 'report.sig'))).toBe(false);
  });

  test('closes the lot after the PIN, once no board is in work, with counts that are those on record', async () => {
    await hand.key('F2');
    await pass(3);
    await hand.key('F3');
    await hand.press(new RegExp(`^${LOT}`));
    const close = button('Close lot…');
    await expect.poll(() => close.getAttribute('aria-disabled'), { timeout: BENCH_MS }).toBe('false');
    await hand.press('Close lot…');
    await hand.type('1234');
    await hand.key('Enter');
    await bench.page.getByText('That is not the PIN of this person.').waitFor();
    expect(onRecord()?.lot.state).not.toBe('closed');
    await hand.type(PIN);
    await hand.key('Enter');
    await expect.poll(says).toMatch(/^Closed\. 3 passed, \d+ scrapped, \d+ open\. Report [0-9A-F]{4} signed\.$/);
    expect(onRecord()).toMatchObject({ lot: { state: 'closed' }, tally: { passed: BOARDS, failed: 2, running: 0 } });
    await bench.page.getByRole('img', { name: /^3 passed, 0 revoked, 0 in work, 0 in re-work, 2 failed/ }).waitFor();
    for (const name of ['Close lot…', 'Hold…', 'Report so far']) expect(await button(name).count()).toBe(0);
  });

  test('leaves a signed report with its PDF, which the command line believes', async () => {
    await expect.poll(() => existsSync(join(reports(), 'report.pdf.sig')), { timeout: BENCH_MS }).toBe(true);
    const args = ['report', 'verify', reports(), '--data', bench.window.dataDir];
    const { answer } = await keylineJson(ReportVerifyAnswer, args);
    const { ok, reports: told } = answer;
    expect({ ok, told }).toMatchObject({ ok: true, told: [{ ok: true }] });
    expect(told[0]?.says).toContain(`of lot ${LOT} is whole, with its PDF`);
  });

  test('is left by Esc, to the row that it was opened from', async () => {
    await hand.key('Escape');
    const row = button(new RegExp(`^${LOT}`));
    await row.waitFor();
    await expect.poll(() => hasFocus(row)).toBe(true);
  });
});
