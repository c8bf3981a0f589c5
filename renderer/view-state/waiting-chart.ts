// The picture of what waited over three days (UX.md section 4.7): its line and area, where days begin, and where the
// network went, all in px of the drawing.
import type { WaitingHistory } from '../../contract/outbox-api.ts';

export const CHART = { width: 700, height: 184, base: 150, top: 36, right: 680 } as const;

export interface WaitingChart {
  readonly line: string;
  readonly area: string;
  readonly end: { readonly x: number; readonly y: number };
  /** Where the words of the end stand: above it, or below where the line comes down to it. */
  readonly valueY: number;
  readonly days: readonly { readonly x: number; readonly timeMs: number }[];
  /** Where the network was lost; null outside the picture. */
  readonly lostX: number | null;
  readonly first: number;
  readonly most: number;
  readonly last: number;
}

const DAY_MS = 86_400_000;
/** Room that the name of a day takes beside the one after it, and "now". */
const DAY_ROOM = 64;
const NOW_ROOM = 72;
/** What the words of the end take to its left, and of the line's height. */
const VALUE_ROOM = 80;
const VALUE_HIGH = 22;

/** Days begin where this computer is. */
export function waitingChart(history: WaitingHistory, lostMs: number | null): WaitingChart {
  const { points, fromMs, stepMs } = history;
  const most = Math.max(0, ...points);
  const spanMs = Math.max(1, (points.length - 1) * stepMs);
  const xOf = (timeMs: number) => round((CHART.right * (timeMs - fromMs)) / spanMs);
  const yOf = (count: number) => round(CHART.base - (CHART.base - CHART.top) * (most === 0 ? 0 : count / most));
  const places = points.map((count, at) => ({ x: xOf(fromMs + at * stepMs), y: yOf(count) }));
  const bends = places.filter((place, at) => {
    const [before, after] = [places[at - 1], places[at + 1]];
    return !before || !after || before.y !== place.y || after.y !== place.y;
  });
  const line = `M${bends.map(({ x, y }) => `${x} ${y}`).join('L')}`;
  const end = places.at(-1) ?? { x: 0, y: CHART.base };
  const comesDown = places.some(({ x, y }) => x > end.x - VALUE_ROOM && y < end.y - 4);
  const lostX = lostMs !== null && lostMs > fromMs ? Math.min(CHART.right, xOf(lostMs)) : null;
  return {
    line,
    area: `${line}L${CHART.right} ${CHART.base}L0 ${CHART.base}Z`,
    end,
    valueY: comesDown ? Math.min(end.y + VALUE_HIGH, CHART.base - 8) : end.y - 12,
    days: midnightsAfter(fromMs, fromMs + spanMs)
      .map((timeMs) => ({ x: xOf(timeMs), timeMs }))
      .filter(({ x }, at, all) => x <= CHART.right - NOW_ROOM && (at === 0 || x - (all[at - 1]?.x ?? 0) >= DAY_ROOM)),
    lostX,
    first: points[0] ?? 0,
    most,
    last: points.at(-1) ?? 0,
  };
}

/** One row for each six hours, the newest first; now on top. */
export function waitingTable({ points, fromMs, stepMs }: WaitingHistory): { timeMs: number; count: number }[] {
  const every = Math.max(1, Math.round(DAY_MS / 4 / stepMs));
  return points
    .map((count, at) => ({ timeMs: fromMs + at * stepMs, count, at }))
    .filter(({ at }) => (points.length - 1 - at) % every === 0)
    .map(({ timeMs, count }) => ({ timeMs, count }))
    .reverse();
}

function midnightsAfter(fromMs: number, toMs: number): number[] {
  const day = new Date(fromMs);
  day.setHours(24, 0, 0, 0);
  const midnights: number[] = [];
  for (; day.getTime() <= toMs; day.setDate(day.getDate() + 1)) midnights.push(day.getTime());
  return midnights;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
