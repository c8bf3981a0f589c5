// The Debian package in a clean Debian: installed, updated over an older one with that one's records, removed. Its window is
// not opened here yet: the packed app of the other window tests is the same files.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { firstStation } from '../../db/migrations/001-station.ts';
import { people } from '../../db/migrations/002-people.ts';
import { openDatabase } from '../../db/sqlite.ts';
import { makeDeb } from '../../scripts/installers.mjs';
import { DebianRoot, missingForDebian } from './debian-root.ts';

/** A mirror that is slow, and two packages of 400 MB. */
const MAKE_MS = 600_000;

const missing = missingForDebian();
const isLinux = process.platform === 'linux';

test.runIf(isLinux)('what a clean Debian is made with is here', () => {
  if (missing.length > 0) console.warn(`The installer is not tested here: missing ${missing.join(', ')}.`);
  expect(process.env.CI ? missing : []).toEqual([]);
});

describe.runIf(isLinux && missing.length === 0)('the Debian package', () => {
  const debian = new DebianRoot();
  const output = mkdtempSync(join(tmpdir(), 'keyline-debs-'));
  const records = join(debian.path, 'root/.local/share/keyline/station');
  const debs = { older: '', newer: '' };

  beforeAll(async () => {
    const { program } = inject('packedApp');
    debs.older = await makeDeb(program, { version: '0.0.9', output, fast: true });
    debs.newer = await makeDeb(program, { version: '0.1.0', output, fast: true });
    // What the package depends on, from the distribution; the package itself is then installed without a network.
    await debian.make([
      'libgtk-3-0',
      'libnss3',
      'libgbm1',
      'libasound2',
      'libdbus-1-3',
      'libdrm2',
      'libxkbcommon0',
      'fontconfig',
      'fonts-dejavu-core',
      'udev',
    ]);
  }, MAKE_MS);

  afterAll(() => {
    debian.remove();
    rmSync(output, { recursive: true, force: true });
  });

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
    expect(debian.run('keyline', ['status'])).toMatchObject({
      code: 2,
      said: expect.stringContaining('no station yet'),
    });
  });

  test('opens the records of the version before it after a copy of them', () => {
    mkdirSync(records, { recursive: true, mode: 0o700 });
    const older = openDatabase(join(records, 'station.db'), { kind: 'station', migrations: [firstStation, people] });
    older.prepare("INSERT INTO station VALUES (1, 'KL-09', 1, 1, 1000)").run();
    older.close();
    const { code, said } = debian.install(debs.newer);
    expect(said).toContain('It copies the records of version 0.0.9');
    expect(code).toBe(0);
    expect(debian.run('keyline', ['ca', 'init', '--practice'])).toMatchObject({ code: 0 });
    const copy = readdirSync(records).find((name) => name.startsWith('station.db.version-2'));
    for (const [name, version] of [
      [copy ?? 'no copy', 2],
      ['station.db', 6],
    ] as const) {
      const database = new Database(join(records, name), { readonly: true });
      expect(database.pragma('user_version', { simple: true }), name).toBeGreaterThanOrEqual(version);
      expect(database.prepare('SELECT station_id FROM station').pluck().get()).toBe('KL-09');
      database.close();
    }
  });

  test('is removed: the records stay, and it says where they are', () => {
    const { code, said } = debian.run('dpkg', ['--purge', 'keyline']);
    expect(said).toContain('/root/.local/share/keyline');
    expect(code).toBe(0);
    expect(existsSync(join(debian.path, 'opt/keyline'))).toBe(false);
    expect(existsSync(join(debian.path, 'usr/bin/keyline'))).toBe(false);
    expect(existsSync(join(records, 'station.db'))).toBe(true);
  });
});
