// A board that passed, and whose lock was undone since, or that is a copy with its key: what it signs of itself is compared
// with the record, when a person asks and when it is inserted again.
import { afterEach, expect, test } from 'vitest';
import { openQueries } from '../../db/queries.ts';
import type { DeviceRecord } from '../../simulator/device-record.ts';
import { lastWords, type MemoryBench, openBench } from './memory-bench.ts';

const HWID = 'a1b2c3d4e5f60718';
/** A certificate of nobody. */
const OTHER = Buffer.from('another certificate').toString('base64');

let bench: MemoryBench;
afterEach(() => bench.close());

/** Passed in slot 1; `change` is what it is from its next request on. */
async function passed() {
  bench = await openBench();
  const next: { change: ((record: DeviceRecord) => Partial<DeviceRecord>) | null } = { change: null };
  const board = bench.board({
    hooks: {
      onRequest(_, state) {
        if (next.change) state.commit(next.change(state.record));
        next.change = null;
        return 'serve';
      },
    },
  });
  bench.ports.insert('1', board);
  await bench.until((events) => lastWords(events).length === 1);
  expect(lastWords(bench.events)).toEqual(['passed']);
  return {
    board,
    change(to: NonNullable<typeof next.change>) {
      next.change = to;
    },
  };
}

const CHANGES = {
  'an open debug port': (record) => ({ fuses: { ...record.fuses, debug: false } }),
  'another chain': (record) => ({ items: { ...record.items, chain: OTHER } }),
  'another anchor': (record) => ({ items: { ...record.items, anchor: OTHER } }),
  'other firmware': ({ running }) => ({ running: { ...running, imageHash: 'f0'.repeat(32) } }),
} satisfies Record<string, (record: DeviceRecord) => Partial<DeviceRecord>>;

test.each([
  ['an open debug port', 'debug'],
  ['another chain', 'chain'],
  ['another anchor', 'anchor'],
  ['other firmware', 'firmware'],
] as const)('a check names %s, on record', async (which, fault) => {
  const { change } = await passed();
  change(CHANGES[which]);
  const device = bench.station.devices.show(HWID)?.device;
  const check = await bench.station.devices.check('linh', device?.deviceId ?? 0);
  expect(check).toMatchObject({ faults: [fault], life: 'locked', isVoid: false });
  expect(bodies('identity-checked')).toMatchObject([{ faults: [fault] }]);
});

test.each([
  // Signed by its own key, against the recipe of its own lot: the lock is gone, and with it what kept the key.
  ['an open debug port', 'LOCK_LOST', 'void'],
  // Nothing is made void for ever by files of a CA's folder: kept apart, and a person decides.
  ['another chain', 'DUPLICATE_HWID', 'live'],
  ['another anchor', 'DUPLICATE_HWID', 'live'],
  // Renewed in the field, as it should be: its identity is what passed here.
  ['other firmware', 'DONE_TODAY', 'live'],
] as const)('a board that is inserted again with %s is told as %s', async (which, code, state) => {
  const { board, change } = await passed();
  bench.ports.eject('1');
  await bench.until(() => bench.station.status().slots[0]?.state === 'empty');
  change(CHANGES[which]);
  bench.ports.insert('2', board);
  await bench.until((events) => lastWords(events).length === 2);
  expect(lastWords(bench.events)).toEqual(['passed', code]);
  expect(bench.station.devices.show(HWID)?.identity).toMatchObject({ state });
});

function bodies(type: string): unknown[] {
  const records = openQueries(bench.database);
  try {
    return [...records.auditEvents()].filter((event) => event.type === type).map(({ body }) => JSON.parse(body));
  } finally {
    records.close();
  }
}
