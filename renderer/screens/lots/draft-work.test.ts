import { expect, test } from 'vitest';
import type { LotDraft } from '../../../contract/lots-api.ts';
import { stationStatus } from '../../../test/samples/station-views.ts';
import { READY_LOTS, type RecordedLots } from '../../../test/shots/recorded-lots.ts';
import { recordedStation } from '../../../test/shots/recorded-station.ts';
import { answerOf } from '../../answer.ts';
import type { StationFeed } from '../../station-feed.ts';
import { viewOf } from '../../view-state/station-view.ts';
import { DraftWork } from './draft-work.ts';

/** A station that keeps the draft it is given, and a page over it whose time the test moves. */
function bench(lots: RecordedLots = READY_LOTS) {
  const kept: { draft: LotDraft | null; released: number } = { draft: lots.draft?.draft ?? null, released: 0 };
  const heard: RecordedLots['heard'] = (call, draft) => {
    kept.draft = call === 'save' ? draft : null;
    if (call === 'release') kept.released++;
  };
  const api = recordedStation(viewOf(stationStatus()), { lots: { ...lots, heard } });
  const feed: StationFeed = {
    sight: () => ({ kind: 'starting' }),
    watch: () => () => {},
    ask: (call) => answerOf(call(api)),
  };
  let nowMs = 0;
  let timers: { readonly atMs: number; readonly work: () => void }[] = [];
  const clock = {
    nowMs: () => nowMs,
    after(waitMs: number, work: () => void) {
      const timer = { atMs: nowMs + waitMs, work };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  };
  const told: string[] = [];
  const work = new DraftWork(feed, clock, ({ lotId }) => told.push(lotId));
  /** Lets every answer in that is on its way: an answer is a few turns away. */
  const settle = async () => {
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  };
  const pass = async (ms: number) => {
    await settle();
    for (const endMs = nowMs + ms; nowMs < endMs; nowMs += 100) {
      const due = timers.filter(({ atMs }) => atMs <= nowMs);
      timers = timers.filter(({ atMs }) => atMs > nowMs);
      for (const { work: go } of due) go();
      await settle();
    }
  };
  return { work, kept, told, pass, timers: () => timers.length };
}

test('a saved draft comes back and is checked', async () => {
  const { work, pass } = bench();
  work.open(null);
  await pass(500);
  expect(work.desk()?.typed.orderId).toBe('WO-48291');
  expect(work.desk()?.readiness?.checks).toHaveLength(9);
});

test('what is typed is saved by itself, and what is typed last when the page closes', async () => {
  const { work, kept, pass, timers } = bench();
  work.open(null);
  await pass(500);
  work.type({ quantity: '700' });
  await pass(2_000);
  expect(kept.draft?.quantity).toBe(700);
  work.type({ quantity: '800' });
  work.close();
  await pass(0);
  expect(kept.draft?.quantity).toBe(800);
  expect(timers()).toBe(0);
});

test('a page that was closed and opened again goes on with what was typed', async () => {
  const { work, kept, pass } = bench();
  work.open(null);
  work.close();
  work.open(null);
  await pass(500);
  work.type({ quantity: '700' });
  await pass(2_000);
  expect(kept.draft?.quantity).toBe(700);
});

test('two touches release one lot, and no draft is left behind', async () => {
  const { work, kept, told, pass } = bench();
  work.open(null);
  await pass(500);
  work.type({ quantity: '700' });
  work.release();
  work.release();
  await pass(3_000);
  expect(kept).toEqual({ draft: null, released: 1 });
  expect(told).toEqual(['WO-48213']);
  work.close();
  await pass(0);
  expect(kept.draft).toBeNull();
});

test('a copy takes the place of the saved draft', async () => {
  const { work, kept, pass } = bench();
  work.open({
    ...{ orderId: '', recipeSha256: null, quantity: '5', firstSerial: '', lastSerial: '' },
    spare: '0',
    stopAfter: '3',
  });
  await pass(2_000);
  expect(kept.draft).toMatchObject({ orderId: '', quantity: 5 });
});
