// Each card that the station can raise over a board, read from the window: the tile's word, the sentences and the one
// button are those of the error table, and the button does what it says. Cards of faults that nobody can provoke here
// without a mock are under unit and picture test alone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ERRORS, type ErrorCode, type ErrorRow } from '../../domain/error-table.ts';
import { MAX_ATTEMPTS } from '../../domain/job.ts';
import { PRACTICE_PASSPHRASE } from '../../station/identity/ca-folder.ts';
import { cardAt, type HandBench, openHandBench, readCard, SLOTS, tile, unlock } from './hand-bench.ts';
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
  { fault: 'silence', code: 'NO_ANSWER_THRICE' },
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

let bench: HandBench;

beforeAll(async () => {
  bench = await openHandBench({ faults: [...RAISED.map(({ fault }) => fault), 'duplicate-hwid'], devices: 30 });
  await unlock(bench.page, PRACTICE_PASSPHRASE);
  await bench.makeLot('LA');
});

afterAll(async () => {
  await bench?.close();
});

/** What the window must say, from the table. */
function expected(place: string, code: ErrorCode, { known, lastTry }: Pick<Raised, 'known' | 'lastTry'> = {}) {
  const { tile, happened, todo, button }: ErrorRow = ERRORS[code];
  const advice = lastTry ? ERRORS.ATTEMPTS_USED : { todo, button };
  const meaning = known ?? happened.split('. ').at(-1)?.replace(/\.$/, '');
  return { title: `${place} · ${tile}`, meaning, todo: advice.todo, buttons: advice.button ? [advice.button] : [] };
}

const raised = (fault: string) => {
  const found = RAISED.find((row) => row.fault === fault);
  if (!found) throw new Error(`no card of ${fault}`);
  return found;
};
const slotOf = (fault: string) => RAISED.indexOf(raised(fault)) + 1;

const portOf = (slot: number) => join(bench.ports, `slot-${String(slot).padStart(2, '0')}`);

const shows = (slot: number, word: string) =>
  bench.page.getByRole('button', { name: new RegExp(`^Slot ${slot}: ${word}`) }).waitFor({ timeout: BENCH_MS });

const jobs = (board: number) =>
  bench.read((records) => records.devicesByHwid(bench.hwid(board)).flatMap(({ deviceId }) => records.jobsOf(deviceId)));

/** The answers to the card of this slot that are on record. */
const answers = (slot: number) =>
  bench.audit('card-answered').flatMap(({ body }) => (Number(body.slot) === slot ? [[body.code, body.command]] : []));

async function press(slot: number, button: string): Promise<void> {
  await readCard(bench.page, `Slot ${slot}`);
  await cardAt(bench.page, `Slot ${slot}`).getByRole('button', { name: button, exact: true }).click();
}

/** Another program locks the slot's port, as terminal programs do; the answer ends that program. */
async function holdPort(slot: number): Promise<() => Promise<void>> {
  const hold = ['--nonblock', portOf(slot), 'sh', '-c', 'echo held && exec sleep 600'];
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
    expect(await readCard(bench.page, 'Slot 1')).toEqual(expected('Slot 1', 'PORT_BUSY'));
    await shows(1, 'Port in use');
    await release();
    await cardAt(bench.page, 'Slot 1').getByRole('button', { name: 'Try again' }).click();
    await shows(1, 'Passed');
    expect(answers(1)).toEqual([['PORT_BUSY', 'try-again']]);
    await bench.boards.eject(1);
    await shows(1, 'Insert board');
  });
});

