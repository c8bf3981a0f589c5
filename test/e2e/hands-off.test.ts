// A lot without a touch: by keyboard alone, then by scanner alone. The boards are in the test's own hands; no test here
// moves or presses a pointer.
import type { CDPSession, Locator } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PRACTICE_PASSPHRASE } from '../../station/identity/ca-folder.ts';
import { cardAt, type HandBench, openHandBench, tileSays } from './hand-bench.ts';
import { compose, scan, scanWhileComposing } from './scanner.ts';
import { BENCH_MS } from './window-app.ts';

const LOT = 'WO-4';
const BOARDS = 4;

/** More than any screen here has places that Tab leads to. */
const MOST_TABS = 60;

let bench: HandBench;
let scanner: CDPSession;

beforeAll(async () => {
  bench = await openHandBench({ faults: ['wrong-model', 'wrong-revision'], devices: 12 });
  scanner = await bench.page.context().newCDPSession(bench.page);
});

afterAll(async () => {
  await bench?.close();
});

const key = (name: string) => bench.page.keyboard.press(name);
const button = (name: string | RegExp) => bench.page.getByRole('button', { name });
const field = (name: string) => bench.page.getByRole('textbox', { name });
const lotOnRecord = (lotId: string) => bench.read((records) => records.lot(lotId, 0));
const stripSays = (words: string | RegExp) =>
  bench.page.getByRole('region', { name: 'Lot progress' }).getByText(words).waitFor({ timeout: BENCH_MS });
const shows = (slot: number, word: string) => tileSays(bench.page, slot, word);

async function passBoard(slot: number, healthy: number): Promise<void> {
  await bench.boards.insert(slot, bench.board(healthy));
  await shows(slot, 'Passed');
  await bench.boards.eject(slot);
}

describe('with the keyboard alone', () => {
  test('the signing key is unlocked', async () => {
    const passphrase = bench.page.getByLabel('Passphrase of the signing key');
    await tabTo(passphrase);
    // Typed as fast as a scanner's, with Enter it would be a scan: a hand goes to the button.
    await bench.page.keyboard.type(PRACTICE_PASSPHRASE);
    await tabTo(button('Unlock'));
    await key('Enter');
    await passphrase.waitFor({ state: 'detached' });
    expect(bench.audit('signing-unlocked')).toHaveLength(1);
  });

  test('a lot is closed', async () => {
    // As another terminal starts it, which tells the bench its ports too.
    await bench.makeLot('FIRST', 1);
    await bench.startLine('FIRST');
    await key('F3');
    await closeByKeys('FIRST');
    expect(lotOnRecord('FIRST')?.lot.state).toBe('closed');
  });

  test('a lot is set up and released', async () => {
    await tabTo(button('New lot'));
    await key('Enter');
    await write('Work order', LOT);
    await write('Quantity', String(BOARDS));
    await tabTo(button(/^Recipe/));
    await key('Enter');
    await focused(bench.page.getByRole('listbox'));
    await key('Enter');
    await focused(button(/^Recipe/));
    await write('First', 'WB-0001');
    const release = button('Release lot to the line');
    await expect.poll(() => release.getAttribute('aria-disabled'), { timeout: BENCH_MS }).toBe('false');
    await tabTo(release);
    await key('Enter');
    await bench.page.getByText(`${LOT} is released. Choose it on the Line.`).waitFor();
    expect(lotOnRecord(LOT)).toMatchObject({ lot: { state: 'released', quantity: BOARDS } });
  });

  test('it is put on the line', async () => {
    await key('F2');
    await bench.page.getByRole('heading', { name: 'Scan a work order' }).waitFor();
    await tabTo(button(new RegExp(`^${LOT}`)));
    await key('Enter');
    await stripSays('4 left');
  });

  test('F10 leads to the card of a failed board, and Enter answers it', async () => {
    await bench.boards.insert(1, bench.board('wrong-model'));
    const card = cardAt(bench.page, 'Slot 1');
    await card.waitFor({ timeout: BENCH_MS });
    await key('F10');
    await focused(card.getByRole('button', { name: 'It is in the bin' }));
    await key('Enter');
    await expect.poll(() => bench.audit('card-answered')).toHaveLength(1);
    // While the board sits there, its card comes back.
    await bench.boards.eject(1);
    await card.waitFor({ state: 'detached' });
  });

  test('F9 pauses it, and lets it go on', async () => {
    await key('F9');
    await stripSays(/^Paused at \d\d:\d\d\. Signed boards finish, others wait\.$/);
    expect(lotOnRecord(LOT)?.lot.state).toBe('held');
    await bench.boards.insert(2, bench.board(0));
    await shows(2, 'Held');
    await key('F9');
    await shows(2, 'Passed');
    expect(lotOnRecord(LOT)?.lot.state).toBe('released');
  });

  test('it is run until it is full, and closed', async () => {
    await Promise.all([3, 4, 5].map((slot, index) => passBoard(slot, index + 1)));
    await stripSays('4 of 4. Take the last boards out. A supervisor can close the lot.');
    await bench.boards.eject(2);
    await key('F3');
    await closeByKeys(LOT);
    expect(lotOnRecord(LOT)).toMatchObject({ lot: { state: 'closed' }, tally: { passed: BOARDS, running: 0 } });
  });
});

