// Each card that the station can raise over a board, read from the window: the tile's word, the sentences and the one
// button are those of the error table, and the button does what it says. Cards of faults that nobody can provoke here
// without a mock are under unit and picture test alone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ERRORS, type ErrorCode } from '../../domain/error-table.ts';
import { MAX_ATTEMPTS } from '../../domain/job.ts';
import { PRACTICE_PASSPHRASE } from '../../station/identity/ca-folder.ts';
import {
  cardAt,
  cardOf,
  type HandBench,
  openHandBench,
  plugInEcho,
  portOf,
  readCard,
  SLOTS,
  tile,
  tileSays,
  unlock,
} from './hand-bench.ts';
import { BENCH_MS } from './window-app.ts';

interface Raised {
  readonly fault: string;
  readonly code: ErrorCode;
  /** What the refusal knows beside its code stands in place of the table's sentence. */
  readonly known?: string;
  /** All tries are used: its board goes to the bin, not back to work. */
  readonly lastTry?: true;
}

/** Faults that end with a card, one a slot. */
const RAISED: readonly Raised[] = [
  { fault: 'firmware-stops', code: 'FIRMWARE_STOPPED' },
  { fault: 'firmware-differs', code: 'FIRMWARE_DIFFERS' },
  { fault: 'firmware-reverts', code: 'FIRMWARE_REVERTED' },
  { fault: 'new-agent-other-hwid', code: 'DEVICE_SWAPPED' },
  { fault: 'wrong-model', code: 'WRONG_MODEL', known: 'This board says AQ-200-X, the lot wants AQ-200.' },
  { fault: 'wrong-revision', code: 'WRONG_REVISION', known: 'This board says rev Z, the lot wants rev C.' },
  { fault: 'done-by-others', code: 'FOREIGN_IDENTITY' },
  { fault: 'weak-entropy', code: 'WEAK_ENTROPY' },
  { fault: 'store-bad', code: 'DEVICE_STORE_FAILED' },
  { fault: 'csr-by-other-key', code: 'CSR_INVALID' },
  { fault: 'certificate-refused', code: 'CERTIFICATE_REFUSED', lastTry: true },
  { fault: 'proof-fails', code: 'PROOF_FAILED' },
  { fault: 'lock-not-burnt', code: 'LOCK_FAILED' },
  { fault: 'lock-lost', code: 'LOCK_FAILED' },
  { fault: 'settings-open', code: 'GROUP_OPEN' },
];

/** The advice of every card whose board has no try left. */
const { todo, button } = ERRORS.ATTEMPTS_USED;
const TO_THE_BIN = { todo, buttons: [button] };

/** Of the board that never answers. */
const SILENT = SLOTS;

let bench: HandBench;

beforeAll(async () => {
  bench = await openHandBench({
    faults: [...RAISED.map(({ fault }) => fault), 'silence', 'duplicate-hwid'],
    devices: 30,
  });
  await unlock(bench.page, PRACTICE_PASSPHRASE);
  await bench.makeLot('LA');
});

afterAll(async () => {
  await bench?.close();
});

const raised = (fault: string) => {
  const found = RAISED.find((row) => row.fault === fault);
  if (!found) throw new Error(`no card of ${fault}`);
  return found;
};
const slotOf = (fault: string) => RAISED.indexOf(raised(fault)) + 1;

const shows = (slot: number, words: string) => tileSays(bench.page, slot, words);

/** How this card of the slot was answered, on record. */
const answers = (slot: number, code: ErrorCode) =>
  bench
    .audit('card-answered')
    .flatMap(({ body }) => (Number(body.slot) === slot && body.code === code ? [body.command] : []));

/** The slot without its board, for the next one. */
async function clear(slot: number): Promise<void> {
  await bench.boards.eject(slot);
  await shows(slot, 'Insert board');
}

async function press(slot: number, button: string): Promise<void> {
  await readCard(bench.page, `Slot ${slot}`);
  await cardAt(bench.page, `Slot ${slot}`).getByRole('button', { name: button, exact: true }).click();
}

