import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MUTANTS } from './mutants.ts';

test.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))(
  'the text that %s changes stands once where it is to be planted',
  (_, { edits }) => {
    for (const { file, from, to } of edits) {
      const source = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
      expect([file, source.split(from).length - 1]).toEqual([file, 1]);
      expect(to).not.toBe(from);
    }
  },
);

test('each planted fault has a name of its own', () => {
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
});
