import { expect, test } from 'vitest';
import { BUILD_TIME_MS } from '../../domain/build-time.ts';
import { ClockWatch } from './clock-watch.ts';

const DAY_MS = 86_400_000;
const START_MS = BUILD_TIME_MS + 100 * DAY_MS;
const NO_RECORDS = { lastEventMs: 0, lastSureMs: 0 };

function watchAt(startMs = START_MS) {
  const time = { nowMs: startMs, monotonicMs: 5_000 };
  const clock = { nowMs: () => time.nowMs, monotonicMs: () => time.monotonicMs, after: () => () => {} };
  return { time, watch: new ClockWatch(clock) };
}

test('a clock that runs on is trusted', () => {
  const { time, watch } = watchAt();
  time.nowMs += 8 * 3_600_000;
  time.monotonicMs += 8 * 3_600_000;
  expect(watch.doubt({ lastEventMs: START_MS, lastSureMs: START_MS }, START_MS - DAY_MS)).toBeNull();
});

test.each([
  ['a jump forward', 3 * DAY_MS],
  ['a jump back', -3 * DAY_MS],
])('%s while the line runs is noticed', (_, jumpMs) => {
  const { time, watch } = watchAt();
  time.nowMs += jumpMs;
  expect(watch.doubt(NO_RECORDS, 0)).toMatch(/jumped/);
});

test.each([
  ['before this Keyline was made', BUILD_TIME_MS - 1, 0, 0, 0],
  ['before the signing CA', START_MS, 0, 0, START_MS + 1],
  ['before the last record', START_MS, START_MS + 1, START_MS, 0],
  ['before the last sure record, whatever was recorded since', START_MS, START_MS - 1, START_MS + 1, 0],
  ['more than 30 days after the last sure one', START_MS, START_MS - 1, START_MS - 30 * DAY_MS - 1, 0],
])('%s no date is signed', (_, nowMs, lastEventMs, lastSureMs, notBeforeMs) => {
  expect(watchAt(nowMs).watch.doubt({ lastEventMs, lastSureMs }, notBeforeMs)).not.toBeNull();
});

test('the first day of a station has no last record to compare with', () => {
  expect(watchAt().watch.doubt(NO_RECORDS, 0)).toBeNull();
});
