// The Debian package in a clean Debian: installed, opened by a person who is no root, updated over an older one with that
// one's records, never changed while it runs, removed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { firstStation } from '../../db/migrations/001-station.ts';
import { people } from '../../db/migrations/002-people.ts';
import { openDatabase } from '../../db/sqlite.ts';
import { debDepends, makeDeb } from '../../scripts/installers.mjs';
import { missingForDebian } from './debian-archive.ts';
import { DebianRoot, PERSON } from './debian-root.ts';
import { type Launched, launchElectron } from './electron-launch.ts';
import { ownDisplay } from './own-display.ts';
import { answerDialogs, BENCH_MS, pressClose } from './window-app.ts';

/** Where the package's own words place the records of the person. */
const DATA = join(PERSON.home, '.local/share/keyline');
/** A mirror that is slow, and two packages of 400 MB. */
const MAKE_MS = 600_000;

const missing = missingForDebian();
const isLinux = process.platform === 'linux';

test.runIf(isLinux)('what a clean Debian is made with is here', () => {
  if (missing.length > 0) console.warn(`The installer is not tested here: missing ${missing.join(', ')}.`);
  expect(process.env.CI ? missing : []).toEqual([]);
});

describe.runIf(isLinux && missing.length === 0)('the Debian package', () => {
  let debian: DebianRoot;
  let records: string;
  const debs = { older: '', newer: '' };
  let window: Launched | null = null;

  beforeAll(async () => {
    const { program } = inject('packedApp');
    debian = new DebianRoot();
    records = join(debian.path, DATA, 'station');
    const deb = (version: string) => makeDeb(program, { version, output: debian.packages, fast: true });
    const made = deb('0.0.9').then(async (older) => Object.assign(debs, { older, newer: await deb('0.1.0') }));
    // Nothing but what the package itself says it depends on; it is then installed without a network.
    await Promise.all([made, debian.make(debDepends())]);
  }, MAKE_MS);

  afterAll(async () => {
    await debian?.remove();
  });

  /** As the menu entry opens it, with the sandbox of its pages. */
  const openWindow = async () => {
    const display = ownDisplay();
    const executablePath = debian.program('/opt/keyline/keyline', 'person', { ...(display && { DISPLAY: display }) });
    const order = { executablePath, chromiumSandbox: true };
    window = await launchElectron(() => ({ order, ended: () => debian.ended() }));
    return window.page;
  };

  /** Exit code of the window, closed by its button. */
  const closeWindow = async () => {
    if (window === null) throw new Error('no window is open');
    const { app } = window;
    const exit = once(app.process(), 'exit');
    await answerDialogs(app, 0);
    await pressClose(app);
    const [code] = await exit;
    window = null;
    await debian.ended();
    return code;
  };

  /** Version that is installed whole; null where none is. */
  const version = () => {
    const { said } = debian.run('dpkg', ['--status', 'keyline']);
    return / ok installed$/m.test(said) ? /^Version: (.+)$/m.exec(said)?.[1] : null;
  };

  test('is installed: program, command, menu entry, icon, rules for ports', () => {
    const { code, said } = debian.install(debs.older);
    expect(said).toContain('dialout');
    expect(code).toBe(0);
    for (const path of [
      'opt/keyline/keyline',
      'usr/bin/keyline',
      'usr/lib/udev/rules.d/60-keyline.rules',
      'usr/share/applications/io.github.keyline.station.desktop',
      'usr/share/icons/hicolor/scalable/apps/keyline.svg',
    ])
      expect(existsSync(join(debian.path, path)), path).toBe(true);
    expect(statSync(join(debian.path, 'opt/keyline/chrome-sandbox')).mode & 0o7777).toBe(0o4755);
    expect(debian.run('keyline', ['status'], 'person')).toMatchObject({
      code: 2,
      said: expect.stringContaining('no station yet'),
    });
  });

  test('opens on the first run; is not replaced or removed below the open window', async () => {
    const page = await openWindow();
    await page.getByRole('heading', { name: 'Choose the language' }).waitFor({ timeout: BENCH_MS });
    expect(debian.install(debs.newer)).toMatchObject({
      code: 1,
      said: expect.stringContaining('Keyline is running. Close its window, or end its commands, then install again.'),
    });
    expect(debian.run('dpkg', ['--remove', 'keyline'])).toMatchObject({
      code: 1,
      said: expect.stringContaining('Keyline is running. Close its window, or end its commands, then remove it again.'),
    });
    expect(version()).toBe('0.0.9');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('heading', { name: 'Hold a badge to the screen' }).waitFor();
    expect(await closeWindow()).toBe(0);
  });

  test('is updated, and opens the records of the version before it after a copy of them', async () => {
    mkdirSync(records, { recursive: true, mode: 0o700 });
    const older = openDatabase(join(records, 'station.db'), { kind: 'station', migrations: [firstStation, people] });
    older.prepare("INSERT INTO station VALUES (1, 'KL-09', 1, 1, 1000)").run();
    older.close();
    for (const path of [records, ...readdirSync(records).map((name) => join(records, name))])
      chownSync(path, PERSON.id, PERSON.id);
    const { code, said } = debian.install(debs.newer);
    expect(said).toContain('It copies the records of version 0.0.9');
    expect(code).toBe(0);
    expect(version()).toBe('0.1.0');
    const page = await openWindow();
    await page.getByText('Station KL-09').waitFor({ timeout: BENCH_MS });
    await page.getByRole('heading', { name: 'Scan a work order' }).waitFor();
    expect(await closeWindow()).toBe(0);
    const copy = readdirSync(records).find((name) => name.startsWith('station.db.version-2'));
    for (const [name, schema] of [
      [copy ?? 'no copy', 2],
      ['station.db', 6],
    ] as const) {
      const database = new Database(join(records, name), { readonly: true });
      expect(database.pragma('user_version', { simple: true }), name).toBeGreaterThanOrEqual(schema);
      expect(database.prepare('SELECT station_id FROM station').pluck().get()).toBe('KL-09');
      database.close();
    }
  });

  test('is not removed while a command of it runs', async () => {
    const command = debian.program('keyline', 'person');
    const service = spawn(command, ['service', '--practice', '--port', '0', '--data', '/tmp/service'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const exit = once(service, 'exit');
    await once(service.stdout, 'data');
    const { code, said } = debian.run('dpkg', ['--remove', 'keyline']);
    service.kill('SIGTERM');
    await exit;
    expect(said).toContain('Keyline is running.');
    expect(code).toBe(1);
    expect(version()).toBe('0.1.0');
  });

  test('is removed: the records stay, and it says where they are', () => {
    const { code, said } = debian.run('dpkg', ['--purge', 'keyline']);
    expect(said).toContain(`here: ${DATA}\n`);
    expect(code).toBe(0);
    expect(existsSync(join(debian.path, 'opt/keyline'))).toBe(false);
    expect(existsSync(join(debian.path, 'usr/bin/keyline'))).toBe(false);
    expect(existsSync(join(records, 'station.db'))).toBe(true);
  });
});
