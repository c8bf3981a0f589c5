// The practice service ends with whoever started it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const PROGRAM = new URL('./service-process.ts', import.meta.url).href;
const START = `const { startServiceProcess } = await import(${JSON.stringify(PROGRAM)});
console.log((await startServiceProcess(process.argv[1], 0)).port);`;

test('a practice service whose bench is killed hard ends by itself', { timeout: 60_000 }, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'keyline-service-'));
  try {
    const bench = spawn(process.execPath, ['--input-type=module', '-e', START, dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = await once(bench.stdout, 'data');
    const port = Number(String(said));
    expect(await knock(port)).toBe('a service');
    bench.kill('SIGKILL');
    await once(bench, 'exit');
    await expect.poll(() => knock(port), { timeout: 10_000 }).toBe('ECONNREFUSED');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

/** What is at this port now. */
async function knock(port: number): Promise<string> {
  const socket = connect(port, 'localhost');
  try {
    await once(socket, 'connect');
    return 'a service';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  } finally {
    socket.destroy();
  }
}
