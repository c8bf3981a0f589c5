// What is refused before any token process starts: paths that no module has.
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../../clock.ts';
import { Secret } from '../secret.ts';
import { listTokens, openTokenSigner } from './token-signer.ts';

const dir = mkdtempSync(join(tmpdir(), 'keyline-modules-'));
afterAll(() => rmSync(dir, { recursive: true }));
const loop = join(dir, 'loop');
if (process.platform !== 'win32') symlinkSync(loop, loop);

test.each([
  ['that is not there', join(dir, 'absent.so')],
  ['that is a folder', dir],
  ['that does not start at the root', 'module.so'],
  ['that leads to itself', loop],
  ['that is longer than any', join(dir, 'x'.repeat(300))],
])('a module %s is refused, also where it is only looked whether its token is back', async (_, module) => {
  await expect(listTokens(module, systemClock)).rejects.toMatchObject({ code: 'TOKEN_MODULE_INVALID' });
});

test.each([
  ['token', { tokenLabel: 'ä'.repeat(17), keyLabel: 'k' }],
  ['key', { tokenLabel: 't', keyLabel: 'ä'.repeat(33) }],
])('a label of a %s that is longer than tokens keep, in bytes, is refused', async (_, labels) => {
  const opening = () =>
    openTokenSigner({ module: join(dir, 'absent.so'), ...labels }, Secret.fromText('1'), systemClock);
  await expect(async () => opening()).rejects.toMatchObject({ code: 'USAGE' });
});
