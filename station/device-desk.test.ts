// A live check that could not compare everything says nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleLot, samplePassed } from '../db/station-sample.ts';
import { openStationStore } from '../db/station-store.ts';
import { systemClock } from './clock.ts';
import { DeviceDesk } from './device-desk.ts';
import type { Line } from './line/line.ts';
import { readRecipe } from './line/lot-intake.ts';
import { JobRecords } from './records/job-records.ts';
import { Recorder } from './records/recorder.ts';

const RECIPE = new URL('../examples/aq-200/recipe.json', import.meta.url).pathname;

test('a check of a board whose CA is not on this station is refused before the board is asked, and not recorded', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'keyline-desk-'));
  const { store, close } = openStationStore(join(dir, 'station.db'));
  try {
    const recorder = new Recorder(store, systemClock);
    const recipe = JSON.stringify(readRecipe(RECIPE).recipe);
    const { deviceId } = store.transaction(() => {
      store.insertLot(sampleLot('LOT-1', { recipe }));
      return samplePassed(store, 1);
    });
    const line = {} as Line;
    const desk = new DeviceDesk({
      ...{ clock: systemClock, recorder, jobs: new JobRecords(recorder), books: store.devices },
      people: { any: false, nameOf: () => null, roleOf: () => null, vouch: () => Promise.reject(new Error('nobody')) },
      shelf: { whole: [], requested: [] },
      ...{ identity: () => null, line: () => line, lastCopies: () => null, keepFile: (name) => name, changed() {} },
    });
    await expect(desk.check('linh', deviceId)).rejects.toMatchObject({ code: 'CA_UNKNOWN' });
    expect(store.chainHead().seq).toBe(0);
  } finally {
    close();
    rmSync(dir, { recursive: true, force: true });
  }
});
