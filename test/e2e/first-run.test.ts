// The first run in the real window, from nothing to a station that a person signs in to, without touching a file.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StationQueries } from '../../db/queries.ts';
import { onRecord } from './on-record.ts';
import { scan } from './scanner.ts';
import { BENCH_MS, openWindowApp, type WindowApp } from './window-app.ts';

const OFFICER = 'María Ríos';
const PIN = '271828';
const WRONG_PIN = '314159';

let open: WindowApp;
let keyboard: CDPSession;

beforeAll(async () => {
  open = await openWindowApp({ mode: 'first-run' });
  keyboard = await open.page.context().newCDPSession(open.page);
});

afterAll(async () => {
  await open?.close();
});

const button = (name: string | RegExp) => open.page.getByRole('button', { name });
const press = (name: string | RegExp) => button(name).click();
const heading = (name: string) => open.page.getByRole('heading', { name });
const tile = (slot: number, word: string) => button(new RegExp(`^Slot ${slot}: ${word}`));
const card = () => open.page.getByRole('complementary', { name: 'What to do' });
const alert = () => open.page.getByRole('alert').filter({ hasText: /./ });

describe('the first run', () => {
  test('leads through seven steps, of which an officer with a PIN is the one that is needed', async () => {
    await heading('Choose the language').waitFor({ timeout: BENCH_MS });
    await press('Next');
    await heading('Hold a badge to the screen').waitFor();
    await press('It fits');
    await press('Next');
    await heading('Scan two codes').waitFor();
    await scan(keyboard, 'WO-48213');
    await scan(keyboard, 'KLB:B-0001');
    await open.page.getByText('Fast enough, and it ends with Enter.').waitFor();
    await press('Next');
    await heading('Find the slots of this bench').waitFor();
    await press('Skip for now');
    await heading('Who signs the certificates').waitFor();
    await press('Next');
    await heading('Who works here').waitFor();
    await press('Skip for now');
    await heading('Make your first board').waitFor();
    await press('Go to the real line');
    expect(await alert().textContent()).toBe('Add a security officer first. Then the real line opens.');
    await addOfficer();
    await press('Next');
    await heading('Make your first board').waitFor();
    const steps = open.page.getByRole('navigation', { name: 'Steps' }).getByRole('listitem');
    const worth = await steps.allInnerTexts();
    expect(worth.map((text) => text.replaceAll(/\s+/g, ' '))).toEqual([
      'Done Language English',
      expect.stringMatching(/^Done Screen size \d+/),
      'Done Scanner OK',
      '4 Ports and slots Skipped',
      'Done Signing File, test',
      'Done People 1',
      '7 Try it',
    ]);
  });

  test('passes a board at a touch, and says what its green disc means', async () => {
    await tile(1, 'Insert board').click({ timeout: BENCH_MS });
    await tile(1, 'Passed\\. Take out').waitFor({ timeout: BENCH_MS });
    await lesson('A green disc: take the board out').waitFor();
  });

  test('shows the card of a board that is pulled out, and goes on when it is back', async () => {
    await press('Pull the board out');
    await card().waitFor({ timeout: BENCH_MS });
    expect(await cardWords()).toEqual([
      'Slot 2 · Pulled out early',
      'It has no lock yet',
      'Insert the same board again.',
    ]);
    await tile(2, 'Pulled out early').click();
    await tile(2, 'Passed').waitFor({ timeout: BENCH_MS });
    await card().waitFor({ state: 'detached' });
    await lesson('An octagon or a triangle: read the card, do one thing').waitFor();
  });

  test('shows the card of a board of another model, whose one button answers it', async () => {
    await press('Put in the wrong model');
    await card().waitFor({ timeout: BENCH_MS });
    const [title, meaning, todo] = await cardWords();
    expect(title).toBe('Slot 3 · Wrong model');
    expect(meaning).toMatch(/^This board says .+, the lot wants AQ-200\.$/);
    expect(todo).toBe('Take it out. Put it in the yellow bin.');
    await card().getByRole('button', { name: 'It is in the bin' }).click();
    await expect.poll(() => onRecord(practiceFolder(), answers)).toBe(1);
    // The card of a board that still sits there comes back: it leaves for good with its board.
    await tile(3, 'Wrong model').click();
    await card().waitFor({ state: 'detached' });
  });
});

describe('a network that is broken and mended', () => {
  test('is counted up on screen while boards pass, and down to nothing when it is back; the records say the same', async () => {
    await emptySlots();
    const before = counts();
    expect(before).toMatchObject({ waiting: 0, refused: 0, registered: before.made });
    await press('Break the network');
    for (const slot of [1, 2]) {
      await tile(slot, 'Insert board').click();
      await tile(slot, 'Passed').waitFor({ timeout: BENCH_MS });
      await sync('Offline · ', `${slot} waiting`, 'All saved on this station').waitFor({ timeout: BENCH_MS });
    }
    expect(counts()).toEqual({ ...before, made: before.made + 2, waiting: 2 });
    await press('Mend the network');
    await sync('Online', 'All with the practice service').waitFor({ timeout: BENCH_MS });
    expect(counts()).toEqual({ ...before, made: before.made + 2, registered: before.made + 2 });
  });
});

