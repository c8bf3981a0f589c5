// What waited when, and what was refused, told from the records of a station that made, sent and was refused.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OutboxDesk } from '../station/outbox-desk.ts';
import { recordAnswers } from '../station/records/outbox-records.ts';
import { Recorder } from '../station/records/recorder.ts';
import { syncView } from '../test/samples/station-views.ts';
import { digest, sampleLot, samplePassed } from './station-sample.ts';
import { type OpenStationStore, openStationStore } from './station-store.ts';

let folder = '';
let open: OpenStationStore;
let recorder: Recorder;
let desk: OutboxDesk;
let nowMs = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-waits-'));
  open = openStationStore(join(folder, 'station.db'));
  nowMs = 10 * 86_400_000;
  recorder = new Recorder(open.store, { nowMs: () => nowMs, monotonicMs: () => nowMs, after: () => () => {} });
  recorder.commit('station', () => open.store.insertLot(sampleLot()));
  desk = new OutboxDesk({
    recorder,
    store: open.store,
    sync: {
      ...{ enrolled: true, isOpen: true, stoppedBy: null, reach: { lostMs: null, reachedMs: 10 * 86_400_000 } },
      view: () => syncView(open.store.counts()),
      changed() {},
    },
    boardsFit: () => 1000,
  });
});
afterEach(() => {
  open.close();
  rmSync(folder, { recursive: true, force: true });
});

function pass(number: number): void {
  recorder.commit('station', (append) => {
    const { certificateId } = samplePassed(open.store, number);
    append('certificate-live', { certificateId, fingerprint: digest(1_000_000 + number) });
  });
}

test('the picture of three days ends at what waits, and follows what was made, taken, refused and sent again', () => {
  for (const number of [1, 2, 3]) pass(number);
  nowMs += 3_600_000;
  recordAnswers(recorder, [
    { id: 1, state: 'accepted' },
    { id: 2, state: 'refused', code: 'SERIAL_TAKEN' },
  ]);
  nowMs += 3_600_000;
  desk.sendAgain('ann', 2);
  nowMs += 3_600_000;
  const { history, lastSentMs, sentSinceReached } = desk.state();
  const hourly = history.points.slice(0, -1).filter((_, at, all) => (all.length - 1 - at) % 6 === 0);
  // Each point stands at the begin of its step: what happened within it shows at the next one.
  expect(hourly.slice(-4)).toEqual([0, 3, 1, 2]);
  expect([history.points.at(-1), open.store.counts().waiting]).toEqual([2, 2]);
  expect(lastSentMs).toBe(10 * 86_400_000 + 3_600_000);
  expect(sentSinceReached).toBe(1);
});

test('a refused entry is listed with its board and its reason, and no more once it was sent again, on record', () => {
  for (const number of [1, 2]) pass(number);
  recordAnswers(recorder, [{ id: 2, state: 'refused', code: 'ISSUER_UNKNOWN' }]);
  expect(desk.refused(0)).toEqual({
    more: false,
    rows: [
      {
        ...{ id: 2, kind: 'register', deviceSerial: 'LOT-1-0002', lotId: 'LOT-1', fingerprint: digest(1_000_002) },
        ...{ code: 'ISSUER_UNKNOWN', caKnown: false },
      },
    ],
  });
  expect(desk.sendAgain('ann', 2)).toMatchObject({ waiting: 2, refused: 0 });
  expect(desk.refused(0).rows).toEqual([]);
  expect(() => desk.sendAgain('ann', 2)).toThrow(/not any more as it was shown/);
  expect(open.store.eventsBefore(1_000, 1)[0]).toMatchObject({ type: 'registration-resent', actorId: 'ann' });
});

test('more refused entries than a page are listed page by page', () => {
  for (let number = 1; number <= 60; number++) pass(number);
  const answers = Array.from({ length: 60 }, (_, at) => ({ id: at + 1, state: 'refused', code: 'KEY_TAKEN' }) as const);
  recordAnswers(recorder, answers);
  const first = desk.refused(0);
  const second = desk.refused(first.rows.at(-1)?.id ?? 0);
  expect([first.rows.length, first.more, second.rows.length, second.more]).toEqual([50, true, 10, false]);
});
