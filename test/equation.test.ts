// made = in the cloud + waiting + refused, counted by the station in one transaction over the real rows: it holds at every
// moment of a life of registrations, and the screen says stop where another hand took a row away.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleLot, samplePassed } from '../db/station-sample.ts';
import { type OpenStationStore, openStationStore } from '../db/station-store.ts';
import { syncSentence } from '../renderer/view-state/sync-sentence.ts';
import { certificateVoid } from '../station/records/certificate-records.ts';
import { LotRecords } from '../station/records/lot-records.ts';
import { recordAnswers } from '../station/records/outbox-records.ts';
import { Recorder } from '../station/records/recorder.ts';
import { outboxState, syncView } from './samples/station-views.ts';

let dir: string;
let open: OpenStationStore;
let recorder: Recorder;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-equation-'));
  open = openStationStore(join(dir, 'station.db'));
  recorder = new Recorder(open.store, { nowMs: () => 5_000, monotonicMs: () => 0, after: () => () => {} });
  recorder.commit('station', () => {
    open.store.insertLot(sampleLot());
    for (let number = 1; number <= 5; number++) samplePassed(open.store, number);
  });
});
afterEach(() => {
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

const sentence = () => syncSentence(syncView({ ...open.store.counts(), online: true }), outboxState());

test('it holds while registrations wait, are taken, are refused and leave again', () => {
  expect(sentence().kind).toBe('sending');
  recordAnswers(recorder, [
    { id: 1, state: 'accepted' },
    { id: 2, state: 'refused', code: 'SERIAL_TAKEN' },
  ]);
  expect(open.store.counts()).toMatchObject({ made: 5, registered: 1, waiting: 3, refused: 1 });
  recorder.commit('ann', () => open.store.sendEntryAgain(2));
  expect(open.store.counts()).toMatchObject({ made: 5, registered: 1, waiting: 4, refused: 0 });
  expect(sentence().kind).toBe('sending');
});

test('a row that another hand took away is seen: stop and call security', () => {
  const other = new Database(join(dir, 'station.db'));
  other.exec('DROP TRIGGER outbox_never_deleted; DELETE FROM outbox WHERE id = 3');
  other.close();
  expect(sentence()).toEqual({ kind: 'trouble', made: 5, found: 4 });
});

test('a board that another hand made up is seen too', () => {
  const other = new Database(join(dir, 'station.db'));
  other.exec(`INSERT INTO device VALUES (99, 'T', 'aabbccddeeff', 'M', 'C', 0, 1);
    INSERT INTO job (lot_id, device_id, slot, state, attempt, crashes, outcome, started_ms, ended_ms)
      VALUES ('LOT-1', 99, '1', '{}', 1, 0, 'passed', 1, 2)`);
  other.close();
  expect(sentence()).toEqual({ kind: 'trouble', made: 6, found: 5 });
});

test('a conflict holds its lot open until a person has made it void, or the service takes it after all', () => {
  const lots = new LotRecords(recorder);
  lots.command('ann', 'LOT-1', 'release', null);
  const refused = (id: number) => recordAnswers(recorder, [{ id, state: 'refused', code: 'SERIAL_TAKEN' }]);
  const close = () => lots.command('ann', 'LOT-1', 'close', null);
  for (const id of [2, 3]) refused(id);
  expect(close).toThrow(/refused boards of this lot/);
  // Sending again decides nothing: the service has not answered yet.
  for (const id of [2, 3]) recorder.commit('ann', () => open.store.sendEntryAgain(id));
  expect(close).toThrow(/refused boards of this lot/);
  expect(open.store.openConflicts('LOT-1')).toBe(2);
  refused(2);
  recordAnswers(recorder, [{ id: 3, state: 'accepted' }]);
  expect(open.store.openConflicts('LOT-1')).toBe(1);
  recorder.commit('ann', (append) => {
    const row = open.store.certificate(2);
    if (row) certificateVoid(open.store, append, row, 'WRITTEN_OFF');
  });
  expect([open.store.undecided(), open.store.counts().refused]).toEqual([0, 1]);
  lots.command('ann', 'LOT-1', 'close', null);
  expect(open.store.lot('LOT-1')?.state).toBe('closed');
});
