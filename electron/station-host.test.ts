// How main waits for the station's process, without Electron and without a process: one that is told what to say.
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ChildEnds } from './child-program.ts';
import { StationHost } from './station-host.ts';

vi.mock('electron', () => ({}));

/** The programs that were started, the last one at the end. */
const started = vi.hoisted(() => [] as { readonly ends: ChildEnds; readonly sent: unknown[] }[]);

vi.mock('./child-program.ts', () => ({
  node24: () => '/node',
  startChild(_: string, __: readonly string[], ends: ChildEnds) {
    const sent: unknown[] = [];
    started.push({ ends, sent });
    return {
      pid: 1,
      send: (message: unknown) => void sent.push(message),
      kill() {
        told.push('killed');
        ends.ended();
      },
    };
  },
}));

let told: string[];
let host: StationHost;
beforeEach(() => {
  vi.useFakeTimers();
  started.length = 0;
  told = [];
  host = new StationHost('/station', {
    ready: () => told.push('ready'),
    work() {},
    print: () => Promise.reject(new Error('no printer')),
    practise() {},
    failed: (sentence) => told.push(sentence),
  });
  host.start('/line', 'real');
});
afterEach(() => vi.useRealTimers());

const says = (message: unknown) => started.at(-1)?.ends.hear(message);
const working = (locking: number) => says({ type: 'work', work: { working: 1, locking } });

test('a station that finishes its boards too slowly is ended after three minutes', async () => {
  says({ type: 'ready' });
  working(0);
  const closed = host.close();
  vi.advanceTimersByTime(179_000);
  expect(told).toEqual(['ready']);
  vi.advanceTimersByTime(1_000);
  await closed;
  expect(told).toEqual(['ready', 'killed']);
});

test('a board that is still in its lock then is waited for, and a lock without an end is not', async () => {
  says({ type: 'ready' });
  working(1);
  const first = host.close();
  vi.advanceTimersByTime(200_000);
  expect(told).toEqual(['ready']);
  working(0);
  vi.advanceTimersByTime(1_000);
  await first;
  expect(told).toEqual(['ready', 'killed']);
  host.start('/line', 'real');
  says({ type: 'ready' });
  working(1);
  const second = host.close();
  vi.advanceTimersByTime(300_000);
  await second;
  expect(told).toEqual(['ready', 'killed', 'ready', 'killed']);
});

test('a start takes as long as its records need, and not for ever; that of a small station half a minute', () => {
  vi.advanceTimersByTime(30_000);
  expect(told).toEqual(['killed']);
  says({ type: 'ready' });
  const dir = mkdtempSync(join(tmpdir(), 'keyline-host-'));
  try {
    // Of 300,000 boards. Sparse: takes no place.
    const records = openSync(join(dir, 'station.db'), 'w');
    ftruncateSync(records, 4_000_000_000);
    closeSync(records);
    told = [];
    host.start(dir, 'real');
    vi.advanceTimersByTime(30 * 60_000);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(4 * 60_000);
    expect(told).toEqual(['killed']);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
