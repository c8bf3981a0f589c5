// Devices in the real window, by keyboard alone: a board is found by a scan, its record agrees with the database, it proves
// itself in its slot, and a technician re-works one that did not take its certificate.
import type { CDPSession } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keyTail } from '../../renderer/view-state/hex-words.ts';
import { PRACTICE_PASSPHRASE } from '../../station/identity/ca-folder.ts';
import { type HandBench, openHandBench, tileSays, unlock } from './hand-bench.ts';
import { scan } from './scanner.ts';
import { BENCH_MS } from './window-app.ts';

const LINH = { name: 'Linh Trần', role: 'technician', pin: '141421' } as const;
const ROSE = { name: 'Rose Adeyemi', role: 'security-officer', pin: '271828' } as const;

let bench: HandBench;
let keyboard: CDPSession;
beforeAll(async () => {
  bench = await openHandBench({ faults: ['certificate-refused'], devices: 3 });
  keyboard = await bench.page.context().newCDPSession(bench.page);
  await unlock(bench.page, PRACTICE_PASSPHRASE);
  await bench.makeLot('L1');
  await bench.startLine('L1');
  await bench.boards.insert(1, bench.board(0));
  await bench.boards.insert(2, bench.board('certificate-refused'));
  await tileSays(bench.page, 1, 'Passed');
  await tileSays(bench.page, 2, 'Cert refused');
  await bench.addPeople([ROSE, LINH]);
  await bench.page.reload();
  await bench.page.getByRole('button', { name: LINH.name }).click();
  await bench.page.getByLabel(`PIN of ${LINH.name}`).fill(LINH.pin);
  await bench.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await tileSays(bench.page, 1, 'Passed');
}, 3 * BENCH_MS);
afterAll(async () => {
  await bench?.close();
});

const key = (name: string) => bench.page.keyboard.press(name);
const heading = (name: string) => bench.page.getByRole('heading', { name, exact: true });
const button = (name: string) => bench.page.getByRole('button', { name, exact: true });
const certificateOf = (board: number) => {
  const found = bench.certificates(board).at(-1);
  if (!found) throw new Error(`board ${board} has no certificate`);
  return found;
};

async function openByScan(board: number): Promise<void> {
  const { deviceSerial, spkiSha256 } = certificateOf(board);
  await scan(keyboard, `KL1:${deviceSerial}:${keyTail(spkiSha256).replace(' ', '')}`);
  await heading(deviceSerial).waitFor();
}

/** Moves the focus with Tab until it is on this button, then presses it. */
async function press(name: string): Promise<void> {
  await button(name).waitFor();
  for (let tabs = 0; tabs < 60; tabs++) {
    const text = await bench.page.evaluate(() => document.activeElement?.textContent ?? '');
    if (text === name) return key('Enter');
    await key('Tab');
  }
  throw new Error(`Tab does not lead to ${name}`);
}

describe('a technician in Devices', () => {
  test('finds a board by a scan, and its record agrees with the database', async () => {
    await key('F6');
    await bench.page.getByRole('list', { name: 'Devices found' }).waitFor();
    expect(await bench.page.locator('[data-device]').count()).toBe(2);
    await openByScan(bench.board(0));
    const { spkiSha256, state } = certificateOf(bench.board(0));
    expect(state).toBe('live');
    await bench.page.getByText(keyTail(spkiSha256), { exact: true }).waitFor();
    await bench.page.getByText('Passed, locked', { exact: true }).waitFor();
    const [passed] = bench.audit('job-passed');
    expect(passed).toBeDefined();
    const seq = bench.read((records) => [...records.auditEvents()].find(({ type }) => type === 'job-passed')?.seq ?? 0);
    const number = new Intl.NumberFormat('en').format(seq);
    await bench.page.locator('.seal-chain .own').getByText(number, { exact: true }).waitFor();
    expect(await button('Revoke identity…').count()).toBe(0);
    expect(await button('Send to re-work').count()).toBe(0);
  });

  test('has the board in its slot prove its identity, on record', async () => {
    await press('Check identity now');
    await bench.page.getByText(/^The board in slot 1 proved its identity/).waitFor({ timeout: BENCH_MS });
    const [checked, ...more] = bench.audit('identity-checked');
    expect(more).toEqual([]);
    expect(checked?.body).toMatchObject({ slot: '1', faults: [] });
    expect(bench.jobs(bench.board(0))).toHaveLength(1);
    await key('Escape');
    await bench.page.getByRole('list', { name: 'Devices found' }).waitFor();
  });

  test('is told that a board is not on record, and finds the field again by Ctrl+K', async () => {
    await scan(keyboard, 'KL1:L1-9999:7F3A91C2');
    await bench.page
      .locator('.found')
      .getByText(/^No record of L1-9999 on this station/)
      .waitFor();
    await key('F2');
    await key('Control+K');
    await bench.page.getByLabel('Serial or hardware id').and(bench.page.locator(':focus')).waitFor();
  });

  test('sends a board that did not take its certificate to re-work: void, and its serial stays', async () => {
    const before = certificateOf(bench.board('certificate-refused'));
    expect(before.state).toBe('void');
    await openByScan(bench.board('certificate-refused'));
    await press('Send to re-work');
    await press('Repaired');
    await bench.page.getByText(`${before.deviceSerial} is in re-work. Insert it: it gets a new key.`).waitFor();
    expect(bench.audit('device-reworked')).toMatchObject([{ body: { reason: 'repaired' } }]);
    // It still sits in its slot: its second job begins there, under its serial and with another key.
    await expect.poll(() => bench.jobs(bench.board('certificate-refused')).length, { timeout: BENCH_MS }).toBe(2);
    await expect
      .poll(() => bench.certificates(bench.board('certificate-refused')).length, { timeout: BENCH_MS })
      .toBe(2);
    const [old, made] = bench.certificates(bench.board('certificate-refused'));
    expect(made?.deviceSerial).toBe(old?.deviceSerial);
    expect(made?.spkiSha256).not.toBe(old?.spkiSha256);
  });
});
