// The packed app read back from the disk: fuses, what is in the archive and beside it, and what our own code never uses.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { describe, expect, inject, test } from 'vitest';

/** A fuse that is on, as it stands in the binary: the character 1. */
const ENABLED = 49;

const root = fileURLToPath(new URL('../..', import.meta.url));
const { program } = inject('packedApp');
const resources =
  process.platform === 'darwin' ? join(dirname(program), '..', 'Resources') : join(dirname(program), 'resources');

describe('the packed app', () => {
  test('has its fuses set, the inspector for tests alone', async () => {
    const wire = await getCurrentFuseWire(program);
    const isOn = (fuse: FuseV1Options) => wire[fuse] === ENABLED;
    expect({
      runAsNode: isOn(FuseV1Options.RunAsNode),
      nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      onlyLoadAppFromAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
      asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      filePrivileges: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
      inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
    }).toEqual({
      ...{
        runAsNode: false,
        nodeOptions: false,
        onlyLoadAppFromAsar: true,
        asarIntegrity: true,
        filePrivileges: false,
      },
      inspect: program.includes('-ci'),
    });
  });

  test("on a runtime that is not the electron package's own says so in its name", () => {
    const runtime = readFileSync(join(dirname(program), 'version'), 'utf8')
      .trim()
      .replace(/^v/, '');
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'));
    expect(runtime === version || program.includes('-ci')).toBe(true);
  });

  test('ships with the inspector off', async () => {
    const { default: shipping } = await import('../../packaging/electron-builder.mjs');
    expect(shipping.electronFuses.enableNodeCliInspectArguments).toBe(false);
  });

  test('holds no source, no test and no native code of another system', () => {
    const files = listPackage(join(resources, 'app.asar'), { isPack: false });
    expect(files.filter((file) => /^[\\/](?!dist|node_modules|package\.json|LICENSE)/.test(file))).toEqual([]);
    const native = files.filter((file) => file.endsWith('.node'));
    expect(native.length).toBeGreaterThan(1);
    // One is built where it is packed, and says no system in its name.
    const builtHere = /pkcs11js[\\/]build[\\/]Release[\\/]pkcs11\.node$/;
    expect(native.filter((file) => !file.includes(`${process.platform}-`) && !builtHere.test(file))).toEqual([]);
  });

  test('is the build that ships: no development build of the screens, and no folder of the computer that packed it', () => {
    const archive = readFileSync(join(resources, 'app.asar'), 'latin1');
    expect(['jsxDEV', JSON.stringify(root).slice(1, -1)].filter((word) => archive.includes(word))).toEqual([]);
  });

  test('keeps its programs where plain Node can read them, and a Node 24 for them', () => {
    for (const name of ['station-process', 'bench-process'])
      expect(existsSync(join(resources, 'app.asar.unpacked', 'dist', 'station', 'electron', `${name}.mjs`))).toBe(true);
    expect(existsSync(join(resources, 'node', process.platform === 'win32' ? 'node.exe' : 'node'))).toBe(true);
  });
});

describe('main and preload', () => {
  const sources = globSync('electron/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'));
  const naming = (word: RegExp) => sources.filter((file) => word.test(readFileSync(join(root, file), 'utf8')));

  test('open nothing outside the app', () => {
    expect(sources.length).toBeGreaterThan(10);
    expect(naming(/\bshell\b|openExternal|openPath/)).toEqual([]);
  });

  test('take no message from a page but through its one port, and expose nothing to it', () => {
    expect(naming(/\bipcMain\b|\.ipc\b|contextBridge|@electron\/remote/)).toEqual([]);
    expect(naming(/ipcRenderer\.(?:send|invoke|postMessage)/)).toEqual([]);
  });

  test("load no page but the app's own", () => {
    expect(naming(/loadFile|file:\/\//)).toEqual([]);
  });
});
