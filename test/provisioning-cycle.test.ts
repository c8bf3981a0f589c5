// docs/provisioning-cycle.md says for every arrow and end what a power cut leaves and which test shows it: held to the tests.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const PAGE = readFileSync(new URL('docs/provisioning-cycle.md', ROOT), 'utf8');

interface Shown {
  readonly id: string;
  readonly leaves: string;
  readonly tests: readonly { readonly file: string; readonly title: string }[];
}

const SHOWN: readonly Shown[] = (PAGE.split('## Shown')[1] ?? '')
  .split('\n## ', 1)
  .join('')
  .split('\n')
  .flatMap((line) => {
    const [, id = '', leaves = '', refs = ''] = /^\| (\S+) \| (.*) \| (.*) \|$/.exec(line) ?? [];
    if (id === '' || id === '#') return [];
    const tests = refs.split('; ').map((ref) => {
      const [, file = '', title = ''] = /^`([^`]+)` "([^"]+)"$/.exec(ref) ?? [];
      return { file, title };
    });
    return [{ id, leaves, tests }];
  });

/** Rows of the table of arrows, and what its other sections number. */
function numbered(): string[] {
  const arrows = [...PAGE.matchAll(/^\| (\d+[a-c]?) \|/gm)].map(([, id = '']) => id);
  const ends = [...PAGE.matchAll(/^(\d+[a-c]?|[A-C])\. /gm)].map(([, id = '']) => id);
  return [...new Set([...arrows, ...ends])];
}

test('every arrow and every numbered end has a row that says what a power cut leaves', () => {
  expect(SHOWN.map(({ id }) => id).sort()).toEqual(numbered().sort());
  expect(SHOWN.length).toBeGreaterThanOrEqual(16 + 3 + 20);
  expect(SHOWN.filter(({ leaves }) => leaves.trim() === '')).toEqual([]);
});

test.each(SHOWN)('what is shown of $id names tests that are there', ({ tests }) => {
  const missing = tests.filter(({ file, title }) => {
    const path = new URL(file, ROOT);
    return file === '' || !existsSync(path) || !readFileSync(path, 'utf8').includes(title);
  });
  expect(missing).toEqual([]);
});
