// What a person or a supervisor sees of a program that is started through the scripts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ON_NODE_24 = fileURLToPath(new URL('./on-node-24.mjs', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-scripts-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(program: string, ...args: string[]) {
  const file = join(folder, 'program.mjs');
  writeFileSync(file, program);
  return spawn(process.execPath, [ON_NODE_24, file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function ended(child: ReturnType<typeof start>) {
  let [out, err] = ['', ''];
  child.stdout.on('data', (bytes) => {
    out += bytes;
  });
  child.stderr.on('data', (bytes) => {
    err += bytes;
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
}

describe('a program under Node 24', () => {
  test('hands on its arguments, its output and its exit code', async () => {
    const program = 'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 2;';
    expect(await ended(start(program, '--json', 'two words'))).toEqual({
      code: 2,
      out: '["--json","two words"]\n',
      err: '',
    });
  });

  test('that crashes leaves one plain line, not a bare crash', async () => {
    const { code, err } = await ended(start("process.kill(process.pid, 'SIGSEGV');"));
    expect(code).toBe(139);
    expect(err).toMatch(/^\S+ was ended by SIGSEGV\. .* Run the same command again\.\n$/);
  });

  test.each([['SIGTERM'], ['SIGINT']] as const)('is told of %s and may end in its own way', async (signal) => {
    const child = start(
      `process.on('${signal}', () => process.exit(5)); setInterval(() => {}, 1000); console.log('up');`,
    );
    await once(child.stdout, 'data');
    child.kill(signal);
    expect((await ended(child)).code).toBe(5);
  });

  test('needs a file to run', async () => {
    const child = spawn(process.execPath, [ON_NODE_24], { stdio: ['ignore', 'pipe', 'pipe'] });
    expect(await ended(child)).toMatchObject({ code: 2, out: '' });
  });
});
