// How soon the packed app shows something, beside an Electron with nothing in it, in turns.
import type { Figure } from '../figure.ts';
import { openWindow, type WindowPrograms } from './window-app.ts';

const RUNS = 7;
/** Issue 3: first contentful paint against an empty window of the same runtime. */
const LIMIT_RATIO = 1.5;

export async function measureWindowStart(programs: WindowPrograms): Promise<Figure[]> {
  const painted = { app: [] as number[], empty: [] as number[] };
  // The first start of each reads the disk, and does not count.
  for (let run = 0; run <= RUNS; run++) {
    for (const name of ['app', 'empty'] as const) {
      const window = await openWindow(programs[name]);
      if (run > 0) painted[name].push(window.paintedMs);
      await window.end();
    }
  }
  const ratios = painted.app.map((ms, run) => ms / (painted.empty[run] ?? Number.NaN));
  const of = (name: string, values: readonly number[], means: string): Figure => ({
    ...{ name, unit: 'ms', values, each: 'run', limit: null, judged: 'median', means },
  });
  return [
    {
      ...of(
        'Window: first content, times an empty one',
        ratios,
        'From the start of the program to the first content on screen: the packed app on the practice bench, whose station and ' +
          'bench start at the same time, against the same runtime with a page of one word, one after the other.',
      ),
      unit: 'times',
      limit: { bound: 'at most', value: LIMIT_RATIO },
    },
    of('Window: first content', painted.app, 'The packed app of the figure above.'),
    of('Window: first content of an empty one', painted.empty, 'The empty window of the figure above.'),
  ];
}
