// A station whose CA lies in a token, in the real window: its PIN is given on the card or in Settings, and a token that is
// pulled out is told of.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CaAnswer } from '../../contract/cli.ts';
import { ERRORS } from '../../domain/error-table.ts';
import { PRACTICE_PASSPHRASE } from '../../station/identity/ca-folder.ts';
import { keylineJson } from '../system/keyline-process.ts';
import { makeSoftToken, type SoftToken } from '../system/soft-token.ts';
import { cardAt } from './hand-bench.ts';
import { BENCH_MS, openWindowApp, type WindowApp } from './window-app.ts';

let dir: string;
let token: SoftToken;
let open: WindowApp;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-token-window-'));
  token = makeSoftToken({ label: 'LINE-2' });
  const dataDir = join(dir, 'station');
  const place = ['--token', token.label, '--token-module', token.module, '--token-key', 'issuing-2', '--pin-fd', '3'];
  await keylineJson(CaAnswer, ['ca', 'init', '--practice', ...place, '--data', dataDir], { secrets: [token.pin] });
  open = await openWindowApp({ mode: 'real', dataDir });
  await open.page.getByRole('heading', { name: 'Scan a work order' }).waitFor({ timeout: BENCH_MS });
});

afterAll(async () => {
  await open?.close();
  token?.dispose();
  rmSync(dir, { recursive: true, force: true });
});

describe('a station whose token waits for its PIN', () => {
  const card = () => cardAt(open.page, 'Line');
  const unlock = async () => {
    await card().getByLabel('Passphrase of the signing key').fill(PRACTICE_PASSPHRASE);
    await card().getByRole('button', { name: 'Unlock' }).click();
    await pin().waitFor();
  };
  const pin = () => card().getByLabel('PIN of the signing token');
  const ca = () => open.page.getByRole('article').first();

  test('asks for its own passphrase first, then for the PIN, and keeps no wrong one', async () => {
    await unlock();
    await card().getByText(`Line · ${ERRORS.SIGNER_LOCKED.tile}`).waitFor();
    await pin().fill('not-the-pin');
    await card().getByRole('button', { name: 'Open' }).click();
    const tries = 'The token counts wrong ones and locks its PIN after a few.';
    await card().getByRole('status').getByText(`${ERRORS.TOKEN_PIN_WRONG.happened} ${tries}`).waitFor();
    expect(await pin().inputValue()).toBe('');
  });

  test('opens with the right one, and Settings says where the key lies', async () => {
    await pin().fill(token.pin);
    await card().getByRole('button', { name: 'Open' }).click();
    await card().waitFor({ state: 'detached' });
    await open.page.keyboard.press('F8');
    await ca().getByText('Ready', { exact: true }).waitFor();
    await ca().getByText('Key in token LINE-2', { exact: true }).waitFor();
    await ca().getByRole('button', { name: 'Test signing' }).click();
    await ca()
      .getByRole('status')
      .getByText(/^Signed and checked in \d+ ms\.$/)
      .waitFor();
  });

  test('that is pulled out is said so, and asks for its PIN again when it is back', async () => {
    token.pullOut();
    await ca().getByRole('button', { name: 'Test signing' }).click();
    await ca().getByRole('status').getByText(ERRORS.SIGNER_UNREACHABLE.happened).waitFor();
    await ca().getByText('Not reached', { exact: true }).waitFor();
    token.putBack();
    await ca().getByText('PIN needed', { exact: true }).waitFor();
    await ca().getByLabel('PIN of token LINE-2').fill(token.pin);
    await ca().getByRole('button', { name: 'Open' }).click();
    await ca().getByText('Ready', { exact: true }).waitFor();
  });
});
