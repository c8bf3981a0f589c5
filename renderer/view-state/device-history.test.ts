import { expect, test } from 'vitest';
import { deviceEvent, deviceRecord } from '../../test/samples/device-views.ts';
import { historyOf } from './device-history.ts';

const { attempts, events } = deviceRecord();

test('the history tells where a board came in and how it ended, and no step between', () => {
  expect(historyOf(events, attempts).map(({ kind, foundAs }) => [kind, foundAs])).toEqual([
    ['job-started', 'blank'],
    ['job-passed', null],
  ]);
});

test('several attempts are numbered, one alone is not', () => {
  const [first] = attempts;
  if (!first) throw new Error('the sample has an attempt');
  const twice = [first, { ...first, jobId: 870 }];
  const told = [
    ...events,
    deviceEvent({ seq: 9000, jobId: 870 }),
    deviceEvent({ seq: 9001, type: 'device-reworked', jobId: null }),
  ];
  expect(historyOf(told, twice).map(({ attempt }) => attempt)).toEqual([1, 1, 2, null]);
  expect(historyOf(events, attempts).map(({ attempt }) => attempt)).toEqual([null, null]);
});

test('the first copy of a label was printed, and each later one printed again', () => {
  const copies = [1, 2, 3].map((copy) => deviceEvent({ seq: 9000 + copy, type: 'label-printed', jobId: null, copy }));
  expect(historyOf(copies, attempts).map(({ kind, copy }) => `${kind} ${copy}`)).toEqual([
    ...['label-printed 1', 'label-printed-again 2', 'label-printed-again 3'],
  ]);
});
