import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from './folder-lock.ts';

let folder = '';
let lockFile = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-lock-'));
  lockFile = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const IN_USE = expect.objectContaining({ code: 'DATA_FOLDER_IN_USE' });

test('a folder is held once, and can be held again when it was given back', () => {
  const release = lockFolder(lockFile);
  expect(() => lockFolder(lockFile)).toThrow(IN_USE);
  release();
  lockFolder(lockFile)();
});

test('another process is refused while the holder lives; killing the holder frees the folder', async () => {
  const holder = `import { lockFolder } from ${JSON.stringify(new URL('./folder-lock.ts', import.meta.url).href)};
    lockFolder(${JSON.stringify(lockFile)}); process.stdout.write('held'); process.stdin.resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', holder], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  expect(() => lockFolder(lockFile)).toThrow(IN_USE);
  child.kill('SIGKILL');
  await once(child, 'close');
  lockFolder(lockFile)();
}, 20_000);

test('a lock that cannot be made is not called in use', () => {
  const unusable = expect.objectContaining({ code: 'DATA_FOLDER_UNUSABLE' });
  expect(() => lockFolder(join(folder, 'none', 'lock'))).toThrow(unusable);
});
