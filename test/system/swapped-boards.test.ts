// Boards that are changed on a port that stays open, as on a fixture's adapter: another one's answer never decides about the first.
import { afterEach, expect, test } from 'vitest';
import type { StationEvent } from '../../domain/station-event.ts';
import { IDENTITY_COMMAND, IDENTITY_GROUP, IDENTITY_RC } from '../../protocol/identity-group.ts';
import { OS_COMMAND, OS_GROUP, SETTINGS_GROUP } from '../../protocol/standard-groups.ts';
import type { DeviceLine } from '../../simulator/device-line.ts';
import type { DeviceRequest } from '../../simulator/device-request.ts';
import type { DeviceState } from '../../simulator/device-state.ts';
import { identityError } from '../../simulator/reply.ts';
import { systemClock } from '../../station/clock.ts';
import { BARE, lastWords, type MemoryBench, openBench } from './memory-bench.ts';

let bench: MemoryBench;
afterEach(() => bench.close());

const OTHER = 'b1b2c3d4e5f60719';
/** From a board's answer to the next one in its place: the answer has left by then. */
const SWAP_MS = 5;
/** Requests of four looks, of 22 each: one more than end in a job of a board that never said who it is. */
const UNANSWERED = 4 * 22;

const ended = (count: number) => (events: readonly StationEvent[]) => lastWords(events).length >= count;
const shows = (code: string) => (events: readonly StationEvent[]) =>
  events.some((event) => event.type === 'slot-changed' && event.slot.code === code);

/** A board that is taken out at its first request of that kind, and the other one put in its place. */
function swappedAt(fits: (request: DeviceRequest, state: DeviceState) => boolean, other: DeviceLine): DeviceLine {
  let struck = false;
  return bench.board({
    hooks: {
      onRequest(request, state) {
        if (struck || !fits(request, state)) return 'serve';
        struck = true;
        bench.ports.swap('1', other);
        return 'ignore';
      },
    },
  });
}

/** The first comes back elsewhere, the second where it sat: both pass, with one signature each. */
async function bothPass(first: DeviceLine, second: DeviceLine): Promise<void> {
  const { ports, store, until, events, bugs } = bench;
  expect(store.job(1)?.outcome).toBeNull();
  expect(store.certificate(1)?.state).not.toBe('void');
  ports.eject('1');
  ports.insert('2', first);
  await until(ended(1));
  ports.insert('1', second);
  await until(ended(2));
  expect(bugs).toEqual([]);
  expect(lastWords(events)).toEqual(['passed', 'passed']);
  expect(store.lotTally('L1')).toMatchObject({ passed: 2, signatures: 2, running: 0 });
}

const CASES: readonly [string, (request: DeviceRequest, state: DeviceState) => boolean][] = [
  ['delivered', ({ group, command }) => group === IDENTITY_GROUP && command === IDENTITY_COMMAND.item],
  [
    'restarted behind its lock',
    ({ group, command }, { record }) => group === OS_GROUP && command === OS_COMMAND.reset && record.life === 'locked',
  ],
];

test.each(CASES)(
  'a bare board in the place of one that is being %s leaves its job and certificate alone',
  async (_, at) => {
    bench = await openBench();
    const second = bench.board({ hwid: OTHER, image: BARE });
    const first = swappedAt(at, second);
    bench.ports.insert('1', first);
    await bench.until((so) => shows('DEVICE_SWAPPED')(so) || ended(1)(so));
    expect(second.device.state.record.spare).toBeNull();
    await bothPass(first, second);
  },
);

test('a blank board with the hardware id of one that is being delivered voids nothing, and gets nothing', async () => {
  bench = await openBench();
  const { ports, store, until, events, bugs, board } = bench;
  const copy = board();
  const first = swappedAt(({ group, command }) => group === IDENTITY_GROUP && command === IDENTITY_COMMAND.item, copy);
  ports.insert('1', first);
  // First the job waits; the next look keeps the copy apart.
  await until((so) => lastWords(so).includes('STORE_LOST') || ended(1)(so));
  expect(lastWords(events)).toEqual(['STORE_LOST']);
  expect(store.job(1)?.outcome).toBeNull();
  expect(store.certificate(1)?.state).toBe('signed');
  expect(copy.device.state.record.life).toBe('blank');
  ports.insert('2', first);
  await until(ended(2));
  ports.eject('1');
  ports.insert('1', copy);
  await until(ended(3));
  expect(bugs).toEqual([]);
  expect(lastWords(events)).toEqual(['STORE_LOST', 'passed', 'DUPLICATE_HWID']);
  expect(store.lotTally('L1')).toMatchObject({ passed: 1, signatures: 1, running: 0 });
});

test('another board that answers the question for the closed groups turns nothing green', async () => {
  bench = await openBench();
  const second = bench.board({ hwid: OTHER });
  const first = swappedAt(({ group }) => group === SETTINGS_GROUP, second);
  bench.ports.insert('1', first);
  await bench.until((so) => shows('DEVICE_SWAPPED')(so) || ended(1)(so));
  await bothPass(first, second);
});

test('a proof that another board refused is none of the first', async () => {
  bench = await openBench();
  const { ports, board, until } = bench;
  const second = board({ hwid: OTHER });
  let [struck, muted] = [false, false];
  const first = board({
    hooks: {
      onRequest({ group, command }, { record }) {
        if (muted) return 'ignore';
        const asked = group === IDENTITY_GROUP && command === IDENTITY_COMMAND.prove && record.life === 'enrolled';
        if (struck || !asked) return 'serve';
        [struck, muted] = [true, true];
        // The words of a blank board, then that board itself: the first says no more.
        systemClock.after(SWAP_MS, () => {
          ports.swap('1', second);
          muted = false;
        });
        return identityError(IDENTITY_RC.STATE);
      },
    },
  });
  ports.insert('1', first);
  await until((so) => shows('DEVICE_SWAPPED')(so) || ended(1)(so));
  await bothPass(first, second);
});

test('a board that falls silent in its lock is asked for by a card that stays, and passes when it is back', async () => {
  bench = await openBench();
  const { ports, store, until, events, bugs, board } = bench;
  let [struck, away] = [false, false];
  let unanswered = 0;
  const looked = Promise.withResolvers<void>();
  const line = board({
    hooks: {
      onRequest({ group, command, write }) {
        if (!struck && write && group === IDENTITY_GROUP && command === IDENTITY_COMMAND.lock) struck = away = true;
        if (!away) return 'serve';
        if (shows('LOST_IN_LOCKING')(events) && ++unanswered === UNANSWERED) looked.resolve();
        return 'ignore';
      },
    },
  });
  ports.insert('1', line);
  await until((so) => shows('LOST_IN_LOCKING')(so) || ended(1)(so));
  expect(store.job(1)?.outcome).toBeNull();
  // The adapter stays: nothing is told of it, and no job without a name is counted against the lot.
  const told = events.length;
  await looked.promise;
  expect(events.slice(told).filter(({ type }) => type === 'slot-changed')).toEqual([]);
  expect(store.job(2)).toBeNull();
  away = false;
  await until(ended(1));
  expect(bugs).toEqual([]);
  expect(lastWords(events)).toEqual(['passed']);
  expect(store.lotTally('L1')).toMatchObject({ passed: 1, signatures: 1, failed: 0 });
});
