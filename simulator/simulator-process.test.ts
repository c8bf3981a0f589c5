// The simulator as a process of its own, moved over its control lines.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveControl } from './control.ts';
import type { SimulatorSettings } from './control-messages.ts';
import { type SimulatorProcess, startSimulatorProcess } from './simulator-process.ts';
import { systemClock } from './system-clock.ts';

let root = '';
let simulator: SimulatorProcess | null = null;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'keyline-control-'));
});
afterEach(async () => {
  await simulator?.stop();
  simulator = null;
  rmSync(root, { recursive: true, force: true });
});

const settings = (): SimulatorSettings => ({
  slots: 2,
  devices: 3,
  dir: join(root, 'ports'),
  stateDir: join(root, 'devices'),
  baud: 0,
  seed: 7,
  faults: ['wrong-model'],
  model: 'AQ-200',
  hardwareRevision: 'C',
  firmware: null,
  transport: 'tcp',
});

describe('a simulator in a process of its own', () => {
  it('inserts, lists, ejects, and lets no device in without a certificate', async () => {
    simulator = await startSimulatorProcess(settings(), () => {});
    await simulator.insert(1, 2);
    expect(readdirSync(join(root, 'ports'))).toEqual(['slot-01.tcp']);
    const listed = await simulator.list();
    expect(listed.map(({ slot }) => slot)).toEqual([null, null, 1]);
    expect(listed.find(({ fault }) => fault)?.expected).toEqual({ outcome: 'aborted', code: 'WRONG_MODEL' });
    const visit = await simulator.authenticate(2, { host: '127.0.0.1', port: 1, ca: '' });
    expect(visit).toMatchObject({ admitted: false, reason: 'no certificate' });
    await simulator.eject(1);
    expect(readdirSync(join(root, 'ports'))).toEqual([]);
    expect(readdirSync(join(root, 'devices'))).toEqual(['device-0003.json']);
    await expect(simulator.insert(9, 0)).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('takes its ports along when it stops', async () => {
    simulator = await startSimulatorProcess(settings(), () => {});
    await simulator.insert(1, 0);
    await simulator.insert(2, 1);
    await simulator.stop();
    simulator = null;
    expect(readdirSync(join(root, 'ports'))).toEqual([]);
  });

  it('refuses a plan that cannot be', async () => {
    await expect(startSimulatorProcess({ ...settings(), faults: ['gremlins'] }, () => {})).rejects.toMatchObject({
      code: 'USAGE',
    });
    expect(existsSync(join(root, 'ports'))).toBe(false);
  });
});

describe('control lines', () => {
  it('what is no command is refused and hurts nothing', async () => {
    const said: string[] = [];
    const lines = ['{"id":1', '{"id":2,"do":"dance"}', '{"id":3,"do":"list"}', '{"id":4,"do":"stop"}', ''].join('\n');
    const input = (async function* () {
      yield new TextEncoder().encode(lines);
    })();
    await serveControl({ input, say: (line) => said.push(line) }, systemClock);
    const answers = said.map((line) => JSON.parse(line));
    expect(answers.filter(({ id }) => id === null).map(({ code }) => code)).toEqual([
      'MESSAGE_INVALID',
      'MESSAGE_INVALID',
    ]);
    expect(answers.find(({ id }) => id === 3)).toMatchObject({ ok: false, code: 'USAGE' });
    expect(answers.find(({ id }) => id === 4)).toMatchObject({ ok: true });
  });
});