describe('the card of a board', () => {
  beforeAll(async () => {
    for (const [index, { fault }] of RAISED.entries()) await bench.boards.insert(index + 1, bench.board(fault));
  });

  test.each(RAISED.map((raised, index) => ({ ...raised, slot: index + 1 })))(
    'with the fault $fault is that of $code',
    async ({ code, slot, ...rest }) => {
      expect(await readCard(bench.page, `Slot ${slot}`)).toEqual(expected(`Slot ${slot}`, code, rest));
      const { tile: word } = ERRORS[code];
      expect(await tile(bench.page, slot).locator('.wd').textContent()).toBe(word);
      await shows(slot, word);
    },
  );

  test('that says Try again runs the board again, as often as there are tries, and then says the bin', async () => {
    const slot = slotOf('firmware-stops');
    const place = `Slot ${slot}`;
    const tries = () => jobs(bench.board('firmware-stops')).filter(({ outcome }) => outcome !== null).length;
    expect(tries()).toBe(1);
    for (let done = 1; done < MAX_ATTEMPTS; done++) {
      await press(slot, 'Try again');
      await expect.poll(tries, { timeout: BENCH_MS }).toBe(done + 1);
    }
    // The record is there before the screen.
    await expect
      .poll(() => readCard(bench.page, place), { timeout: BENCH_MS })
      .toEqual(expected(place, 'FIRMWARE_STOPPED', { lastTry: true }));
    expect(answers(slot)).toEqual(Array(MAX_ATTEMPTS - 1).fill(['FIRMWARE_STOPPED', 'try-again']));
  });

  test('that is in the bin is gone, and the answer is on record', async () => {
    const slot = slotOf('silence');
    await press(slot, 'It is in the bin');
    await cardAt(bench.page, `Slot ${slot}`).waitFor({ state: 'detached' });
    await shows(slot, 'Insert board');
    expect(answers(slot)).toEqual([
      ['PORT_BUSY', 'try-again'],
      ['NO_ANSWER_THRICE', 'in-bin'],
    ]);
  });

  test('that is said to be in the bin stays while its board still sits there, and goes with it', async () => {
    const slot = slotOf('weak-entropy');
    await press(slot, 'It is in the bin');
    await expect.poll(() => answers(slot)).toEqual([['WEAK_ENTROPY', 'in-bin']]);
    await shows(slot, 'Weak key source');
    await bench.boards.eject(slot);
    await shows(slot, 'Insert board');
    await cardAt(bench.page, `Slot ${slot}`).waitFor({ state: 'detached' });
  });

  test('that passed here before says where and when; Got it is on record', async () => {
    const slot = slotOf('weak-entropy');
    await bench.boards.insert(slot, bench.board(0));
    const said = await readCard(bench.page, `Slot ${slot}`);
    expect(said).toEqual({ ...expected(`Slot ${slot}`, 'DONE_TODAY'), meaning: said.meaning });
    expect(said.meaning).toMatch(/^Passed in slot 1, .+ at \d{2}:\d{2}$/);
    await press(slot, 'Got it');
    await expect.poll(() => answers(slot).at(-1)).toEqual(['DONE_TODAY', 'got-it']);
    await bench.boards.eject(slot);
    await shows(slot, 'Insert board');
  });

  test('with the hardware id of another is that of a copy', async () => {
    const slot = slotOf('weak-entropy');
    await bench.boards.insert(slot, bench.board('duplicate-hwid'));
    expect(await readCard(bench.page, `Slot ${slot}`)).toEqual(expected(`Slot ${slot}`, 'DUPLICATE_HWID'));
    await bench.boards.eject(slot);
    await shows(slot, 'Insert board');
  });
});

describe('something else in a slot', () => {
  test('is no board', async () => {
    const slot = slotOf('silence');
    await bench.boards.eject(slot);
    await shows(slot, 'Insert board');
    const echo = createServer((socket) => void socket.on('error', () => {}).pipe(socket));
    echo.listen(0, '127.0.0.1');
    await once(echo, 'listening');
    const { port } = echo.address() as AddressInfo;
    // What a station finds there in place of the board's port.
    writeFileSync(`${portOf(slot)}.tcp`, `127.0.0.1:${port}`);
    expect(await readCard(bench.page, `Slot ${slot}`)).toEqual(expected(`Slot ${slot}`, 'NOT_A_BOARD'));
    rmSync(`${portOf(slot)}.tcp`);
    await shows(slot, 'Insert board');
    echo.close();
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
    expect(await readCard(bench.page, 'Slot 2')).toEqual(expected('Slot 2', 'QUOTA_REACHED'));
    await bench.boards.insert(3, bench.board(0));
    const said = await readCard(bench.page, 'Slot 3');
    expect(said).toEqual({ ...expected('Slot 3', 'ALREADY_DONE'), meaning: said.meaning });
    expect(said.meaning).toMatch(/, lot LA$/);
    await press(2, 'Got it');
    await expect.poll(() => answers(2).at(-1)).toEqual(['QUOTA_REACHED', 'got-it']);
  });
});
