// What a line of 64 slots asks of the window: how long a change takes from the station to the screen, and what the page's
// own process uses meanwhile. All on one computer and one clock.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { socketClient, stationEvents } from '../../cli/station-client.ts';
import { dataFolderAt } from '../../db/data-folder.ts';
import { assert } from '../../domain/errors.ts';
import { pause } from '../../domain/seams.ts';
import type { SlotState } from '../../domain/station-event.ts';
import { socketAddress } from '../../station/api/socket-address.ts';
import { systemClock } from '../../station/clock.ts';
import type { Figure } from '../figure.ts';
import { type OpenWindow, openWindow, type WindowPrograms } from './window-app.ts';

const SLOTS = 64;
/** Until every slot has had its first boards, and the code of page and station is compiled. */
const WARM_MS = 30_000;
const WATCH_MS = 30_000;
/** UX.md section 11, issue 3. */
const LIMITS = { latencyMs: 150, cores: 0.25, memoryMb: 250 };
/** Linux counts processor time in hundredths of a second for all programs. */
const TICK_MS = 10;

/** What the tile shows for each state of its slot. */
const LOOKS: Readonly<Record<SlotState, string>> = {
  ...{ empty: 't-empty', looking: 't-looking', working: 't-work', locking: 't-work', passed: 't-pass' },
  ...{ failed: 't-fail', 'needs-you': 't-need', held: 't-held', off: 't-off' },
};

interface Shown {
  readonly slot: string;
  readonly look: string;
  readonly atMs: number;
}

/** `atMs` is the station's own stamp. */
interface Change extends Shown {
  /** When a program that only listens on the station's socket had it. */
  readonly heardMs: number;
}

export async function measureWindowLine(programs: WindowPrograms): Promise<Figure[]> {
  const [program, ...args] = programs.app;
  const window = await openWindow([program, ...args, `--slots=${SLOTS}`]);
  try {
    await window.page
      .locator('[data-slot]')
      .nth(SLOTS - 1)
      .waitFor();
    await pause(systemClock, WARM_MS);
    const pid = await window.rendererPid();
    await window.page.evaluate(watchTiles);
    const before = processorMs(pid);
    const changes = await changesOf(window);
    const usedMs = processorMs(pid) - before;
    const shown = await window.page.evaluate(() => Reflect.get(globalThis, 'shownTiles') as Shown[]);
    const socketMs = changes.map(({ atMs, heardMs }) => heardMs - atMs);
    return figures(latencies(changes, shown), socketMs, usedMs / WATCH_MS, memoryMb(pid));
  } finally {
    await window.end();
  }
}

/** Every change of a slot's look that the station tells while it is watched. */
async function changesOf({ dataDir }: OpenWindow): Promise<Change[]> {
  const address = socketAddress({ path: dataFolderAt(dataDir).socket, platform: process.platform });
  assert(address !== null, 'a station stands in the folder');
  const station = socketClient(address);
  const over = new AbortController();
  const changes: Change[] = [];
  const last = new Map<string, string>();
  systemClock.after(WATCH_MS, () => over.abort());
  for await (const event of stationEvents(station.api, over.signal)) {
    if (event.type !== 'slot-changed') continue;
    const { slot, state, sinceMs } = event.slot;
    const look = LOOKS[state];
    // The first word of each slot may be older than the watching.
    if (last.has(slot) && last.get(slot) !== look) changes.push({ slot, look, atMs: sinceMs, heardMs: Date.now() });
    last.set(slot, look);
  }
  await station.close();
  return changes;
}

/** Runs in the page: notes each new look of a tile, once the frame that shows it has been drawn. */
function watchTiles(): void {
  const shown: { slot: string; look: string; atMs: number }[] = [];
  Object.assign(globalThis, { shownTiles: shown });
  const lookOf = (tile: Element) => [...tile.classList].find((name) => name.startsWith('t-')) ?? '';
  const observer = new MutationObserver((records) => {
    const tiles = new Set(records.map(({ target }) => target as HTMLElement));
    const changed = [...tiles].map((tile) => ({ slot: tile.dataset.slot ?? '', look: lookOf(tile) }));
    // Told first at the end of the very frame that draws the change, also where a frame's own callback made it.
    const drawn = new IntersectionObserver(() => {
      const atMs = Date.now();
      for (const each of changed) shown.push({ ...each, atMs });
      drawn.disconnect();
    });
    drawn.observe(document.body);
  });
  for (const tile of document.querySelectorAll('[data-slot]'))
    observer.observe(tile, { attributes: true, attributeFilter: ['class'] });
}

/** Of each change: until the tile shows it, or what came after it in the same frame. */
function latencies(changes: readonly Shown[], shown: readonly Shown[]): number[] {
  return changes.flatMap((change, index) => {
    const later = changes.slice(index).filter(({ slot }) => slot === change.slot);
    const seen = shown.find(
      ({ slot, look, atMs }) =>
        slot === change.slot && atMs >= change.atMs && later.some((other) => other.look === look && other.atMs <= atMs),
    );
    // Changes of the last moment may be drawn after the watching.
    return seen ? [seen.atMs - change.atMs] : [];
  });
}

function figures(times: readonly number[], socketMs: readonly number[], cores: number, memory: number): Figure[] {
  const sorted = times.toSorted((a, b) => a - b);
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
  const of = (name: string, unit: string, value: number, limit: number, means: string): Figure => ({
    ...{ name, unit, values: [value], each: 'run', judged: 'worst', means },
    limit: { bound: 'at most', value: limit },
  });
  return [
    of(
      `Window, ${SLOTS} slots: event to tile, 95th percentile`,
      'ms',
      p95,
      LIMITS.latencyMs,
      `From the moment that the station stamps on a slot's new state to the end of the frame in which its tile shows it, ` +
        `${times.length} changes in ${WATCH_MS / 1000} s. In: the record's event, two processes on the way, the fold, the drawing.`,
    ),
    told('Window: event to tile', times, 'Every change behind the figure above.'),
    told(
      'Window: event to a bare listener',
      socketMs,
      "The same changes, until a program that only listens on the station's socket has them: what no window can be faster than.",
    ),
    of(
      `Window, ${SLOTS} slots: processor of the page`,
      'cores',
      cores,
      LIMITS.cores,
      'User and system time of the renderer process in the same time; drawing is done by software in another process here.',
    ),
    of(
      `Window, ${SLOTS} slots: memory of the page`,
      'MB',
      memory,
      LIMITS.memoryMb,
      'Resident memory of the renderer process at the end, its share of what processes have in common (PSS).',
    ),
  ];
}

function told(name: string, values: readonly number[], means: string): Figure {
  return { name, unit: 'ms', values, each: 'run', limit: null, judged: 'median', means };
}

function processorMs(pid: number): number {
  const text = readFileSync(join('/proc', String(pid), 'stat'), 'utf8');
  // The name in brackets may hold spaces; user and system time are the 12th and 13th value after it.
  const values = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(values[11]) + Number(values[12])) * TICK_MS;
}

function memoryMb(pid: number): number {
  const text = readFileSync(join('/proc', String(pid), 'smaps_rollup'), 'utf8');
  return Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1]) / 1024;
}