describe('the real line after it', () => {
  test('opens on a station of its own, which is not practice, and on its sign-in', async () => {
    await press('Go to the real line');
    await heading('Scan your badge').waitFor({ timeout: BENCH_MS });
    expect(await open.page.getByRole('complementary', { name: 'Practice' }).count()).toBe(0);
    expect(await person().textContent()).toContain('Security officer');
    const kept = onRecord(open.dataDir, (records) => ({
      practice: records.station()?.practice,
      people: records.people().map(({ name, role }) => ({ name, role })),
      lots: records.lots(0).length,
    }));
    expect(kept).toEqual({ practice: false, people: [{ name: OFFICER, role: 'security-officer' }], lots: 0 });
  });

  test('tells a wrong PIN, and signs in with the right one', async () => {
    await person().click();
    await enterPin(WRONG_PIN);
    await told('That is not the PIN of this person. Try again, or scan a badge.');
    await enterPin(PIN);
    await button(`${OFFICER}, Security officer`).waitFor();
    await heading('Scan a work order').waitFor();
  });

  test('opens practice again from Settings, in a folder of its own, and comes back to its sign-in', async () => {
    const before = practiceFolders();
    await open.page.keyboard.press('F8');
    await press('Practice');
    await press('Open the practice bench');
    await press('Open practice');
    const band = open.page.getByRole('complementary', { name: 'Practice' });
    await band.waitFor({ timeout: BENCH_MS });
    await tile(1, 'Passed').waitFor({ timeout: BENCH_MS });
    expect(practiceFolders()).toHaveLength(before.length + 1);
    await band.getByRole('button', { name: 'Go to the real line' }).click();
    await heading('Scan your badge').waitFor({ timeout: BENCH_MS });
    expect(await band.count()).toBe(0);
    expect(onRecord(open.dataDir, (records) => records.lots(0).length)).toBe(0);
  });

  test('waits after five wrong PINs, also with the right one', async () => {
    await open.page.keyboard.press('Control+L');
    await person().click();
    for (let time = 1; time <= 4; time++) {
      await enterPin(WRONG_PIN);
      await told('That is not the PIN of this person. Try again, or scan a badge.');
    }
    await enterPin(WRONG_PIN);
    await told('Five wrong PINs. Wait 1 minute, or scan a badge.');
    await enterPin(PIN);
    await told('Five wrong PINs. Wait 1 minute, or scan a badge.');
    expect(await heading('Scan your badge').isVisible()).toBe(true);
  });
});

/** Of the practice stations: they lie apart from the real one's. */
const practiceRoot = () => join(open.dataDir, '..', 'home', 'keyline', 'practice');
const practiceFolders = () => readdirSync(practiceRoot());

const practiceFolder = () => join(practiceRoot(), practiceFolders()[0] ?? '');

const counts = () => onRecord(practiceFolder(), (records) => records.syncCounts());

const answers = (records: StationQueries) =>
  [...records.auditEvents()].filter(({ type }) => type === 'card-answered').length;

/** A touch takes a finished board out. */
async function emptySlots(): Promise<void> {
  for (const slot of [1, 2, 3]) {
    const taken = tile(slot, '(Passed|Wrong model)');
    if ((await taken.count()) > 0) await taken.click();
    await tile(slot, 'Insert board').waitFor();
  }
}

/** The sync state of the top bar, as it is read. */
const sync = (...words: string[]) => open.page.getByRole('banner').filter({ hasText: words.join('') });

const person = () => button(new RegExp(`^${OFFICER} Security officer`));

async function addOfficer(): Promise<void> {
  await open.page.getByLabel('Name').fill(OFFICER);
  await open.page.getByLabel('PIN, 4 to 12 digits').fill(PIN);
  await open.page.getByLabel('PIN again').fill(PIN);
  await press('Add');
  await button(`Remove ${OFFICER}`).waitFor();
}

/** By the pad's keys, as fingers do. */
async function enterPin(pin: string): Promise<void> {
  const keys = open.page.getByRole('group', { name: 'PIN keys' });
  for (const digit of pin) await keys.getByRole('button', { name: digit, exact: true }).click();
  await press('Sign in');
  // The pad is empty again, or gone, once the station has answered; one look, since it may go between two.
  const field = open.page.getByLabel(`PIN of ${OFFICER}`);
  const typed = () => field.evaluateAll((fields) => fields.map((one) => (one as HTMLInputElement).value).join(''));
  await expect.poll(typed).toBe('');
}

const told = (words: string) => expect.poll(() => alert().textContent()).toBe(words);

const lesson = (words: string) => open.page.getByRole('listitem').filter({ hasText: `${words}Learned` });

/** Title, what it means for the board, and what to do. */
async function cardWords(): Promise<string[]> {
  const [title = '', meaning = ''] = await card().locator('.hd b, .hd b + span').allTextContents();
  return [title, meaning, (await card().getByRole('paragraph').first().textContent()) ?? ''];
}
