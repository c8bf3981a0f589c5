// A live check that could not compare everything says nothing; and who may send a board to re-work.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleDevice, sampleIntended, sampleLot, samplePassed } from '../db/station-sample.ts';
import { type OpenStationStore, openStationStore, type StationStore } from '../db/station-store.ts';
import type { Role } from '../domain/person.ts';
import { systemClock } from './clock.ts';
import { DeviceDesk } from './device-desk.ts';
import type { Line } from './line/line.ts';
import { readRecipe } from './line/lot-intake.ts';
import { JobRecords } from './records/job-records.ts';
import { Recorder, STATION_ACTOR } from './records/recorder.ts';

const RECIPE = new URL('../examples/aq-200/recipe.json', import.meta.url).pathname;
const ROLES: Readonly<Record<string, Role>> = { linh: 'technician', minh: 'supervisor' };

let dir: string;
let open: OpenStationStore;
let store: StationStore;
let recorder: Recorder;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-desk-'));
  open = openStationStore(join(dir, 'station.db'));
  store = open.store;
  recorder = new Recorder(store, systemClock);
  const recipe = JSON.stringify(readRecipe(RECIPE).recipe);
  store.transaction(() => store.insertLot(sampleLot('LOT-1', { recipe })));
});
afterEach(() => {
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

function deskBeside(line: Line | null): DeviceDesk {
  const roleOf = (actorId: string) => ROLES[actorId] ?? null;
  return new DeviceDesk({
    ...{ clock: systemClock, recorder, jobs: new JobRecords(recorder), books: store.devices },
    people: { any: true, nameOf: () => null, roleOf, vouch: () => Promise.reject(new Error('nobody')) },
    shelf: { whole: [], requested: [] },
    ...{ identity: () => null, line: () => line, lastCopies: () => null, keepFile: (name) => name, changed() {} },
  });
}

test('a check of a board whose CA is not on this station is refused before the board is asked, and not recorded', async () => {
  const { deviceId } = store.transaction(() => samplePassed(store, 1));
  await expect(deskBeside({} as Line).check('linh', deviceId)).rejects.toMatchObject({ code: 'CA_UNKNOWN' });
  expect(store.chainHead().seq).toBe(0);
});

test('re-work of a board in doubt, whose identity waits, takes a supervisor until the board itself has come again', () => {
  const { deviceId, jobId } = store.transaction(() => {
    const made = sampleIntended(store, 1);
    store.setJobState(made.jobId, JSON.stringify({ at: 'identifying', facts: { lockIntended: false } }), 1, null);
    return made;
  });
  const { hwid } = sampleDevice(1);
  const doubt = () =>
    recorder.commit(STATION_ACTOR, (append) => append('device-seen-again', { hwid, code: 'STORE_LOST' }));
  const order = { deviceId, reason: 'tin whiskers', seen: { state: 'in-work', certificate: 'intended' } } as const;
  const desk = deskBeside(null);
  doubt();
  expect(() => desk.rework('linh', order)).toThrow(expect.objectContaining({ code: 'NOT_ALLOWED' }));
  recorder.commit(STATION_ACTOR, (append) => append('job-resumed', { jobId, life: 'keyed', slot: '1' }));
  expect(() => desk.rework('linh', { ...order, seen: { state: 'passed', certificate: 'live' } })).toThrow(
    expect.objectContaining({ code: 'ROW_CHANGED' }),
  );
  doubt();
  desk.rework('minh', order);
  expect(store.job(jobId)).toMatchObject({ outcome: 'aborted', code: 'REWORKED' });
});