/** Another program locks the slot's port, as terminal programs do; the answer ends that program. */
async function holdPort(slot: number): Promise<() => Promise<void>> {
  const hold = ['--nonblock', portOf(bench.ports, slot), 'sh', '-c', 'echo held && exec sleep 600'];
  const other = spawn('flock', hold, { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  const ended = once(other, 'exit');
  await once(other.stdout, 'data');
  return async () => {
    process.kill(-(other.pid ?? 0), 'SIGKILL');
    await ended;
  };
}

describe('a port that another program holds', () => {
  test('is said so; Try again looks anew, and the board passes', async () => {
    const board = bench.board(0);
    await bench.boards.insert(1, board);
    const release = await holdPort(1);
    await bench.startLine('LA');
    expect(await readCard(bench.page, 'Slot 1')).toEqual(cardOf('Slot 1', 'PORT_BUSY'));
    await shows(1, 'Port in use');
    await release();
    await cardAt(bench.page, 'Slot 1').getByRole('button', { name: 'Try again' }).click();
    await shows(1, 'Passed');
    expect(answers(1, 'PORT_BUSY')).toEqual(['try-again']);
    await clear(1);
  });
});

describe('the card of a board', () => {
  beforeAll(async () => {
    await bench.boards.insert(SILENT, bench.board('silence'));
    for (const [index, { fault }] of RAISED.entries()) await bench.boards.insert(index + 1, bench.board(fault));
  });

  test('that is in the bin is gone, and the answer is on record', async () => {
    expect(await readCard(bench.page, `Slot ${SILENT}`)).toEqual(cardOf(`Slot ${SILENT}`, 'NO_ANSWER_THRICE'));
    await press(SILENT, 'It is in the bin');
    await shows(SILENT, 'Insert board');
    await cardAt(bench.page, `Slot ${SILENT}`).waitFor({ state: 'detached' });
    expect(answers(SILENT, 'NO_ANSWER_THRICE')).toEqual(['in-bin']);
  });

  test.each(RAISED.map((raised, index) => ({ ...raised, slot: index + 1 })))(
    'with the fault $fault is that of $code',
    async ({ code, slot, known, lastTry }) => {
      const card = cardOf(`Slot ${slot}`, code, known);
      expect(await readCard(bench.page, `Slot ${slot}`)).toEqual(lastTry ? { ...card, ...TO_THE_BIN } : card);
      const { tile: word } = ERRORS[code];
      expect(await tile(bench.page, slot).locator('.wd').textContent()).toBe(word);
      await shows(slot, word);
    },
  );

  test('that says Try again runs the board again, as often as there are tries, and then says the bin', async () => {
    const slot = slotOf('firmware-stops');
    const place = `Slot ${slot}`;
    const tries = () => bench.jobs(bench.board('firmware-stops')).filter(({ outcome }) => outcome !== null).length;
    expect(tries()).toBe(1);
    for (let done = 1; done < MAX_ATTEMPTS; done++) {
      await press(slot, 'Try again');
      await expect.poll(tries, { timeout: BENCH_MS }).toBe(done + 1);
    }
    // The record is there before the screen.
    await expect
      .poll(() => readCard(bench.page, place), { timeout: BENCH_MS })
      .toEqual({ ...cardOf(place, 'FIRMWARE_STOPPED'), ...TO_THE_BIN });
    expect(answers(slot, 'FIRMWARE_STOPPED')).toEqual(Array(MAX_ATTEMPTS - 1).fill('try-again'));
  });

  test('that is said to be in the bin stays while its board still sits there, and goes with it', async () => {
    const slot = slotOf('weak-entropy');
    await press(slot, 'It is in the bin');
    await expect.poll(() => answers(slot, 'WEAK_ENTROPY')).toEqual(['in-bin']);
    await shows(slot, 'Weak key source');
    await bench.boards.eject(slot);
    await shows(slot, 'Insert board');
    await cardAt(bench.page, `Slot ${slot}`).waitFor({ state: 'detached' });
  });

  test('that passed here before says where and when; Got it is on record', async () => {
    const slot = slotOf('store-bad');
    await clear(slot);
    await bench.boards.insert(slot, bench.board(0));
    const said = await readCard(bench.page, `Slot ${slot}`);
    expect(said).toEqual(cardOf(`Slot ${slot}`, 'DONE_TODAY', said.meaning));
    expect(said.meaning).toMatch(/^Passed in slot 1, .+ at \d{2}:\d{2}$/);
    await press(slot, 'Got it');
    await expect.poll(() => answers(slot, 'DONE_TODAY')).toEqual(['got-it']);
  });

  test('with the hardware id of another is that of a copy', async () => {
    const slot = slotOf('wrong-model');
    await clear(slot);
    await bench.boards.insert(slot, bench.board('duplicate-hwid'));
    expect(await readCard(bench.page, `Slot ${slot}`)).toEqual(cardOf(`Slot ${slot}`, 'DUPLICATE_HWID'));
  });
});

describe('something else in a slot', () => {
  test('is no board', async () => {
    const slot = SILENT;
    await clear(slot);
    const takeOut = await plugInEcho(bench.ports, slot);
    expect(await readCard(bench.page, `Slot ${slot}`)).toEqual(cardOf(`Slot ${slot}`, 'NOT_A_BOARD'));
    takeOut();
    await shows(slot, 'Insert board');
  });
});

describe('a lot whose identities are used', () => {
  test('refuses the next board, and one of another lot names that lot', async () => {
    await bench.stopLine();
    await bench.holdLot('LA');
    await bench.makeLot('LB', 1);
    for (let slot = 1; slot <= SLOTS; slot++) await bench.boards.eject(slot).catch(() => {});
    await bench.startLine('LB');
    await bench.boards.insert(1, bench.board(1));
    await shows(1, 'Passed');
    await bench.boards.insert(2, bench.board(2));
    expect(await readCard(bench.page, 'Slot 2')).toEqual(cardOf('Slot 2', 'QUOTA_REACHED'));
    await bench.boards.insert(3, bench.board(0));
    const said = await readCard(bench.page, 'Slot 3');
    expect(said).toEqual(cardOf('Slot 3', 'ALREADY_DONE', said.meaning));
    expect(said.meaning).toMatch(/, lot LA$/);
    await press(2, 'Got it');
    await expect.poll(() => answers(2, 'QUOTA_REACHED')).toEqual(['got-it']);
  });
});
