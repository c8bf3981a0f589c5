// How fast a lot goes, from its own boards (UX.md section 10). Pure.
import { type Stage, Stage as Stages } from '../../domain/job.ts';
import type { LotPace } from '../../domain/station-event.ts';
import type { LotProgress } from '../records/record-store.ts';

/** Boards that the mean time between boards is taken from: one fixture of 16 and a few. */
const MEAN_OF = 20;
const PART_MS = 300_000;
const PARTS = 12;

/** `nowMs` falls into the last of the twelve parts, which begin at whole five minutes. */
export function lotPace({ passes, verdicts }: LotProgress, nowMs: number): LotPace {
  const times = passes.flatMap(({ stages }) => (stages === null ? [] : [stages]));
  const stageMs: Partial<Record<Stage, number>> = {};
  for (const stage of Stages.options) {
    const middle = median(times.flatMap((stages) => stages.filter((time) => time.stage === stage).map(({ ms }) => ms)));
    if (middle !== null) stageMs[stage] = middle;
  }
  return {
    boardMs: meanBetween(passes.slice(0, MEAN_OF).map(({ endedMs }) => endedMs)),
    jobMs: median(times.map((stages) => stages.reduce((sum, { ms }) => sum + ms, 0))),
    stageMs,
    lastHour: lastHour(verdicts, nowMs),
  };
}

function lastHour(verdicts: LotProgress['verdicts'], nowMs: number): (number | null)[] {
  const first = Math.floor(nowMs / PART_MS) - PARTS + 1;
  return Array.from({ length: PARTS }, (_, part) => {
    const here = verdicts.filter(({ endedMs }) => Math.floor(endedMs / PART_MS) === first + part);
    return here.length === 0 ? null : here.filter(({ outcome }) => outcome === 'passed').length / here.length;
  });
}

/** Times fall; a clock that was set back gives no mean. */
function meanBetween(times: readonly number[]): number | null {
  const [newest] = times;
  const oldest = times.at(-1);
  if (newest === undefined || oldest === undefined || times.length < 2) return null;
  return (newest - oldest) / (times.length - 1);
}

function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
