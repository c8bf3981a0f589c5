import { expect, test } from 'vitest';
import { FakeClock } from '../../simulator/fake-clock.ts';
import { StageTimes } from './stage-times.ts';

test('a stage begins where the one before ends, and the first with the look at the board', () => {
  const clock = new FakeClock();
  clock.advance(5_000);
  const times = new StageTimes(clock, [], 4_200);
  times.enter('connect');
  times.enter('firmware');
  clock.advance(7_000);
  expect(times.over()).toEqual([{ stage: 'connect', ms: 800 }]);
  times.enter('key');
  clock.advance(300);
  expect(times.all()).toEqual([
    { stage: 'connect', ms: 800 },
    { stage: 'firmware', ms: 7_000 },
    { stage: 'key', ms: 300 },
  ]);
});

test('a stage that is done again counts once, in all, and is not over while it is done', () => {
  const clock = new FakeClock();
  const times = new StageTimes(clock, [], 0);
  clock.advance(100);
  times.enter('key');
  clock.advance(200);
  times.enter('connect');
  clock.advance(50);
  expect(times.over()).toEqual([{ stage: 'key', ms: 200 }]);
  times.enter('key');
  clock.advance(1_000);
  expect(times.all()).toEqual([
    { stage: 'connect', ms: 150 },
    { stage: 'key', ms: 1_200 },
  ]);
});

test('a resumed job goes on from what was recorded', () => {
  const clock = new FakeClock();
  const times = new StageTimes(clock, [{ stage: 'firmware', ms: 7_000 }], 0);
  clock.advance(40);
  times.enter('certificate');
  expect(times.over()).toEqual([
    { stage: 'firmware', ms: 7_000 },
    { stage: 'connect', ms: 40 },
  ]);
});
