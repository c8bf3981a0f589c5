// A file that is asked for is whole or is the one before it, whatever fails on the way.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeWhole } from './whole-file.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-whole-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('takes the place of the file before it, and of what a cut left beside it', () => {
  const file = join(dir, 'report.json');
  writeFileSync(file, 'before');
  writeFileSync(`${file}.partial`, 'half of');
  writeWhole(file, 'after');
  expect([readdirSync(dir), readFileSync(file, 'utf8')]).toEqual([['report.json'], 'after']);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('leaves what was there, and nothing beside it, where it cannot take its place', () => {
  const file = join(dir, 'report.json');
  mkdirSync(join(file, 'a folder of that name'), { recursive: true });
  expect(() => writeWhole(file, 'after')).toThrow(/EISDIR|ENOTEMPTY|EPERM|EEXIST/);
  expect(readdirSync(dir)).toEqual(['report.json']);
  expect(readdirSync(file)).toEqual(['a folder of that name']);
});
