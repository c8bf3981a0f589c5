import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  BALLAST_BYTES,
  boardsFit,
  dropBallast,
  freeBytes,
  LEAST_FREE_BYTES,
  layBallast,
  spaceVerdict,
} from './disk-space.ts';

let folder = '';
let ballast = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-space-'));
  ballast = join(folder, 'ballast');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PLENTY = LEAST_FREE_BYTES * 4;

test.each([
  [LEAST_FREE_BYTES, 'ok'],
  [LEAST_FREE_BYTES - 1, 'DISK_LOW'],
  [0, 'DISK_LOW'],
] as const)('with %d bytes free another board starts: %s', (free, verdict) => {
  expect(spaceVerdict(free)).toBe(verdict);
});

test.each([
  [0, 0],
  [LEAST_FREE_BYTES - 1, 0],
  [LEAST_FREE_BYTES + 16_384 * 3 + 1, 3],
])('%d bytes free are room for %d boards more', (free, boards) => {
  expect(boardsFit(free)).toBe(boards);
});

test('the ballast takes real room, is laid once and can be thrown off once', () => {
  const bytes = 3 * 1024 * 1024 + 17;
  expect(layBallast(ballast, PLENTY, bytes)).toBe(true);
  expect(statSync(ballast)).toMatchObject({ size: bytes });
  expect(statSync(ballast).blocks * 512).toBeGreaterThanOrEqual(bytes);
  expect(readdirSync(folder)).toEqual(['ballast']);
  expect(layBallast(ballast, 0, bytes)).toBe(true);
  expect(dropBallast(ballast)).toBe(true);
  expect(dropBallast(ballast)).toBe(false);
});

test('no ballast is laid on a disk that it would fill', () => {
  expect(layBallast(ballast, LEAST_FREE_BYTES + BALLAST_BYTES - 1)).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});

test('a ballast that cannot be written is refused in words', () => {
  const unusable = expect.objectContaining({ code: 'DATA_FOLDER_UNUSABLE' });
  expect(() => layBallast(join(folder, 'none', 'ballast'), PLENTY, 10)).toThrow(unusable);
});

test('free room is told in bytes', () => {
  expect(freeBytes(folder)).toBeGreaterThan(1024);
});
