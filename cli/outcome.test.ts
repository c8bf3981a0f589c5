// How a fault of our own is told where even its log cannot be written.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tellError } from './outcome.ts';
import { logFile } from './rotating-file.ts';
import { useOf } from './surroundings.ts';
import { type TestWorld, testWorld } from './test-terminal.ts';

let at: TestWorld;
beforeEach(() => {
  at = testWorld();
});
afterEach(() => at.dispose());

test('a fault is told in words and in JSON, also where the folder of logs takes no file', () => {
  const use = useOf(at.world, {});
  mkdirSync(use.folder.logs, { recursive: true });
  expect(tellError(new Error('it broke'), at.world.terminal, true, use)).toBe(3);
  expect(at.said.join()).toContain(logFile(use.folder.logs, 'command', 0));
  at.answers.length = at.said.length = 0;
  // As root, whom no mode stops, a folder in the log's place does.
  const taken = useOf(at.world, { data: join(at.dir, 'other') });
  mkdirSync(logFile(taken.folder.logs, 'command', 0), { recursive: true });
  expect(tellError(new Error('it broke'), at.world.terminal, true, taken)).toBe(3);
  expect(at.said).toEqual(['Keyline stopped by a fault of its own: it broke. What was recorded is safe.']);
  expect(JSON.parse(at.answers[0] ?? '')).toMatchObject({ error: { code: 'FAULT' } });
});
