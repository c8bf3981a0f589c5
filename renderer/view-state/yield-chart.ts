// First-pass yield by the half hour as a line in a picture (UX.md section 10). Its axis never starts above 94 %: a good lot
// must not look like a bad one. Pure.
import type { LotPage } from '../../contract/lot-page-api.ts';

/** The picture's own units, as the drawing has them. */
export const YIELD = { width: 680, height: 222, left: 40, right: 660, top: 20, bottom: 170 } as const;

const HALF_HOUR_MS = 1_800_000;
/** Labels that stand beside each other without touching. */
const MOST_LABELS = 7;
/** Where the axis starts, per cent, and its steps. */
const AXES = [
  [94, 2],
  [91, 3],
  [85, 5],
  [70, 10],
  [40, 20],
  [0, 25],
] as const;

export interface YieldPoint {
  readonly sinceMs: number;
  readonly judged: number;
  readonly percent: number;
  readonly x: number;
  readonly y: number;
  /** It has room for its time and count below. */
  readonly labelled: boolean;
}

export interface YieldChart {
  readonly points: readonly YieldPoint[];
  /** One line for each run of half hours without a gap. */
  readonly paths: readonly string[];
  readonly axis: { readonly from: number; readonly ticks: readonly { readonly percent: number; readonly y: number }[] };
  readonly least: number;
  readonly most: number;
}

/** Null before a board was judged. The first point stands for the time since the lot began. */
export function yieldChart({ halfHours, startedMs }: Pick<LotPage, 'halfHours' | 'startedMs'>): YieldChart | null {
  const judged = halfHours.filter((part) => part.judged > 0);
  if (judged.length === 0) return null;
  const percents = judged.map((part) => (100 * part.firstPassed) / part.judged);
  const [least, most] = [Math.min(...percents), Math.max(...percents)];
  const [from, step] = AXES.find(([start]) => start <= least) ?? [0, 25];
  const y = (percent: number) => YIELD.bottom - ((percent - from) / (100 - from)) * (YIELD.bottom - YIELD.top);
  const span = YIELD.right - YIELD.left - 56;
  const every = Math.ceil(judged.length / MOST_LABELS);
  const points = judged.map((part, at): YieldPoint => {
    const percent = percents[at] ?? 0;
    const x = YIELD.left + 18 + (judged.length === 1 ? span / 2 : (span * at) / (judged.length - 1));
    return {
      ...{ judged: part.judged, percent, x, y: y(percent), labelled: (judged.length - 1 - at) % every === 0 },
      sinceMs: at === 0 ? Math.max(part.sinceMs, startedMs ?? 0) : part.sinceMs,
    };
  });
  const ticks = [];
  for (let percent = from; percent <= 100; percent += step) ticks.push({ percent, y: y(percent) });
  return { points, paths: pathsOf(judged, points), axis: { from, ticks }, least, most };
}

function pathsOf(parts: readonly { readonly sinceMs: number }[], points: readonly YieldPoint[]): string[] {
  const paths: string[] = [];
  for (const [at, { x, y }] of points.entries()) {
    const before = parts[at - 1]?.sinceMs;
    const joins = before !== undefined && (parts[at]?.sinceMs ?? 0) - before === HALF_HOUR_MS;
    const place = `${x.toFixed(1)} ${y.toFixed(1)}`;
    if (joins) paths.push(`${paths.pop()}L${place}`);
    else paths.push(`M${place}`);
  }
  return paths.filter((path) => path.includes('L'));
}
