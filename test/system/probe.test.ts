// A board as a stranger sees it: the Python probe, which shares no code with Keyline, on the ports of the simulator.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Recipe } from '../../domain/recipe.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../../simulator/simulator-process.ts';
import { probe as askProbe } from '../probe/probe.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/aq-200/', import.meta.url));
const recipe = Recipe.parse(JSON.parse(readFileSync(join(EXAMPLE, 'recipe.json'), 'utf8')));
const SLOTS = 2;

let folder: string;
let simulator: SimulatorProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-probe-'));
  simulator = await startSimulatorProcess(
    {
      slots: SLOTS,
      devices: SLOTS,
      dir: join(folder, 'ports'),
      stateDir: join(folder, 'devices'),
      baud: 921_600,
      seed: 1,
      faults: [],
      model: recipe.model,
      hardwareRevision: 'C',
      firmware: null,
    },
    () => {},
  );
  for (let slot = 1; slot <= SLOTS; slot++) await simulator.insert(slot, slot - 1);
});

afterAll(async () => {
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

function probe(ports: readonly string[]) {
  return askProbe(ports, ['--image', join(EXAMPLE, recipe.firmware.file), '--baud', '921600']);
}

test('a stranger can echo, read, load an image and restart every simulated board', async () => {
  const ports = readdirSync(join(folder, 'ports')).map((name) => join(folder, 'ports', name));
  const { exitCode, report } = await probe(ports);
  expect(report.ports.map(({ reason }) => reason ?? 'ok')).toEqual(Array(SLOTS).fill('ok'));
  expect(exitCode).toBe(0);
  for (const port of report.ports) expect(Object.values(port.slots ?? {})).toContain(recipe.firmware.imageHash);
});

test('a port without a board is told as such, not waited for', async () => {
  const { exitCode, report } = await probe([join(folder, 'ports', 'no-such-slot')]);
  expect(exitCode).toBe(1);
  expect(report.ports[0]?.reason).toMatch(/could not open port/);
});
