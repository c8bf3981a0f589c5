import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findBackup } from './find-backup.ts';

// A folder that only the system may read: root, who runs these tests, reads every one.
vi.mock('../db/records-copy.ts', async (original) => {
  const real = await original<typeof import('../db/records-copy.ts')>();
  const copiesIn = (folder: string) => {
    if (basename(folder) === 'lost+found') throw new Error('EACCES: permission denied');
    return real.copiesIn(folder);
  };
  return { ...real, copiesIn };
});

const COPY = 'records-000001-000000000007-0a1b2c3d.db';
let stick: string;

beforeEach(() => {
  stick = mkdtempSync(join(tmpdir(), 'keyline-stick-'));
  mkdirSync(join(stick, 'lost+found'));
});
afterEach(() => rmSync(stick, { recursive: true, force: true }));

test('the root of a stick is named: the copy of its one station, past what nobody may read', () => {
  mkdirSync(join(stick, 'KL-1'));
  writeFileSync(join(stick, 'KL-1', COPY), '');
  expect(findBackup(stick, null)).toEqual({ file: join(stick, 'KL-1', COPY), folder: join(stick, 'KL-1') });
});

test('a stick without copies, and one of several stations of which none is named, are refused', () => {
  expect(() => findBackup(stick, null)).toThrow(expect.objectContaining({ code: 'BACKUP_UNUSABLE' }));
  for (const name of ['KL-1', 'KL-2']) {
    mkdirSync(join(stick, name));
    writeFileSync(join(stick, name, COPY), '');
  }
  expect(() => findBackup(stick, null)).toThrow(expect.objectContaining({ code: 'BACKUP_UNUSABLE' }));
  expect(findBackup(stick, 'KL-2').folder).toBe(join(stick, 'KL-2'));
  expect(() => findBackup(stick, 'KL-3')).toThrow(expect.objectContaining({ code: 'STATION_EXISTS' }));
});
