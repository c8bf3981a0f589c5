// Labels in the real window, by keyboard and scanner alone: sent to a printer's socket when a board passes and not before,
// read back from the right board, waiting while the printer is empty; and the sheets of a bench.
import type { CDPSession, Locator } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyTailOf, labelContent } from '../../domain/label.ts';
import { PRACTICE_PASSPHRASE } from '../../station/identity/ca-folder.ts';
import { LabelPrinter } from '../samples/label-printer.ts';
import { RECIPE } from '../system/keyline-process.ts';
import { cardAt, type HandBench, openHandBench, tileSays, unlock } from './hand-bench.ts';
import { scan } from './scanner.ts';
import { BENCH_MS } from './window-app.ts';

const LOT = 'LB';
/** More than any screen here has places that Tab leads to. */
const MOST_TABS = 60;

let bench: HandBench;
let scanner: CDPSession;
let printer: LabelPrinter;
/** How the board in work stood on record when a label of the lot arrived. */
let outcomes: (string | null)[];
let inWork = 0;

beforeAll(async () => {
  printer = await LabelPrinter.listen();
  bench = await openHandBench({ faults: [], devices: 4 });
  scanner = await bench.page.context().newCDPSession(bench.page);
  outcomes = [];
  printer.heard = () => {
    const job = bench.jobs(bench.board(inWork)).at(-1);
    if (job) outcomes.push(job.outcome);
  };
});

afterAll(async () => {
  await bench?.close();
  await printer?.close();
});

const key = (name: string) => bench.page.keyboard.press(name);
const button = (name: string | RegExp) => bench.page.getByRole('button', { name, exact: true });
const says = (words: string | RegExp) => bench.page.getByText(words).first().waitFor({ timeout: BENCH_MS });

async function tabTo(place: Locator): Promise<void> {
  await place.waitFor({ timeout: BENCH_MS });
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    if (await place.evaluate((element) => element === document.activeElement)) return;
    await key('Tab');
  }
  throw new Error('Tab does not lead there.');
}

async function press(name: string | RegExp): Promise<void> {
  await tabTo(button(name));
  await key('Enter');
}

async function type(name: string, text: string): Promise<void> {
  await tabTo(bench.page.getByRole('textbox', { name }));
  await key('ControlOrMeta+A');
  // As a hand types: what comes as fast as a scanner's keys would be a scan.
  await bench.page.keyboard.type(text, { delay: 60 });
}

/** What the label of a board that passed here says. */
function labelOf(healthy: number): string {
  const [certificate] = bench.certificates(bench.board(healthy));
  if (!certificate) throw new Error('the board has no certificate');
  return labelContent({ deviceSerial: certificate.deviceSerial, keyTail: keyTailOf(certificate.spkiSha256) });
}

async function pass(slot: number, healthy: number): Promise<void> {
  inWork = healthy;
  await bench.boards.insert(slot, bench.board(healthy));
  await tileSays(bench.page, slot, 'Passed');
}

test('a printer is set by keyboard, and a test label says TEST', async () => {
  await unlock(bench.page, PRACTICE_PASSPHRASE);
  await key('F8');
  await press('Labels');
  await press('On the network');
  await type('Name or address', '127.0.0.1');
  await type('Port', String(printer.port));
  await press('Use this');
  await says('Lots print on this.');
  await press('Print a test label');
  await says(/^Test label printed/);
  expect(printer.labels).toHaveLength(1);
  expect(printer.labels[0]).toContain('^FDTEST^FS');
});

test('a printer of this computer that is not there is told so, and nothing is sent', async () => {
  await press('Of this computer');
  await type('Name of the printer', 'No such printer');
  await press('Use this');
  await press('Print a test label');
  await says(/^The label printer does not answer/);
  await press('On the network');
  await type('Name or address', '127.0.0.1');
  await type('Port', String(printer.port));
  await press('Use this');
  await says('Lots print on this.');
  expect(printer.labels).toHaveLength(1);
});

test('a label goes out when its board has passed on record, and not before', async () => {
  const counts = { quantity: 4, spare: 4, stopAfter: 0, serialRange: `${LOT}-0001..${LOT}-0008` };
  await bench.ask((api) =>
    api.lot.create({
      ...{ ...counts, lotId: LOT, orderId: LOT, practice: true, recipePath: RECIPE, release: true, label: '50x25' },
    }),
  );
  await bench.startLine(LOT);
  await key('F2');
  await pass(1, 0);
  await pass(2, 1);
  await expect.poll(() => printer.labels.length).toBe(3);
  expect(outcomes).toEqual(['passed', 'passed']);
  expect(printer.labels.join('')).not.toContain('copy');
  await expect.poll(() => bench.audit('label-printed').length).toBe(2);
});

test('a label that is another board’s is caught, until the right one is read', async () => {
  await scan(scanner, 'KLS:1');
  await scan(scanner, labelOf(1));
  await says(/is not this board’s/);
  await key('Escape');
  const card = cardAt(bench.page, 'Slot 1');
  await card.waitFor();
  expect(await card.textContent()).toContain('Serial used');
  expect(bench.audit('label-mismatched')).toHaveLength(1);
  expect(bench.audit('label-scanned')).toHaveLength(0);
  await scan(scanner, 'KLS:1');
  await scan(scanner, labelOf(0));
  await says(/it is this board’s/);
  await says(/read back/);
  await key('Escape');
  await card.waitFor({ state: 'detached' });
  expect(bench.audit('label-scanned')).toHaveLength(1);
});

test('labels read back one after the other without a slot each find their own board, and open none', async () => {
  await scan(scanner, labelOf(0));
  await says(/in slot 1, it is this board’s/);
  await scan(scanner, labelOf(1));
  await says(/in slot 2, it is this board’s/);
  expect(bench.audit('label-scanned')).toHaveLength(3);
  expect(bench.audit('label-mismatched')).toHaveLength(1);
  expect(await bench.page.locator('.queue.detail').count()).toBe(0);
});

test('Ctrl+P prints a numbered copy of the open slot’s label', async () => {
  await scan(scanner, 'KLS:1');
  await key('Control+P');
  await says(/copy 2/);
  expect(printer.labels.at(-1)).toContain('^FDcopy 2^FS');
  await key('Escape');
});

test('with an empty printer boards pass, and one key prints what waited', async () => {
  printer.mood = 'empty';
  await pass(3, 2);
  const print = button('Print waiting labels (1)');
  await print.waitFor({ timeout: BENCH_MS });
  const before = printer.labels.length;
  printer.mood = 'prints';
  await key('F10');
  await expect.poll(() => print.evaluate((element) => element === document.activeElement)).toBe(true);
  await key('Enter');
  await expect.poll(() => printer.labels.length).toBe(before + 1);
  await print.waitFor({ state: 'detached' });
  expect(bench.read((records) => records.labelCounts(LOT))).toEqual({ due: 3, printed: 3, scannedBack: 2, again: 1 });
});

test.each(['Command card', 'Slot labels', 'Traveller sheet'])(
  'the %s is one page on paper, without the screen around it',
  async (name) => {
    await key('F8');
    await press('Labels');
    await press(name);
    await bench.page.getByRole('article', { name }).waitFor();
    const pdf = await bench.window.app.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return (await window?.webContents.printToPDF({ pageSize: 'A4' }))?.toString('latin1') ?? '';
    });
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await bench.page.emulateMedia({ media: 'print' });
    expect(await bench.page.locator('.rail, .top, .settings-list').filter({ visible: true }).count()).toBe(0);
    await bench.page.emulateMedia({ media: null });
    await key('Escape');
  },
);
