import { expect, test } from 'vitest';
import { deviceRecord } from '../../test/samples/device-views.ts';
import { timelineOf } from './device-timeline.ts';

const { attempts, usual } = deviceRecord();
const [attempt] = attempts;
if (!attempt) throw new Error('the sample has an attempt');

test('stages follow each other, and their sum is the whole', () => {
  const { bars, totalMs, axisMs } = timelineOf(attempt, usual);
  expect(bars.map(({ startMs }) => startMs)).toEqual([0, 600, 12_000, 14_100, 15_000, 17_800]);
  expect(totalMs).toBe(19_100);
  expect(axisMs).toBe(19_100);
});

test('the stage that took longest beyond its usual time is the finding', () => {
  expect(timelineOf(attempt, usual).finding).toEqual({ stage: 'firmware', overMs: 2_700 });
});

test('a stage that took a little longer is no finding, and one without a usual time neither', () => {
  const stages = [
    { stage: 'firmware', ms: 9_000 },
    { stage: 'key', ms: 60_000 },
  ] as const;
  const { finding, bars } = timelineOf(
    { ...attempt, stages: [...stages] },
    { jobMs: null, stageMs: { firmware: 8_700 } },
  );
  expect(finding).toBeNull();
  expect(bars[1]).toMatchObject({ usualMs: null, isLong: false });
});

test('an attempt that went through no stage has nothing to draw', () => {
  expect(timelineOf({ ...attempt, stages: [] }, usual)).toMatchObject({ bars: [], totalMs: 0, finding: null });
});
