import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../sqlite.ts';
import { openStationDatabase } from '../station-database.ts';
import { digest, sampleIntended, sampleLot } from '../station-sample.ts';
import { openStationStore } from '../station-store.ts';
import { firstStation } from './001-station.ts';
import { people } from './002-people.ts';
import { lineOnScreen } from './003-line.ts';
import { keyOfJob } from './004-key-of-job.ts';
import { signing } from './005-signing.ts';
import { restored } from './006-restore.ts';
import { devices } from './007-devices.ts';
import { labels } from './008-labels.ts';
import { lotPage } from './009-lot-page.ts';
import { sending } from './010-sending.ts';
import { voidAtService } from './011-void-at-service.ts';

const BEFORE = [
  ...[firstStation, people, lineOnScreen, keyOfJob, signing, restored],
  ...[devices, labels, lotPage, sending, voidAtService],
];
/** The CA of the samples. */
const ISSUER = digest(9);

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-counted-'));
  path = join(folder, 'station.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('an older Keyline’s count stays as it is, and goes on by one for each to-be-signed', () => {
  const old = openDatabase(path, { kind: 'station', migrations: BEFORE });
  old.exec(`INSERT INTO ca (issuer_id, name, role, signatures) VALUES ('${ISSUER}', 'main', 'active', 41)`);
  old.close();
  const { store, close } = openStationStore(path);
  expect(store.ca(ISSUER)?.signatures).toBe(41);
  store.transaction(() => {
    store.insertLot(sampleLot());
    sampleIntended(store, 1);
  });
  expect(store.ca(ISSUER)?.signatures).toBe(42);
  close();
});

test('what was counted at the service counts once, said twice or taken in later, and is never taken back', () => {
  const { store, close } = openStationStore(path);
  store.transaction(() => {
    store.insertCa({ issuerId: ISSUER, name: 'main', role: 'active', limit: null });
    store.insertLot(sampleLot());
  });
  for (let read = 0; read < 2; read++) store.transaction(() => store.insertCountedAtService(digest(77), ISSUER));
  expect(store.ca(ISSUER)?.signatures).toBe(1);
  close();
  const database = openStationDatabase(path);
  expect(() => database.exec('DELETE FROM counted_at_service')).toThrow(/never deleted/);
  expect(() => database.exec("UPDATE counted_at_service SET fingerprint = 'x'")).toThrow(/never changed/);
  database.close();
});
