// What runs behind the window while a person goes from the real line to practice and back.
import { beforeEach, expect, test } from 'vitest';
import type { LineMode } from './line-mode.ts';
import { LineSwitch } from './line-switch.ts';

let told: string[];
/** Lets a program that closes end. */
let ends: (() => void)[];
beforeEach(() => {
  [told, ends] = [[], []];
});

function program(name: string) {
  let runs = false;
  return {
    start: (...args: readonly string[]) => {
      runs = true;
      told.push([name, ...args].join(' '));
    },
    async close() {
      if (!runs) return;
      told.push(`${name} closes`);
      await new Promise<void>((resolve) => ends.push(resolve));
      runs = false;
      told.push(`${name} ended`);
    },
  };
}

function open(mode: LineMode): LineSwitch {
  const failed = (sentence: string) => void told.push(`failed: ${sentence}`);
  const cameBack = (sentence: string) => void told.push(`came back: ${sentence}`);
  const line = new LineSwitch({ mode, station: program('station'), bench: program('bench'), failed, cameBack });
  line.start();
  return line;
}

/** All that was to follow has followed. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) {
    ends.shift()?.();
    await Promise.resolve();
    await Promise.resolve();
  }
}

const REAL: LineMode = { mode: 'real', dataDir: '/line' };
const TO_PRACTICE = ['station /line real', 'station closes', 'station ended', 'bench again /line'];

test('the real station has ended before practice begins, and practice before the real station is back', async () => {
  const line = open(REAL);
  line.practise();
  expect(told).toEqual(TO_PRACTICE.slice(0, 2));
  await settled();
  line.prepared('/run-1');
  expect(told).toEqual([...TO_PRACTICE, 'station /run-1 practice']);
  line.leave('/line');
  await settled();
  expect(told.slice(5)).toEqual([
    ...['station closes', 'station ended', 'bench closes', 'bench ended', 'station /line real'],
  ]);
});

test('a second touch while it changes does nothing', async () => {
  const line = open(REAL);
  line.practise();
  line.practise();
  line.leave('/line');
  await settled();
  expect(told).toEqual(TO_PRACTICE);
});

test('practice that fails leads back to the real line it came from', async () => {
  const line = open(REAL);
  line.practise();
  await settled();
  line.cannotGoOn('no room for a practice folder');
  await settled();
  expect(told).toContain('came back: no room for a practice folder');
  expect(told.at(-1)).toBe('station /line real');
  line.cannotGoOn('the records are damaged');
  expect(told.at(-1)).toBe('failed: the records are damaged');
});

test('practice that the window was opened for has no real line to go to', async () => {
  const line = open({ mode: 'practice', slots: '4' });
  line.practise();
  await settled();
  line.cannotGoOn('it has ended');
  expect(told).toEqual(['bench practice 4', 'failed: it has ended']);
});

test('a window that closes meanwhile starts nothing more', async () => {
  const line = open(REAL);
  line.practise();
  const closed = line.close();
  await settled();
  await closed;
  expect(told.filter((each) => each.startsWith('bench'))).toEqual([]);
});
