import { describe, expect, test } from 'vitest';
import { lotPace } from './lot-pace.ts';

/** 12:02 of some day. */
const NOW_MS = Date.UTC(2026, 10, 14, 12, 2);
const MINUTE_MS = 60_000;
const NONE = { judged: 0, firstPassed: 0, passes: [], verdicts: [] };

function passes(
  ...times: (readonly [agoMs: number, stages: { stage: 'connect' | 'firmware'; ms: number }[] | null])[]
) {
  return { ...NONE, passes: times.map(([agoMs, stages]) => ({ endedMs: NOW_MS - agoMs, stages })) };
}

test('a lot without a pass says nothing of its pace', () => {
  expect(lotPace(NONE, NOW_MS)).toEqual({
    ...{ boardMs: null, jobMs: null, stageMs: {} },
    lastHour: Array.from({ length: 12 }, () => null),
  });
});

describe('medians', () => {
  test('are of whole jobs and of each stage, so that one slow board moves neither', () => {
    const usual = [
      { stage: 'connect' as const, ms: 500 },
      { stage: 'firmware' as const, ms: 7_000 },
    ];
    const slow = [{ stage: 'connect' as const, ms: 60_000 }];
    const pace = lotPace(passes([0, usual], [10_000, slow], [20_000, usual], [30_000, null]), NOW_MS);
    expect(pace).toMatchObject({ jobMs: 7_500, stageMs: { connect: 500, firmware: 7_000 } });
  });

  test('of an even number lie between the middle two', () => {
    const of = (ms: number) => [{ stage: 'connect' as const, ms }];
    expect(lotPace(passes([0, of(400)], [1, of(800)]), NOW_MS).stageMs).toEqual({ connect: 600 });
  });
});

describe('the time between boards', () => {
  test('is the mean over the last 20 passes', () => {
    const many = Array.from({ length: 30 }, (_, i) => [i < 20 ? i * 12_000 : i * 999_000, null] as const);
    expect(lotPace(passes(...many), NOW_MS).boardMs).toBe(12_000);
  });

  test('is not told after one pass', () => {
    expect(lotPace(passes([0, null]), NOW_MS).boardMs).toBeNull();
  });
});

test('the last hour stands in whole five minutes, the one under way last', () => {
  const verdict = (agoMinutes: number, outcome: 'passed' | 'failed') => ({
    endedMs: NOW_MS - agoMinutes * MINUTE_MS,
    outcome,
  });
  const verdicts = [
    ...[verdict(0, 'passed'), verdict(2, 'failed'), verdict(3, 'passed'), verdict(57, 'failed')],
    // Before the first of the twelve parts.
    verdict(58, 'passed'),
  ];
  const { lastHour } = lotPace({ ...NONE, verdicts }, NOW_MS);
  expect(lastHour).toEqual([0, null, null, null, null, null, null, null, null, null, 1, 0.5]);
});
