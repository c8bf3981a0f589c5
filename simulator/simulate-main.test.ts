// `keyline simulate` as the command runs it, in a process that can be told to stop.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeviceRecord } from './device-record.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-simulate-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Runs until all devices are in, looks, and ends the process; the exit code. */
async function simulate(look: () => void): Promise<number | null> {
  const options = {
    slots: 3,
    dir,
    baud: 0,
    faults: ['wrong-revision'],
    seed: 5,
    model: 'AQ-200',
    hardwareRevision: 'C',
    firmware: null,
    transport: 'tcp',
  };
  const entry = new URL('./simulate-main.ts', import.meta.url).href;
  const program = `import { runSimulator } from ${JSON.stringify(entry)};
    await runSimulator(${JSON.stringify(options)}, (line) => console.log(line));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let said = '';
  for await (const text of child.stdout) {
    said += text;
    if (!said.includes('Stop with')) continue;
    look();
    child.kill('SIGTERM');
    break;
  }
  const [code] = await ended;
  return code;
}

const devices = () =>
  readdirSync(join(dir, 'devices'))
    .toSorted()
    .map((name) => DeviceRecord.parse(JSON.parse(readFileSync(join(dir, 'devices', name), 'utf8'))));

describe('keyline simulate', () => {
  it('the same folder brings the same devices again, and a stop leaves no port behind', async () => {
    const ports: string[] = [];
    const look = () => ports.push(...readdirSync(dir).filter((name) => name.startsWith('slot-')));
    expect(await simulate(look)).toBe(0);
    expect(ports.toSorted()).toEqual(['slot-01.tcp', 'slot-02.tcp', 'slot-03.tcp']);
    expect(readdirSync(dir)).toEqual(['devices']);
    const first = devices();
    expect(first.map(({ hardwareRevision }) => hardwareRevision).toSorted()).toEqual(['C', 'C', 'Z']);
    expect(await simulate(() => {})).toBe(0);
    expect(devices()).toEqual(first);
  });
});
