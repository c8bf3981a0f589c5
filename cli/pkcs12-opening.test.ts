// The process that opens a PKCS#12 file, seen from outside: stand-ins that tell what they were given, or end badly.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KeylineError } from '../domain/errors.ts';
import { Secret } from '../station/identity/secret.ts';
import { openPkcs12 } from './pkcs12-opening.ts';
import { useOf } from './surroundings.ts';
import { type TestWorld, testWorld } from './test-terminal.ts';

const dir = mkdtempSync(join(tmpdir(), 'keyline-p12-'));
afterAll(() => rmSync(dir, { recursive: true }));
let at: TestWorld;
beforeEach(() => {
  at = testWorld();
});
afterEach(() => at.dispose());

/** The refusal that a stand-in for Node leads to. */
async function refusal(name: string, script: string): Promise<string> {
  const node = join(dir, name);
  writeFileSync(node, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const [passphrase, own] = [Secret.fromText('of the file'), Secret.fromText('of the station')];
  const opened = openPkcs12(useOf({ ...at.world, node }, {}), Buffer.from('file'), passphrase, own);
  const error = await opened.catch((caught: unknown) => caught);
  return error instanceof KeylineError ? `${error.code} ${error.detail}` : String(error);
}

describe.skipIf(process.platform === 'win32')('the process that opens the file', () => {
  test('leaves no core file that could hold the key, and gets nothing of this process but its orders', async () => {
    const [args, env, input] = [join(dir, 'args'), join(dir, 'env'), join(dir, 'input')];
    await refusal(
      'spy',
      `echo "$@" > ${args}; ulimit -c >> ${args}; /usr/bin/env > ${env}; /bin/cat > ${input}; exit 1`,
    );
    expect(readFileSync(args, 'utf8')).toMatch(/^\S*pkcs12-child\.ts\n0\n$/);
    // What a shell sets by itself.
    expect(readFileSync(env, 'utf8').replaceAll(/^(?:PWD|OLDPWD|SHLVL|_)=.*\n/gm, '')).toBe('');
    expect(readFileSync(input, 'latin1')).toMatch(/file.*of the file.*of the station/s);
  });

  test.each([
    ['dies', 'kill -9 $$'],
    ['says nothing', 'exec /bin/cat > /dev/null'],
    ['ends badly in the middle of its answer', `printf '{"encryptedKey"'; exit 1`],
    ['says too much', 'exec /usr/bin/head -c 3000000 /dev/zero'],
    ['does not start', 'exec /nowhere/node'],
  ])('that %s is told of as a file that cannot be read', async (name, script) => {
    expect(await refusal(name.replaceAll(' ', '-'), script)).toMatch(/^P12_UNREADABLE the program/);
  });
});
