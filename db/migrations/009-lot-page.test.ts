import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../sqlite.ts';
import { openStationStore } from '../station-store.ts';
import { firstStation } from './001-station.ts';
import { people } from './002-people.ts';
import { lineOnScreen } from './003-line.ts';
import { keyOfJob } from './004-key-of-job.ts';
import { signing } from './005-signing.ts';
import { restored } from './006-restore.ts';

test('a closed lot of an older Keyline is one without a signed report, and its events are found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyline-lot-page-'));
  const path = join(folder, 'station.db');
  const migrations = [firstStation, people, lineOnScreen, keyOfJob, signing, restored];
  const old = openDatabase(path, { kind: 'station', migrations });
  const digest = '0'.repeat(64);
  old.exec(`INSERT INTO lot VALUES ('L', 'W', 'closed', 0, 5, 1, 'A-1..A-6', '{}', 'r', '1.0.0', '${digest}', '${digest}',
      3, NULL, 0, 0, NULL, 1234, 1234, NULL);
    INSERT INTO audit_event VALUES (1, 5, 'operator', 'lot-closed', '{"because":null,"lotId":"L"}', '${digest}',
      '${'1'.repeat(64)}');`);
  old.close();
  const { store, close } = openStationStore(path);
  expect(store.unreported(5)).toEqual(['L']);
  expect(store.lotEvents('L')).toEqual([
    { seq: 1, timeMs: 5, actorId: 'operator', type: 'lot-closed', reportSha256: null },
  ]);
  close();
  rmSync(folder, { recursive: true, force: true });
});
