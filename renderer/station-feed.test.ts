import { createRouterClient, implement } from '@orpc/server';
import { expect, test, vi } from 'vitest';
import { type StationStatus, stationApi } from '../contract/station-api.ts';
import type { StationEvent } from '../domain/station-event.ts';
import type { StationApiClient } from './station-client.ts';
import { LiveFeed } from './station-feed.ts';

const SYNC = { made: 0, registered: 0, waiting: 0, refused: 0, voidsWaiting: 0, online: null };
const STATUS: StationStatus = {
  stationId: 'B3',
  practice: true,
  lineRunning: true,
  stoppedBy: null,
  slots: [],
  lot: null,
  sync: SYNC,
};

/** A station of these events; then its stream waits for `end`. */
function stationOf(events: readonly StationEvent[], end: Promise<void>): StationApiClient {
  const os = implement(stationApi);
  const lot = {
    lotId: 'LOT',
    state: 'held' as const,
    quantity: 1,
    spare: 0,
    passed: 0,
    failed: 0,
    errored: 0,
    aborted: 0,
    running: 0,
    signatures: 0,
    heldBecause: null,
  };
  const router = os.router({
    status: os.status.handler(() => STATUS),
    events: os.events.handler(async function* () {
      yield* events;
      await end;
    }),
    lot: {
      create: os.lot.create.handler(() => lot),
      command: os.lot.command.handler(({ input, errors }) => {
        if (input.command === 'hold') return lot;
        throw errors.KEYLINE({ data: { code: 'OTHER_LOT_RELEASED', detail: '', message: '' } });
      }),
    },
    line: { start: os.line.start.handler(() => ({ slots: 0 })), stop: os.line.stop.handler(() => ({ stopped: true })) },
    sync: os.sync.handler(() => SYNC),
  });
  return createRouterClient(router);
}

function synced(waiting: number): StationEvent {
  return { type: 'sync-changed', sync: { ...SYNC, waiting } };
}

test('before a station is there the screen says that it starts, and refuses commands', async () => {
  const feed = new LiveFeed((work) => work());
  expect(feed.sight()).toEqual({ kind: 'starting' });
  expect(await feed.commandLot('LOT', 'hold')).toBe('STATION_GONE');
});

test('events that come before the next picture are folded into one', async () => {
  const frames: (() => void)[] = [];
  const feed = new LiveFeed((work) => frames.push(work));
  const gone = new AbortController();
  const following = feed.follow(stationOf([1, 2, 3].map(synced), new Promise(() => {})), gone.signal);
  await vi.waitFor(() => expect(feed.sight().kind).toBe('live'));
  await vi.waitFor(() => expect(frames).toHaveLength(1));
  await new Promise<void>((resolve) => setImmediate(resolve));
  const seen = vi.fn();
  feed.watch(seen);
  frames[0]?.();
  expect(seen).toHaveBeenCalledTimes(1);
  expect(feed.sight()).toMatchObject({ view: { sync: { waiting: 3 } } });
  gone.abort();
  void following;
});

test('a station whose stream ends for good is gone, and a new one takes its place', async () => {
  const feed = new LiveFeed((work) => work());
  const never = new AbortController();
  await feed.follow(stationOf([], Promise.resolve()), never.signal);
  expect(feed.sight()).toEqual({ kind: 'gone' });
  void feed.follow(stationOf([synced(7)], new Promise(() => {})), never.signal);
  await vi.waitFor(() => expect(feed.sight()).toMatchObject({ kind: 'live', view: { sync: { waiting: 7 } } }));
});

test('a refused command names its code', async () => {
  const feed = new LiveFeed((work) => work());
  void feed.follow(stationOf([], new Promise(() => {})), new AbortController().signal);
  await vi.waitFor(() => expect(feed.sight().kind).toBe('live'));
  expect(await feed.commandLot('LOT', 'hold')).toBeNull();
  expect(await feed.commandLot('LOT', 'release')).toBe('OTHER_LOT_RELEASED');
});
