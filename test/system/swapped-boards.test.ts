// Boards that are changed on a port that stays open, as on a fixture's adapter: another one's answer never decides about the first.
import { afterEach, expect, test } from 'vitest';
import type { StationEvent } from '../../domain/station-event.ts';
import { IDENTITY_COMMAND, IDENTITY_GROUP } from '../../protocol/identity-group.ts';
import { OS_COMMAND, OS_GROUP } from '../../protocol/standard-groups.ts';
import type { DeviceLine } from '../../simulator/device-line.ts';
import type { DeviceRequest } from '../../simulator/device-request.ts';
import type { DeviceState } from '../../simulator/device-state.ts';
import { BARE, lastWords, type MemoryBench, openBench } from './memory-bench.ts';

let bench: MemoryBench;
afterEach(() => bench.close());

const OTHER = 'b1b2c3d4e5f60719';

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
