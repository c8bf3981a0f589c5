// Which slots fail more than others (UX.md section 10): fails per 100 boards, and the slot that stands out, because a worn pin
// looks like bad boards. Pure.
import type { SlotHeat } from '../../contract/diagnostics-api.ts';

export interface HeatCell {
  readonly slot: string;
  readonly boards: number;
  readonly failed: number;
  /** Fails per 100 boards; null where too few were judged to say. */
  readonly per100: number | null;
  /** 0 (none) to 4, as dark as the cell is drawn. */
  readonly level: 0 | 1 | 2 | 3 | 4;
}

/** Fewer say nothing: one bad board in ten would be the worst slot. */
const LEAST_BOARDS = 20;
/** Fails per 100 from which a cell is one step darker; 2 is a usual line's. */
const STEPS = [1, 3, 6, 12] as const;
/** So many times what the other slots have together stands out. */
const STANDS_OUT = 3;
/** One or two fails are chance, whatever their share. */
const LEAST_FAILS = 4;

export function heatOf(names: readonly string[], told: readonly SlotHeat[]): readonly HeatCell[] {
  const known = new Map(told.map((each) => [each.slot, each]));
  return names.map((slot) => {
    const { boards, failed } = known.get(slot) ?? { boards: 0, failed: 0 };
    const per100 = boards < LEAST_BOARDS ? null : Math.round((failed / boards) * 1000) / 10;
    const steps = STEPS.filter((step) => (per100 ?? 0) >= step).length;
    return { slot, boards, failed, per100, level: steps as HeatCell['level'] };
  });
}

/** The slot whose own fails are far more than those of the others; null where none stands out. */
export function worstOf(cells: readonly HeatCell[]): HeatCell | null {
  const judged = cells.filter(({ per100 }) => per100 !== null);
  const worst = judged.reduce<HeatCell | null>(
    (most, cell) => ((cell.per100 ?? 0) > (most?.per100 ?? 0) ? cell : most),
    null,
  );
  if (worst === null || worst.failed < LEAST_FAILS) return null;
  const others = judged.filter((cell) => cell !== worst);
  const boards = others.reduce((sum, cell) => sum + cell.boards, 0);
  const failed = others.reduce((sum, cell) => sum + cell.failed, 0);
  if (boards === 0) return null;
  return worst.failed / worst.boards >= (STANDS_OUT * failed) / boards ? worst : null;
}
