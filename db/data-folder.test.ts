import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataFolderAt, dataRoot, lineDataFolder, namedDataFolder, openDataFolder } from './data-folder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const mode = (path: string) => statSync(path).mode & 0o777;
const UNUSABLE = expect.objectContaining({ code: 'DATA_FOLDER_UNUSABLE' });

test.each([
  ['linux', {}, '/home/ann/.local/share/keyline'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/keyline'],
  ['linux', { XDG_DATA_HOME: 'data' }, '/home/ann/.local/share/keyline'],
  ['darwin', { XDG_DATA_HOME: '/data' }, '/home/ann/Library/Application Support/Keyline'],
  ['win32', { LOCALAPPDATA: 'C:\\Users\\ann\\AppData\\Local' }, 'C:\\Users\\ann\\AppData\\Local\\Keyline'],
] as const)('on %s with %j Keyline keeps its folders in %s', (platform, env, path) => {
  const around = { platform, env, homeDir: '/home/ann' };
  expect(dataRoot(around)).toBe(path);
  expect(lineDataFolder(undefined, around)).toBe(platform === 'win32' ? `${path}\\station` : `${path}/station`);
});

test('--data comes before KEYLINE_DATA, and both name the folder itself', () => {
  const around = { platform: 'linux', env: { KEYLINE_DATA: '/srv/line' }, homeDir: '/home/ann' } as const;
  expect(namedDataFolder('/srv/other', around)).toBe('/srv/other');
  expect(lineDataFolder(undefined, around)).toBe('/srv/line');
  expect(namedDataFolder(undefined, { ...around, env: { KEYLINE_DATA: '' } })).toBeNull();
});

test('a new folder is made with its subfolders, closed to everybody else, and is found again', () => {
  const path = join(folder, 'a', 'line');
  const opened = openDataFolder(path, 'linux');
  expect(opened).toEqual(dataFolderAt(path));
  expect(readdirSync(path).sort()).toEqual(['backup', 'firmware', 'keys', 'logs', 'recipes', 'reports']);
  expect([mode(path), mode(opened.keys)]).toEqual([0o700, 0o700]);
  chmodSync(path, 0o755);
  writeFileSync(opened.stationDatabase, '');
  expect(openDataFolder(path, 'linux')).toEqual(opened);
  expect(mode(path)).toBe(0o700);
});

test("a folder with somebody else's files is refused and stays as it is", () => {
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'thesis.odt'), '');
  expect(() => openDataFolder(folder, 'linux')).toThrow(UNUSABLE);
  expect(mode(folder)).toBe(0o755);
  expect(readdirSync(folder)).toEqual(['thesis.odt']);
});

test('a practice folder and one with notes beside its lock are opened', () => {
  mkdirSync(join(folder, 'service'));
  mkdirSync(join(folder, 'devices'));
  openDataFolder(folder, 'linux');
  writeFileSync(join(folder, 'lock'), '');
  writeFileSync(join(folder, 'notes.txt'), '');
  openDataFolder(folder, 'linux');
});

test('a path that is no folder, or lies below a file, is refused', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => openDataFolder(file, 'linux')).toThrow(UNUSABLE);
  expect(() => openDataFolder(join(file, 'below'), 'linux')).toThrow(UNUSABLE);
});

test('a Windows share is refused before anything is made', () => {
  const network = expect.objectContaining({ code: 'DATA_FOLDER_NETWORK' });
  expect(() => openDataFolder('\\\\server\\share\\line', 'win32')).toThrow(network);
});
