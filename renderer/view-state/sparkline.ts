// The line of the last hour's yield (UX.md section 10): points of the drawing, broken where no board was judged. It has
// no axis to read, so the words beside it tell the figures.

export interface SparklineView {
  /** One path a run of points without a gap; a lone point is a path of no length. */
  readonly paths: readonly string[];
  readonly end: { readonly x: number; readonly y: number };
  /** Whole per cent. */
  readonly least: number;
  readonly most: number;
  readonly last: number;
}

/** Size of the drawing, px, and the room for the point at its end. */
export const SPARKLINE = { width: 132, height: 40, margin: 6 } as const;
/** The axis never starts above this share (UX.md section 10): a hair of difference shall not look like a fall. */
const HIGHEST_FLOOR = 0.94;

/** The shares oldest first, null where none was judged. Null without any. */
export function sparklineOf(shares: readonly (number | null)[]): SparklineView | null {
  const known = shares.filter((share) => share !== null);
  const last = known.at(-1);
  if (last === undefined) return null;
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const floor = Math.min(least, HIGHEST_FLOOR);
  const { width, height, margin } = SPARKLINE;
  const xOf = (index: number) => margin + (index * (width - 2 * margin)) / Math.max(1, shares.length - 1);
  const yOf = (share: number) => margin + ((1 - share) / (1 - floor)) * (height - 2 * margin);
  const runs: string[][] = [];
  let end = { x: 0, y: 0 };
  let open = false;
  shares.forEach((share, index) => {
    if (share === null) {
      open = false;
      return;
    }
    end = { x: xOf(index), y: yOf(share) };
    if (!open) runs.push([]);
    open = true;
    runs.at(-1)?.push(`${round(end.x)} ${round(end.y)}`);
  });
  const paths = runs.map((run) => `M${run.join('L')}${run.length === 1 ? 'h0' : ''}`);
  return { paths, end, least: percent(least), most: percent(most), last: percent(last) };
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}

function percent(share: number): number {
  return Math.floor(share * 100);
}
