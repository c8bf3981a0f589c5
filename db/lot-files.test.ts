// Images and recipes of lots on a disk that is full or gives no room: told as that, and no half of a file stays.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dataFolderAt } from './data-folder.ts';
import { lotFiles } from './lot-files.ts';
import { digest } from './station-sample.ts';

const disk = vi.hoisted(() => ({ full: false }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const fsyncSync = (file: number) => {
    if (disk.full) throw Object.assign(new Error('ENOSPC: no space left on device, fsync'), { code: 'ENOSPC' });
    fs.fsyncSync(file);
  };
  return { ...fs, fsyncSync };
});

let dir = '';
beforeEach(() => {
  disk.full = false;
  dir = mkdtempSync(join(tmpdir(), 'keyline-lot-files-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('a disk that fills up is told, leaves nothing, and the same file is kept once there is room', () => {
  const folder = dataFolderAt(dir);
  mkdirSync(folder.firmware);
  const files = lotFiles(folder);
  const keep = () => files.keepFirmware(digest(1), new Uint8Array([1, 2, 3]));
  disk.full = true;
  expect(keep).toThrow(expect.objectContaining({ code: 'DISK_FULL', detail: expect.stringContaining('ENOSPC') }));
  expect(readdirSync(folder.firmware)).toEqual([]);
  disk.full = false;
  keep();
  expect(files.firmware(digest(1))).toEqual(new Uint8Array([1, 2, 3]));
});

test('a folder that takes no file is told', () => {
  const folder = dataFolderAt(dir);
  writeFileSync(folder.recipes, '');
  const keep = () => lotFiles(folder).keepRecipe(digest(1), '{}');
  expect(keep).toThrow(expect.objectContaining({ code: 'DISK_FULL' }));
});

test('a file that has rotted is whole again when it is brought again, and one that is whole is let be', () => {
  const folder = dataFolderAt(dir);
  mkdirSync(folder.firmware);
  const files = lotFiles(folder);
  const path = join(folder.firmware, digest(1));
  const keep = () => files.keepFirmware(digest(1), new Uint8Array([1, 2, 3]));
  keep();
  const { ino } = statSync(path);
  keep();
  expect(statSync(path).ino).toBe(ino);
  for (const rotten of [[1, 2, 4], [1, 2], []]) {
    writeFileSync(path, new Uint8Array(rotten));
    keep();
    expect(files.firmware(digest(1))).toEqual(new Uint8Array([1, 2, 3]));
  }
});
