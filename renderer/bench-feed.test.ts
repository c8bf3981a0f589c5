import { createRouterClient, implement } from '@orpc/server';
import { expect, test, vi } from 'vitest';
import { type BenchView, benchApi } from '../contract/bench-api.ts';
import type { BenchApiClient } from './bench-client.ts';
import { LiveBench } from './bench-feed.ts';

const VIEW: BenchView = { firstRun: true, canLeave: false, automatic: false, online: true, slots: 4, occupied: [] };

/** A bench that tells these views, then waits for the port to close. */
function benchOf(views: readonly BenchView[]): BenchApiClient {
  const os = implement(benchApi);
  const router = os.router({
    status: os.status.handler(() => VIEW),
    events: os.events.handler(async function* ({ signal }) {
      yield* views;
      await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
    }),
    insert: os.insert.handler(({ input, errors }) => {
      if (input.slot <= VIEW.slots) return { ...VIEW, occupied: [input.slot] };
      throw errors.KEYLINE({ data: { code: 'SLOT_UNKNOWN', detail: '', message: '' } });
    }),
    eject: os.eject.handler(() => VIEW),
    network: os.network.handler(() => VIEW),
    automatic: os.automatic.handler(() => VIEW),
    ports: os.ports.handler(() => ({ ports: '', positions: [] })),
    setUp: os.setUp.handler(() => ({ stationId: 'KL-07' })),
    leave: os.leave.handler(() => ({ left: true })),
  });
  return createRouterClient(router);
}

test('beside a real line there is no practice bench', async () => {
  const bench = new LiveBench();
  expect(bench.sight()).toBeNull();
  expect(await bench.ask((api) => api.leave())).toMatchObject({ ok: false, code: 'STATION_GONE' });
});

test('the bench is as it said last, and gone when its port closes', async () => {
  const bench = new LiveBench();
  const gone = new AbortController();
  const following = bench.follow(benchOf([{ ...VIEW, occupied: [1] }]), gone.signal);
  await vi.waitFor(() => expect(bench.sight()?.occupied).toEqual([1]));
  gone.abort();
  await following;
  expect(bench.sight()).toBeNull();
});

test('a bench that was started again takes the place of the one before', async () => {
  const bench = new LiveBench();
  const first = new AbortController();
  const before = bench.follow(benchOf([{ ...VIEW, occupied: [1] }]), first.signal);
  await vi.waitFor(() => expect(bench.sight()?.occupied).toEqual([1]));
  void bench.follow(benchOf([{ ...VIEW, occupied: [2] }]), new AbortController().signal);
  await vi.waitFor(() => expect(bench.sight()?.occupied).toEqual([2]));
  first.abort();
  await before;
  expect(bench.sight()?.occupied).toEqual([2]);
});

test('what the bench refuses comes back with its code', async () => {
  const bench = new LiveBench();
  void bench.follow(benchOf([]), new AbortController().signal);
  await vi.waitFor(() => expect(bench.sight()).not.toBeNull());
  expect(await bench.ask((api) => api.insert({ slot: 4, board: 'good' }))).toMatchObject({ ok: true });
  expect(await bench.ask((api) => api.insert({ slot: 5, board: 'good' }))).toMatchObject({ code: 'SLOT_UNKNOWN' });
});
