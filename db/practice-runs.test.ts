import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from './folder-lock.ts';
import { dropOldPracticeRuns, newPracticeRun } from './practice-runs.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'keyline-runs-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('each practice run has the next number, also when older ones are gone', () => {
  const below = join(root, 'practice');
  expect(basename(newPracticeRun(below))).toBe('run-0001');
  mkdirSync(join(below, 'run-0041'));
  expect(basename(newPracticeRun(below))).toBe('run-0042');
});

test('the last five runs are kept; an older one that is held, and what is no run, stay', () => {
  mkdirSync(join(root, 'mine'));
  const runs = Array.from({ length: 8 }, () => newPracticeRun(root));
  const [first = '', second = '', third = ''] = runs;
  const release = lockFolder(join(second, 'lock'));
  expect(dropOldPracticeRuns(root)).toEqual([first, third]);
  expect(readdirSync(root)).toHaveLength(7);
  release();
  expect(dropOldPracticeRuns(root)).toEqual([second]);
  expect(existsSync(join(root, 'mine'))).toBe(true);
  expect(dropOldPracticeRuns(root)).toEqual([]);
});
