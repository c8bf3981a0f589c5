import { createRouterClient } from '@orpc/server';
import { expect, test, vi } from 'vitest';
import { KeylineError } from '../domain/errors.ts';
import type { StationEvent } from '../domain/station-event.ts';
import type { LiveStation } from '../station/api/live-station.ts';
import { stationRouter } from '../station/api/station-router.ts';
import { liveStation } from '../test/samples/live-station.ts';
import { lotView, stationFacts, syncView } from '../test/samples/station-views.ts';
import type { StationApiClient } from './station-client.ts';
import { LiveFeed } from './station-feed.ts';

/** The station's own API over a station of samples. */
function stationOf(change: Partial<LiveStation> = {}): StationApiClient {
  const bug = (error: unknown) => {
    throw error;
  };
  return createRouterClient(stationRouter(liveStation(change), { bug, misread: bug }), {
    context: { caller: 'operator' },
  });
}

/** Tells these events to whoever watches, at once. */
function telling(events: readonly StationEvent[]): Pick<LiveStation, 'watch'> {
  return {
    watch(listener) {
      for (const event of events) listener(event);
      return () => {};
    },
  };
}

/** A station that goes as soon as it is watched. */
const GOING: Pick<LiveStation, 'watch'> = {
  watch() {
    throw new KeylineError('STATION_GONE');
  },
};

function synced(waiting: number): StationEvent {
  return { type: 'sync-changed', sync: syncView({ waiting }) };
}

const never = new AbortController().signal;

test('before a station is there the screen says that it starts, and refuses commands', async () => {
  const feed = new LiveFeed((work) => work());
  expect(feed.sight()).toEqual({ kind: 'starting' });
  expect(await feed.ask((api) => api.status())).toMatchObject({ ok: false, code: 'STATION_GONE' });
});

test('events that come before the next picture are folded into one', async () => {
  const frames: (() => void)[] = [];
  const feed = new LiveFeed((work) => frames.push(work));
  const gone = new AbortController();
  const following = feed.follow(stationOf(telling([1, 2, 3].map(synced))), gone.signal);
  await vi.waitFor(() => expect(feed.sight().kind).toBe('live'));
  await vi.waitFor(() => expect(frames).toHaveLength(1));
  await new Promise<void>((resolve) => setImmediate(resolve));
  const seen = vi.fn();
  feed.watch(seen);
  frames[0]?.();
  expect(seen).toHaveBeenCalledTimes(1);
  expect(feed.sight()).toMatchObject({ view: { sync: { waiting: 3 } } });
  gone.abort();
  await following;
});

test('a station that goes for good is gone, and a new one takes its place', async () => {
  const feed = new LiveFeed((work) => work());
  await feed.follow(stationOf(GOING), never);
  expect(feed.sight()).toEqual({ kind: 'gone' });
  void feed.follow(stationOf(telling([synced(7)])), never);
  await vi.waitFor(() => expect(feed.sight()).toMatchObject({ kind: 'live', view: { sync: { waiting: 7 } } }));
});

test('the last sentence of a station that never comes is what is shown, and nothing is asked any more', async () => {
  const feed = new LiveFeed((work) => work());
  const gone = new AbortController();
  const following = feed.follow(stationOf(), gone.signal);
  await vi.waitFor(() => expect(feed.sight().kind).toBe('live'));
  feed.giveUp('The disk is full.');
  gone.abort();
  await following;
  expect(feed.sight()).toEqual({ kind: 'gave-up', sentence: 'The disk is full.' });
  expect((await feed.ask((api) => api.status())).ok).toBe(false);
});

test('a call answers with its value, and a refused one with its code', async () => {
  const refusing: Pick<LiveStation, 'commandLot' | 'facts'> = {
    facts: () => stationFacts({ person: null, hasPeople: false }),
    commandLot(_actorId, { command }) {
      if (command === 'hold') return lotView({ state: 'held' });
      throw new KeylineError('OTHER_LOT_RELEASED', 'lot WO-1');
    },
  };
  const feed = new LiveFeed((work) => work());
  void feed.follow(stationOf(refusing), never);
  await vi.waitFor(() => expect(feed.sight().kind).toBe('live'));
  const command = (order: 'hold' | 'release') =>
    feed.ask((api) => api.lot.command({ lotId: 'WO-1', command: order, because: null, writeOff: false }));
  expect(await command('hold')).toMatchObject({ ok: true, value: { state: 'held' } });
  expect(await command('release')).toEqual({ ok: false, code: 'OTHER_LOT_RELEASED', detail: 'lot WO-1' });
});

test('what is no refusal of the station counts as nobody being there', async () => {
  const feed = new LiveFeed((work) => work());
  void feed.follow(stationOf(), never);
  await vi.waitFor(() => expect(feed.sight().kind).toBe('live'));
  expect(await feed.ask(() => Promise.reject(new Error('a closed port')))).toMatchObject({ code: 'STATION_GONE' });
});
