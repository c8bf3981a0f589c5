// Where the time of one attempt went, beside what the lot's boards usually take (UX.md section 4.6). Says that a stage took
// long only where both were measured.
import type { DeviceAttempt, DeviceRecord } from '../../contract/devices-api.ts';
import type { Stage } from '../../domain/job.ts';

export interface TimelineBar {
  readonly stage: Stage;
  readonly startMs: number;
  readonly ms: number;
  /** Null where the lot has no median. */
  readonly usualMs: number | null;
  /** The one that the finding is about. */
  readonly isLong: boolean;
}

export interface Timeline {
  readonly bars: readonly TimelineBar[];
  readonly totalMs: number;
  /** Where the axis ends. */
  readonly axisMs: number;
  readonly usualMs: number | null;
  /** The stage that took longest beyond its usual time; null where none took noticeably longer. */
  readonly finding: { readonly stage: Stage; readonly overMs: number } | null;
}

/** Less than this is no finding: half a second, and a quarter of what is usual. */
const LEAST_OVER_MS = 500;
const LEAST_SHARE = 0.25;

export function timelineOf({ stages }: DeviceAttempt, { jobMs, stageMs }: DeviceRecord['usual']): Timeline {
  const over = stages
    .flatMap(({ stage, ms }) => {
      const usual = stageMs[stage];
      return usual === undefined
        ? []
        : [{ stage, overMs: ms - usual, least: Math.max(LEAST_OVER_MS, usual * LEAST_SHARE) }];
    })
    .filter(({ overMs, least }) => overMs >= least)
    .toSorted((a, b) => b.overMs - a.overMs)[0];
  let startMs = 0;
  const bars = stages.map(({ stage, ms }) => {
    const bar = { stage, startMs, ms, usualMs: stageMs[stage] ?? null, isLong: stage === over?.stage };
    startMs += ms;
    return bar;
  });
  const ends = bars.map((bar) => bar.startMs + Math.max(bar.ms, bar.isLong ? (bar.usualMs ?? 0) : 0));
  return {
    ...{ bars, totalMs: startMs, axisMs: Math.max(1, ...ends), usualMs: jobMs },
    finding: over ? { stage: over.stage, overMs: over.overMs } : null,
  };
}