describe('with the scanner alone', () => {
  const LAST = 'WO-77';

  beforeAll(async () => {
    await bench.makeLot(LAST, 2);
    await key('F2');
    await bench.page.getByRole('heading', { name: 'Scan a work order' }).waitFor();
  });

  /** What the bar says of the last scan. */
  const heard = (words: string | RegExp) =>
    bench.page.locator('.scan').getByRole('status').getByText(words).first().waitFor();

  test('a lot is chosen by its work order, and a second one is refused', async () => {
    await scan(scanner, LAST);
    await stripSays('2 left');
    await heard(`Last: lot ${LAST}`);
    await scan(scanner, LAST);
    await heard('This is a work order. A lot is already open.');
  });

  test('a scan that fits nothing is refused with its content shown', async () => {
    await scan(scanner, 'Hello, board!');
    await heard('Not known here: Hello, board!');
    await scan(scanner, 'KLS:99');
    await heard('This is slot 99. This station has no such slot.');
  });

  test('slot and command answer a card', async () => {
    await bench.boards.insert(4, bench.board('wrong-revision'));
    await cardAt(bench.page, 'Slot 4').waitFor({ timeout: BENCH_MS });
    await scan(scanner, 'KLS:4');
    await bench.page.getByRole('complementary', { name: 'Slot 4' }).waitFor();
    await scan(scanner, 'KLC:IN-THE-BIN');
    await heard(/^Last: In the bin → slot 4/);
    expect(bench.audit('card-answered')).toHaveLength(2);
    await bench.boards.eject(4);
  });

  test('PAUSE pauses the line, and lets it go on, also before a picture shows the pause', async () => {
    await bench.page.evaluate(holdPictures);
    await scan(scanner, 'KLC:PAUSE');
    await heard(/^Last: line paused/);
    expect(lotOnRecord(LAST)?.lot.state).toBe('held');
    await scan(scanner, 'KLC:PAUSE');
    await heard(/^Last: line goes on/);
    expect(lotOnRecord(LAST)?.lot.state).toBe('released');
    await bench.page.evaluate(() => Reflect.get(globalThis, 'showPictures')());
  });

  test('the lot is run until it is full', async () => {
    await Promise.all([passBoard(1, 4), passBoard(2, 5)]);
    await stripSays('2 of 2. Take the last boards out. A supervisor can close the lot.');
    expect(lotOnRecord(LAST)?.tally).toMatchObject({ passed: 2, running: 0 });
  });
});

describe('a scan while a field has the focus', () => {
  const noted = (words: string) => bench.page.getByRole('status').getByText(words).waitFor();

  beforeAll(async () => {
    await key('F3');
    await tabTo(button('New lot'));
    await key('Enter');
  });

  beforeEach(async () => {
    await write('First', 'WC-0001');
  });

  test('leaves no trace in it', async () => {
    await scan(scanner, 'KLS:12');
    await noted('This is slot 12. Slots are on the Line.');
    expect(await field('First').inputValue()).toBe('WC-0001');
    await scan(scanner, 'WO-9001');
    await expect.poll(() => field('Work order').inputValue()).toBe('WO-9001');
    expect(await field('First').inputValue()).toBe('WC-0001');
    await focused(field('First'));
  });

  test('nor while an input method composes there', async () => {
    await compose(scanner, 'か');
    await expect.poll(() => field('First').inputValue()).toBe('WC-0001か');
    await scanWhileComposing(scanner, 'KLS:13', 'かlす');
    await noted('This is slot 13. Slots are on the Line.');
    // What was composed before the scan is the person's, and stays.
    expect(await field('First').inputValue()).toBe('WC-0001か');
    await focused(field('First'));
  });
});

/** Runs in the page: no picture is drawn of what the station tells, as on a busy computer, until `showPictures`. */
function holdPictures(): void {
  const { requestAnimationFrame: draw } = window;
  const held: FrameRequestCallback[] = [];
  window.requestAnimationFrame = (work) => held.push(work);
  const showPictures = () => {
    window.requestAnimationFrame = draw;
    for (const work of held) draw(work);
  };
  Object.assign(globalThis, { showPictures });
}

const focused = (target: Locator) =>
  expect.poll(() => target.evaluate((element) => element === document.activeElement)).toBe(true);

/** Tab until this has the focus. */
async function tabTo(target: Locator): Promise<void> {
  await target.waitFor();
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < MOST_TABS; presses++) {
    if (await isThere()) return;
    await key('Tab');
  }
  throw new Error(`Tab does not lead to ${target}.`);
}

/** In place of what the field holds. */
async function write(name: string, text: string): Promise<void> {
  await tabTo(field(name));
  await key('Control+A');
  await bench.page.keyboard.type(text);
  // Typed at a scanner's speed: what comes next is another hand's.
  await key('End');
  await expect.poll(() => field(name).inputValue()).toBe(text);
}

/** Opens the lot's page from the list and closes it. */
async function closeByKeys(lotId: string): Promise<void> {
  const row = button(new RegExp(`^${lotId}`));
  await tabTo(row);
  await key('Enter');
  const close = button('Close lot…');
  // Until no board of it is in work it is not to be pressed.
  await expect.poll(() => close.getAttribute('aria-disabled')).toBe('false');
  await tabTo(close);
  await key('Enter');
  const keep = button('Keep it open');
  await focused(keep);
  await key('Shift+Tab');
  await focused(button('Close the lot'));
  await key('Enter');
  await bench.page
    .getByRole('status')
    .getByText(/^Closed\./)
    .first()
    .waitFor();
  await key('Escape');
  await focused(row);
}
