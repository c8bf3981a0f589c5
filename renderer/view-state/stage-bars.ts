// Where the time of a board goes, stage by stage, beside the lot before of the same recipe (UX.md section 10). Pure.
import type { StageMedians } from '../../contract/lot-page-api.ts';
import { Stage } from '../../domain/job.ts';

/** The picture's own units, as the drawing has them. */
export const BARS = { width: 640, gap: 2 } as const;
/** A stage this wide carries its own label. */
const LABELLED = 90;
/** Less is what two lots of the same work differ by. */
const LEAST_MS = 100;
const LEAST_SHARE = 0.05;

export interface StageBar {
  readonly stage: Stage;
  readonly ms: number;
  readonly x: number;
  readonly width: number;
  /** `longest` is in ink, the others take turns. */
  readonly tone: 'longest' | 'dark' | 'light';
  readonly labelled: boolean;
}

export interface StageBars {
  readonly bars: readonly StageBar[];
  readonly before: readonly StageBar[];
  /** The stage that changed most; null where none did, or there is no lot before. */
  readonly change: { readonly stage: Stage; readonly ms: number } | null;
}

export function stageBars(time: StageMedians, before: StageMedians | null): StageBars {
  const longest = Math.max(sumOf(time), before === null ? 0 : sumOf(before));
  const scale = (BARS.width - BARS.gap * Stage.options.length) / Math.max(1, longest);
  return {
    bars: barsOf(time, scale),
    before: before === null ? [] : barsOf(before, scale),
    change: before === null ? null : changeOf(time, before),
  };
}

function sumOf({ stageMs }: StageMedians): number {
  return Stage.options.reduce((sum, stage) => sum + (stageMs[stage] ?? 0), 0);
}

function barsOf({ stageMs }: StageMedians, scale: number): StageBar[] {
  const most = Math.max(...Stage.options.map((stage) => stageMs[stage] ?? 0));
  let x = 0;
  return Stage.options.flatMap((stage, at): StageBar[] => {
    const ms = stageMs[stage] ?? 0;
    if (ms === 0) return [];
    const width = ms * scale;
    const tone = ms === most ? 'longest' : at % 2 === 0 ? 'dark' : 'light';
    const bar: StageBar = { stage, ms, x, width, tone, labelled: width >= LABELLED };
    x += width + BARS.gap;
    return [bar];
  });
}

function changeOf({ stageMs }: StageMedians, before: StageMedians): StageBars['change'] {
  let change: StageBars['change'] = null;
  for (const stage of Stage.options) {
    const [now, then] = [stageMs[stage], before.stageMs[stage]];
    if (now === undefined || then === undefined) continue;
    const ms = now - then;
    if (Math.abs(ms) < LEAST_MS || Math.abs(ms) < LEAST_SHARE * then) continue;
    if (change === null || Math.abs(ms) > Math.abs(change.ms)) change = { stage, ms };
  }
  return change;
}
