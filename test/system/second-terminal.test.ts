// What a second terminal can do while the line runs in the first.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DeviceListAnswer, LotAnswer, RefusalAnswer, RunAnswer, StatusAnswer } from '../../contract/cli.ts';
import { type Ended, keyline, keylineJson, RECIPE } from './keyline-process.ts';

const dir = mkdtempSync(join(tmpdir(), 'keyline-second-'));
const mine = ['--data', join(dir, 'station')];
const line = ['run', '--lot', 'L-1', '--ports', join(dir, 'bench'), '--slots', '2', ...mine];
const over = new AbortController();
let bench: Promise<Ended>;
let first: Promise<Ended & { answer: unknown }>;

beforeAll(async () => {
  await keyline(['ca', 'init', '--practice', ...mine]);
  const lot = ['--quantity', '2', '--range', 'S-01..S-04', '--spare', '2', '--practice', '--release'];
  await keyline(['lot', 'create', 'L-1', '--recipe', RECIPE, ...lot, ...mine]);
  const ready = Promise.withResolvers<void>();
  // Slow enough for the boards to be in work for as long as the second terminal needs: 24 KB of firmware take 9 s.
  const simulate = ['simulate', '--slots', '2', '--dir', join(dir, 'bench'), '--baud', '38400'];
  bench = keyline(simulate, { onSaid: () => ready.resolve(), signal: over.signal });
  await ready.promise;
  first = keylineJson(RunAnswer, line);
  // Twenty looks take longer than the start of a line, and less than its boards.
  for (let look = 0; look < 20; look++) {
    const { slots } = (await keylineJson(StatusAnswer, ['status', ...mine])).answer;
    if (slots.length === 2 && slots.every(({ state }) => state === 'working')) return;
  }
});
afterAll(async () => {
  over.abort();
  await bench;
  rmSync(dir, { recursive: true, force: true });
});

test('status tells of the running line and its slots', async () => {
  const { answer } = await keylineJson(StatusAnswer, ['status', ...mine]);
  expect(answer).toMatchObject({ lineRunning: true, lot: { lotId: 'L-1', running: 2 } });
  expect(answer.slots.map(({ state }) => state)).toEqual(['working', 'working']);
});

test('a lot is held and released through the running station', async () => {
  const hold = await keylineJson(LotAnswer, ['lot', 'hold', 'L-1', '--because', 'shift', ...mine]);
  expect(hold).toMatchObject({ exitCode: 0, answer: { state: 'held', heldBecause: 'shift' } });
  const release = await keylineJson(LotAnswer, ['lot', 'release', 'L-1', ...mine]);
  expect(release).toMatchObject({ exitCode: 0, answer: { state: 'released' } });
});

test('devices are listed while they are in work', async () => {
  const { answer } = await keylineJson(DeviceListAnswer, ['device', 'list', ...mine]);
  expect(answer.devices.map(({ outcome }) => outcome)).toEqual([null, null]);
});

test('a second run is refused, and the first one finishes its lot', async () => {
  const second = await keylineJson(RefusalAnswer, line);
  expect(second).toMatchObject({ exitCode: 2, answer: { error: { code: 'LINE_RUNNING' } } });
  expect(await first).toMatchObject({ exitCode: 0, answer: { passed: 2, running: 0 } });
});
