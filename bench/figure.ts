// One figure of the bench: a value a run, their spread, and the limit that the median (or the worst run) is held to.
// Pure; how it is measured is in the file of each figure.

export interface Limit {
  readonly bound: 'at least' | 'at most';
  readonly value: number;
}

export interface Figure {
  /** What was measured, in a few words. */
  readonly name: string;
  /** What the values count. */
  readonly unit: string;
  /** One value a run, or a device where `each` says so; not empty. */
  readonly values: readonly number[];
  readonly each: 'run' | 'device';
  /** What the limit is held against; null: the figure informs and is never broken. */
  readonly limit: Limit | null;
  readonly judged: 'median' | 'worst';
  /** What is in the value and what is not. */
  readonly means: string;
}

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** Of a list that is not empty; the median of an even number of values is the mean of the middle two. */
function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
  return { min: at(0), median, max: at(sorted.length - 1) };
}

export function isKept({ values, limit, judged }: Figure): boolean {
  if (limit === null) return true;
  const { min, median, max } = spread(values);
  if (limit.bound === 'at least') return (judged === 'median' ? median : min) >= limit.value;
  return (judged === 'median' ? median : max) <= limit.value;
}

const NAME_WIDTH = 44;
const VALUE_WIDTH = 32;

/** The figure in one line. */
export function figureText(figure: Figure): string {
  const { name, unit, values, each, limit, judged } = figure;
  const { min, median, max } = spread(values);
  const verdict = limit === null ? '    ' : isKept(figure) ? 'ok  ' : 'MISS';
  const value = `${number(median)} ${unit}`.padEnd(VALUE_WIDTH);
  const runs = `${number(min)} to ${number(max)}, ${values.length} ${each}${values.length === 1 ? '' : 's'}`;
  const held = limit === null ? '' : `; limit: ${judged} ${limit.bound} ${number(limit.value)}`;
  return `${verdict}  ${name.padEnd(NAME_WIDTH)}  ${value}  (${runs}${held})`;
}

/** The figure as it stands in the answer of `--json`. */
export function figureAnswer(figure: Figure) {
  const { values, ...rest } = figure;
  return { ...rest, runs: values.length, ...spread(values), ok: isKept(figure) };
}

/** Three digits that count; none of a person's time for the rest. */
function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}
