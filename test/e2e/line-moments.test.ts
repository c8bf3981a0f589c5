// Boards that leave in mid-work, in the real window: the card says so, and the same board goes on from where it was with
// the one certificate that it has.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PRACTICE_PASSPHRASE } from '../../station/identity/ca-folder.ts';
import { cardAt, cardOf, type HandBench, openHandBench, readCard, tileSays, unlock } from './hand-bench.ts';

const THROWN_OUT = ['unplug-at-byte', 'unplug-in-lock', 'swap-without-unplug'];

let bench: HandBench;

beforeAll(async () => {
  bench = await openHandBench({ faults: THROWN_OUT, devices: 12 });
  await unlock(bench.page, PRACTICE_PASSPHRASE);
  await bench.makeLot('LM');
  await bench.startLine('LM');
});

afterAll(async () => {
  await bench?.close();
});

const shows = (slot: number, words: string) => tileSays(bench.page, slot, words);

/** The board passed, in one job, with one certificate. */
function expectOnce(board: number): void {
  expect(bench.jobs(board).map(({ outcome }) => outcome)).toEqual(['passed']);
  expect(bench.certificates(board).map(({ state }) => state)).toEqual(['live']);
}

describe('a board that leaves', () => {
  test('in mid-work is asked for, and goes on by itself when it is back', async () => {
    const board = bench.board(0);
    await bench.boards.insert(1, board);
    await shows(1, 'Firmware|Making key|Certificate');
    await bench.boards.eject(1);
    expect(await readCard(bench.page, 'Slot 1')).toEqual(cardOf('Slot 1', 'PULLED_OUT'));
    expect(bench.jobs(board).map(({ outcome }) => outcome)).toEqual([null]);
    await bench.boards.insert(1, board);
    await cardAt(bench.page, 'Slot 1').waitFor({ state: 'detached' });
    await shows(1, 'Passed');
    expectOnce(board);
  });

  test('and comes back in another slot goes on there, and its card is gone', async () => {
    const board = bench.board('unplug-at-byte');
    await bench.boards.insert(2, board);
    expect(await readCard(bench.page, 'Slot 2')).toEqual(cardOf('Slot 2', 'PULLED_OUT'));
    await bench.boards.insert(3, board);
    await shows(3, 'Passed');
    await cardAt(bench.page, 'Slot 2').waitFor({ state: 'detached' });
    expectOnce(board);
  });

  test('while it locks keeps its record, and is verified and closed when it is back', async () => {
    const board = bench.board('unplug-in-lock');
    await bench.boards.insert(4, board);
    expect(await readCard(bench.page, 'Slot 4')).toEqual(cardOf('Slot 4', 'LOST_IN_LOCKING'));
    await bench.boards.insert(4, board);
    await shows(4, 'Passed');
    expectOnce(board);
  });

  test('for another on the same open port: nothing is sent to that one, and the first goes on later', async () => {
    const board = bench.board('swap-without-unplug');
    await bench.boards.insert(5, board);
    expect(await readCard(bench.page, 'Slot 5')).toEqual(cardOf('Slot 5', 'DEVICE_SWAPPED'));
    const listed = await bench.boards.list();
    const other = listed.find(({ slot }) => slot === 5)?.device ?? -1;
    expect(other).not.toBe(board);
    expect(bench.jobs(other)).toEqual([]);
    await bench.boards.eject(5);
    await shows(5, 'Insert board');
    await bench.boards.insert(5, board);
    await shows(5, 'Passed');
    expectOnce(board);
  });
});
