// What a second terminal can do while the line runs in the first.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DeviceListAnswer, LotAnswer, RefusalAnswer, RunAnswer, StatusAnswer } from '../../contract/cli.ts';
import { buildImage, parseImage } from '../../protocol/mcuboot-image.ts';
import { type Ended, keyline, keylineJson, RECIPE } from './keyline-process.ts';

const dir = mkdtempSync(join(tmpdir(), 'keyline-second-'));
const mine = ['--data', join(dir, 'station')];
const line = ['run', '--lot', 'L-1', '--ports', join(dir, 'bench'), '--slots', '2', ...mine];
/** So many bytes at so many baud keep the boards in work for minutes, whatever the second terminal takes for its questions. */
const [IMAGE_BYTES, SLOW_BAUD] = [400_000, '38400'];

let bench: Bench;
let first: Promise<Ended & { answer: unknown }>;

interface Bench {
  readonly leave: AbortController;
  readonly ended: Promise<Ended>;
}

/** The same folder brings the same boards again. */
async function startBench(...speed: string[]): Promise<Bench> {
  const [ready, leave] = [Promise.withResolvers<void>(), new AbortController()];
  const simulate = ['simulate', '--slots', '2', '--dir', join(dir, 'bench'), ...speed];
  const ended = keyline(simulate, { onSaid: () => ready.resolve(), signal: leave.signal });
  await ready.promise;
  return { leave, ended };
}

/** The example's recipe with a firmware that takes its time. */
function largeRecipe(): string {
  const version = { major: 1, minor: 4, revision: 2, build: 0 };
  const bytes = buildImage({ version, body: new Uint8Array(IMAGE_BYTES).fill(7) });
  const image = parseImage(bytes);
  if ('refused' in image) throw new Error(image.refused);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const recipe: unknown = JSON.parse(readFileSync(RECIPE, 'utf8'));
  const firmware = { version: '1.4.2', file: 'large.bin', sha256, imageHash: image.imageHash };
  writeFileSync(join(dir, 'large.bin'), bytes);
  writeFileSync(join(dir, 'recipe.json'), JSON.stringify({ ...Object(recipe), firmware }));
  return join(dir, 'recipe.json');
}

beforeAll(async () => {
  await keyline(['ca', 'init', '--practice', ...mine]);
  const lot = ['--quantity', '2', '--range', 'S-01..S-04', '--spare', '2', '--practice', '--release'];
  await keyline(['lot', 'create', 'L-1', '--recipe', largeRecipe(), ...lot, ...mine]);
  bench = await startBench('--baud', SLOW_BAUD);
  first = keylineJson(RunAnswer, line);
  for (;;) {
    const { slots } = (await keylineJson(StatusAnswer, ['status', ...mine])).answer;
    if (slots.length === 2 && slots.every(({ state }) => state === 'working')) return;
  }
});
afterAll(async () => {
  bench.leave.abort();
  await bench.ended;
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
  bench.leave.abort();
  await bench.ended;
  bench = await startBench();
  expect(await first).toMatchObject({ exitCode: 0, answer: { passed: 2, running: 0 } });
});
