import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../sqlite.ts';
import { openStationDatabase } from '../station-database.ts';
import { sampleIntended, sampleLot, samplePassed } from '../station-sample.ts';
import { type OpenStationStore, openStationStore } from '../station-store.ts';
import { firstStation } from './001-station.ts';
import { people } from './002-people.ts';
import { lineOnScreen } from './003-line.ts';
import { keyOfJob } from './004-key-of-job.ts';

let folder = '';
let path = '';
let open: OpenStationStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-signing-'));
  path = join(folder, 'station.db');
});
afterEach(() => {
  open.close();
  rmSync(folder, { recursive: true, force: true });
});

test('an older Keyline’s enrolment stays, and its CA is made known again', () => {
  const old = openDatabase(path, { kind: 'station', migrations: [firstStation, people, lineOnScreen, keyOfJob] });
  old.exec("INSERT INTO enrolment VALUES (1, 'https://x:1', 'A', 'B', 1)");
  old.close();
  open = openStationStore(path);
  const { store } = open;
  expect(store.enrolment()).toEqual({ serviceUrl: 'https://x:1', serviceCaPem: 'A', stationCertificatePem: 'B' });
  expect(store.cas()).toEqual([]);
});

describe('a CA on record', () => {
  let issuerId = '';
  beforeEach(() => {
    open = openStationStore(path);
    const { store } = open;
    store.transaction(() => {
      store.insertLot(sampleLot());
      samplePassed(store, 1);
      const { certificateId } = sampleIntended(store, 2);
      issuerId = store.certificate(certificateId)?.issuerId ?? '';
    });
  });

  const commit = (work: () => void) => open.store.transaction(work);
  const insert = (role: 'active' | 'standby' | 'retired', id = issuerId, name = 'main') =>
    commit(() => open.store.insertCa({ issuerId: id, name, role, limit: 10 }));

  test('counts what was recorded under it before it came, and each from then on', () => {
    const { store } = open;
    insert('active');
    expect(store.ca(issuerId)).toMatchObject({ signatures: 2, limit: 10, registered: false, proof: null });
    commit(() => void sampleIntended(store, 3));
    expect(store.ca(issuerId)?.signatures).toBe(3);
    commit(() => {
      store.setCaProof(issuerId, Uint8Array.of(1, 2));
      store.setCaSigned(issuerId, 77);
      store.setCaRegistered(issuerId);
    });
    expect(store.ca(issuerId)).toMatchObject({ proof: Uint8Array.of(1, 2), lastSignedMs: 77, registered: true });
  });

  test.each(['standby', 'retired'] as const)('that is %s signs nothing new', (role) => {
    insert(role);
    expect(() => commit(() => void sampleIntended(open.store, 3))).toThrow(/only the active CA/);
  });

  test('is active alone, has a name of its own, and never comes back once it is retired', () => {
    const { store } = open;
    const other = 'e'.repeat(64);
    insert('active');
    expect(() => insert('active', other, 'other')).toThrow(/UNIQUE/);
    expect(() => insert('standby', other)).toThrow(/UNIQUE/);
    insert('standby', other, 'other');
    expect(() => commit(() => store.setCaRole(other, 'active'))).toThrow(/UNIQUE/);
    commit(() => {
      store.setCaRole(issuerId, 'retired');
      store.setCaRole(other, 'active');
    });
    expect(store.cas().map(({ name, role }) => [name, role])).toEqual([
      ['other', 'active'],
      ['main', 'retired'],
    ]);
    expect(() => commit(() => store.setCaRole(issuerId, 'standby'))).toThrow(/retired CA/);
  });

  test('gives no signature back and is never deleted', () => {
    insert('active');
    const database = openStationDatabase(path);
    expect(() => database.exec('UPDATE ca SET signatures = 0')).toThrow(/never given back/);
    expect(() => database.exec('DELETE FROM ca')).toThrow(/never deleted/);
    database.close();
  });
});
