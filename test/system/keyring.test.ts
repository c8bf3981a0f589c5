// The keyring of the system, through a Secret Service of its own (gnome-keyring in a session bus of its own), and what is
// told where there is none.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const KEYLINE = fileURLToPath(new URL('../../cli/bin.mjs', import.meta.url));
const PASSPHRASE = 'correct horse battery';
let dir: string;
let env: NodeJS.ProcessEnv;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-keyring-'));
  mkdirSync(join(dir, 'run'), { mode: 0o700 });
  const { DBUS_SESSION_BUS_ADDRESS: _, DISPLAY: __, ...rest } = process.env;
  env = { ...rest, HOME: dir, XDG_RUNTIME_DIR: join(dir, 'run'), KEYLINE_DATA: join(dir, 'station') };
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test.runIf(process.platform === 'linux')('a Secret Service keeps a passphrase, gives it and forgets it', () => {
  const keyline = `"${process.execPath}" "${KEYLINE}"`;
  const script = [
    'printf login | gnome-keyring-daemon --unlock --components=secrets >&2',
    `printf '${PASSPHRASE}' | ${keyline} keyring store --passphrase-fd 0`,
    `${keyline} ca init --organization Example --keyring --json`,
    `${keyline} keyring forget`,
    `${keyline} keyring forget`,
  ].join(' && ');
  const said = execFileSync('dbus-run-session', ['--', 'sh', '-c', script], { env, encoding: 'utf8', stdio: 'pipe' });
  const [stored, made = '', forgotten, nothing] = said.trim().split('\n');
  expect([stored, forgotten, nothing]).toEqual([
    `The keyring keeps the passphrase of ${env.KEYLINE_DATA}.`,
    `The keyring has forgotten the passphrase of ${env.KEYLINE_DATA}.`,
    `The keyring held no passphrase of ${env.KEYLINE_DATA}.`,
  ]);
  expect(JSON.parse(made)).toMatchObject({ cas: [{ name: 'main', practice: false }] });
  expect(said).not.toContain(PASSPHRASE);
});

function forget(more: NodeJS.ProcessEnv = {}) {
  const { status, stderr } = spawnSync(process.execPath, [KEYLINE, 'keyring', 'forget'], {
    ...{ env: { ...env, ...more }, encoding: 'utf8' },
  });
  return { status, said: stderr };
}

test.runIf(process.platform === 'linux')(
  'without a Secret Service the keyring is refused, and says what else there is',
  () => {
    expect(forget()).toEqual({
      status: 2,
      said: expect.stringMatching(/This computer's keyring cannot be used.*--passphrase-fd or --pin-fd/),
    });
  },
);

test('a Keyline that was set up without its part for keyrings says so', () => {
  const hook = join(dir, 'without.mjs');
  writeFileSync(
    hook,
    `import { registerHooks } from 'node:module';
     registerHooks({ resolve(name, context, next) {
       if (name !== '@napi-rs/keyring') return next(name, context);
       throw Object.assign(new Error('not there'), { code: 'ERR_MODULE_NOT_FOUND' });
     } });`,
  );
  expect(forget({ NODE_OPTIONS: `--import ${hook}` })).toEqual({
    status: 2,
    said: expect.stringContaining('Keyline was set up without it'),
  });
});
