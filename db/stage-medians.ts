// Where the time of a lot's boards went: the median of each stage, over the boards that passed last. For people; no rule
// rests on it.
import { z } from 'zod';
import { Stage } from '../domain/job.ts';
import type { LotPageFigures, StageTimes } from '../station/lots/lot-page-store.ts';
import { readStages } from '../station/records/stage-text.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { query } from './statement.ts';

/** Boards that medians are taken of: a whole lot of usual size, and of a larger one its last part. */
const MOST_TIMED = 1_000;

interface StageMedians {
  of(lotId: string): StageTimes | null;
  /** Of the newest lot before this one, of the same recipe, in which a board passed. */
  before(lotId: string): LotPageFigures['timeBefore'];
}

export function stageMedians(database: SqliteDatabase): StageMedians {
  const passes = query(
    database,
    `SELECT stages FROM job WHERE lot_id = ? AND outcome = 'passed' AND outcome IN ('passed', 'failed')
     ORDER BY ended_ms DESC LIMIT ${MOST_TIMED}`,
    z.object({ stages: z.string().nullable() }),
  );
  const before = query(
    database,
    `SELECT lot_id AS lotId FROM lot
     WHERE recipe_name = (SELECT recipe_name FROM lot WHERE lot_id = ?)
       AND created_ms < (SELECT created_ms FROM lot WHERE lot_id = ?)
       AND EXISTS (SELECT 1 FROM job WHERE job.lot_id = lot.lot_id AND outcome = 'passed' AND outcome IN ('passed', 'failed'))
     ORDER BY created_ms DESC LIMIT 1`,
    z.object({ lotId: z.string() }),
  );
  const of = (lotId: string) => mediansOf(passes.all(lotId));
  return {
    of,
    before(lotId) {
      const found = before.one(lotId, lotId);
      const times = found && of(found.lotId);
      return times && { lotId: found.lotId, ...times };
    },
  };
}

function mediansOf(passes: readonly { readonly stages: string | null }[]): StageTimes | null {
  const whole: number[] = [];
  const byStage = new Map<Stage, number[]>(Stage.options.map((stage) => [stage, []]));
  for (const { stages } of passes) {
    const times = readStages(stages);
    if (times === null) continue;
    let sum = 0;
    for (const { stage, ms } of times) {
      sum += ms;
      byStage.get(stage)?.push(ms);
    }
    whole.push(sum);
  }
  const jobMs = median(whole);
  if (jobMs === null) return null;
  const stageMs: Partial<Record<Stage, number>> = {};
  for (const [stage, times] of byStage) {
    const middle = median(times);
    if (middle !== null) stageMs[stage] = middle;
  }
  return { boards: whole.length, jobMs, stageMs };
}

function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
