import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStationDatabase } from '../station-database.ts';
import { openStationStore } from '../station-store.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-void-'));
  path = join(folder, 'station.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what the service said is void is kept, said twice or once, and never deleted', () => {
  const [gone, other] = ['1'.repeat(64), '2'.repeat(64)];
  const { store, close } = openStationStore(path);
  for (let read = 0; read < 2; read++) store.transaction(() => store.insertVoidAtService(gone));
  expect([store.isVoidAtService(gone), store.isVoidAtService(other)]).toEqual([true, false]);
  close();
  const database = openStationDatabase(path);
  expect(() => database.exec('DELETE FROM void_at_service')).toThrow(/history is never deleted/);
  database.close();
});
