import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkJournalFile } from './journal-file-check.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['a folder', ''],
  ['a file that is not there', 'none.jsonl'],
])('%s is no journal that can be read, and no bug', (_, name) => {
  expect(() => checkJournalFile(join(folder, name), null)).toThrow(
    expect.objectContaining({ code: 'FILE_UNREADABLE' }),
  );
});
