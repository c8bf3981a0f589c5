// The table of errors is what people read at the line: every card has one row, in the house's words, and is used.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ERRORS, type ErrorCode, type ErrorRow } from '../domain/error-table.ts';
import { MAX_ATTEMPTS } from '../domain/job.ts';
import { errorsMarkdown } from '../scripts/errors-markdown.ts';
import { readRepository } from './architecture/repository-files.ts';
import { tokensOf } from './architecture/source-tokens.ts';

/** Cards of the failure catalogue (the first 35); later ones follow the same form. */
const CATALOGUE = 35;

/** Codes of work that is not built yet: CHANGELOG.md, "Not yet", names the same. */
const LATER: readonly ErrorCode[] = [
  // Hub and power watch.
  'HUB_LOST',
  'POWER_LOW',
];

const rows: [string, ErrorRow][] = Object.entries(ERRORS);
const cards = rows.flatMap(([, row]) => row.card ?? []);

describe('the table of errors', () => {
  test('has each card of the catalogue in exactly one row', () => {
    const catalogue = cards.filter((card) => card <= CATALOGUE).sort((a, b) => a - b);
    expect(catalogue).toEqual(Array.from({ length: CATALOGUE }, (_, i) => i + 1));
  });

  test('has no card twice and no gap in their numbers', () => {
    expect([...cards].sort((a, b) => a - b)).toEqual(Array.from({ length: cards.length }, (_, i) => i + 1));
  });

  test.each(rows)('%s is told in short plain words without blame', (_code, row) => {
    const words = [row.tile, row.happened, row.todo, row.button].join(' ');
    expect(words).not.toMatch(/\b(?:error|invalid|please|oops|sorry|success\w*|failure)\b/i);
    expect(words).not.toMatch(/[!]/);
    expect(row.tile.length).toBeLessThanOrEqual(16);
    expect(row.happened).toMatch(/^[A-Z].*\.$/);
    expect(row.todo).toMatch(/^[A-Z].*[.]$/);
  });

  test.each(rows)('%s has a bound on its attempts that fits what the station does', (_code, row) => {
    expect(row.attempts).toBeGreaterThanOrEqual(row.disposition === 'retry' ? 2 : 1);
    expect(row.attempts).toBeLessThanOrEqual(MAX_ATTEMPTS);
    if (row.irreversible) expect(row.disposition).not.toBe('retry');
  });

  test('is the page that people read', () => {
    const page = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8');
    expect(page, 'run npm run docs:errors').toBe(errorsMarkdown());
  });

  test('holds no code that nothing uses, but for those of later work', () => {
    const used = new Set<string>();
    for (const [path, source] of readRepository()) {
      if (!/^[a-z]+\/.*\.ts$/.test(path) || path.startsWith('test/') || path.endsWith('.test.ts')) continue;
      // To show a code is not to raise it.
      if (path === 'domain/error-table.ts' || path.startsWith('renderer/')) continue;
      for (const token of tokensOf(source)) if (token.kind !== 'mark') used.add(token.text);
    }
    const unused = rows.map(([code]) => code).filter((code) => !used.has(code));
    expect(unused.sort()).toEqual([...LATER].sort());
  });
});
