// A real station in the window whose keys are locked, and stations whose records cannot be used: what is said, what is
// offered, and that nothing was changed.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CaAnswer } from '../../contract/cli.ts';
import { ERRORS } from '../../domain/error-table.ts';
import { keylineJson } from '../system/keyline-process.ts';
import { cardAt, cardOf, type HandBench, openHandBench, readCard } from './hand-bench.ts';
import { BENCH_MS, openWindowApp, type WindowApp } from './window-app.ts';

const PASSPHRASE = 'three grey boards';

describe('a real station whose signing key waits for its passphrase', () => {
  let bench: HandBench;
  beforeAll(async () => {
    bench = await openHandBench({ faults: [], devices: 1, passphrase: PASSPHRASE });
    await bench.makeLot('LR');
  });
  afterAll(async () => {
    await bench?.close();
  });

  const card = () => cardAt(bench.page, 'Line');
  const passphrase = () => card().getByLabel('Passphrase of the signing key');

  test('says so, starts no line, and offers to unlock', async () => {
    const { title, meaning } = cardOf('Line', 'SIGNER_LOCKED');
    await card().getByText(title, { exact: true }).waitFor();
    await card().getByText(meaning, { exact: true }).waitFor();
    expect(await card().getByRole('button').allTextContents()).toEqual([ERRORS.SIGNER_LOCKED.button]);
    await bench.page.getByRole('button', { name: /^LR/ }).click();
    await bench.page.getByRole('alert').filter({ hasText: ERRORS.SIGNER_LOCKED.happened }).waitFor();
  });

  test('refuses a wrong passphrase, keeps none, and stays locked', async () => {
    await passphrase().fill('three green boards');
    await card().getByRole('button', { name: 'Unlock' }).click();
    const { happened, todo } = ERRORS.PASSPHRASE_WRONG;
    await card().getByRole('status').getByText(`${happened} ${todo}`).waitFor();
    expect(await passphrase().inputValue()).toBe('');
    expect(bench.audit('signing-unlocked')).toEqual([]);
  });

  test('opens with the right one; a simulated board is then refused by its card', async () => {
    await passphrase().fill(PASSPHRASE);
    await card().getByRole('button', { name: 'Unlock' }).click();
    await card().waitFor({ state: 'detached' });
    await bench.startLine('LR');
    await bench.boards.insert(1, bench.board(0));
    expect(await readCard(bench.page, 'Slot 1')).toEqual(cardOf('Slot 1', 'SIMULATED_DEVICE'));
    expect(bench.certificates(bench.board(0))).toEqual([]);
  });
});

describe('records that cannot be used', () => {
  let dir: string;
  let open: WindowApp | null = null;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'keyline-records-'));
    await keylineJson(CaAnswer, ['ca', 'init', '--practice', '--data', join(dir, 'whole')]);
  });
  afterEach(async () => {
    await open?.close();
    open = null;
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test.each([
    ['made by a newer Keyline', 'RECORDS_NEWER', makeNewer],
    ['damaged', 'RECORDS_DAMAGED', damage],
  ] as const)('%s end the start with the card’s words, and are left as they are', async (_, code, spoil) => {
    const dataDir = join(dir, code);
    cpSync(join(dir, 'whole'), dataDir, { recursive: true });
    const database = join(dataDir, 'station.db');
    spoil(database);
    const before = readFileSync(database);
    open = await openWindowApp({ mode: 'real', dataDir });
    await open.page.getByRole('heading', { name: 'Keyline cannot go on' }).waitFor({ timeout: BENCH_MS });
    const { happened, todo } = ERRORS[code];
    const said = await open.page.getByRole('main').textContent();
    expect(said).toContain(happened);
    expect(said).toContain(todo);
    expect(readFileSync(database).equals(before)).toBe(true);
  });
});

function makeNewer(database: string): void {
  const records = new Database(database);
  records.pragma('user_version = 9999');
  records.pragma('wal_checkpoint(TRUNCATE)');
  records.close();
}

/** The page that holds the tables' names is overwritten, as a bad sector would. */
function damage(database: string): void {
  const bytes = readFileSync(database);
  bytes.fill(0xa5, 100, 4096);
  writeFileSync(database, bytes);
}
