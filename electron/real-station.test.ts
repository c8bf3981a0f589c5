// The real station as the first run makes it: once, and wholly or not at all.
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { useOf } from '../cli/surroundings.ts';
import { type TestWorld, testWorld } from '../cli/test-terminal.ts';
import type { SetUp } from '../contract/bench-api.ts';
import { openDataFolder } from '../db/data-folder.ts';
import { lockFolder } from '../db/folder-lock.ts';
import { openStationStore } from '../db/station-store.ts';
import { realStation } from './real-station.ts';

const OFFICER = { name: 'María Ríos', role: 'security-officer', badge: null, pin: '2048' } as const;
const setUp = (...people: SetUp['people']): SetUp => ({ pixelMm: null, bench: null, people });

let at: TestWorld;
beforeEach(() => {
  at = testWorld();
});
afterEach(() => at.dispose());

test('is there once it is made, and is not made twice', async () => {
  const real = realStation(useOf(at.world, {}), () => {});
  expect(real.exists()).toBe(false);
  await real.make(setUp(OFFICER));
  expect(real.exists()).toBe(true);
  await expect(real.make(setUp(OFFICER))).rejects.toMatchObject({ code: 'STATION_EXISTS' });
  expect(real.exists()).toBe(true);
});

test('is not there before its people are ready to be recorded, and two who make it at once make one', async () => {
  const real = realStation(useOf(at.world, {}), () => {});
  const both = [real.make(setUp(OFFICER)), real.make(setUp(OFFICER))];
  expect(real.exists()).toBe(false);
  const made = await Promise.allSettled(both);
  expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(made).toContainEqual({ status: 'rejected', reason: expect.objectContaining({ code: 'STATION_EXISTS' }) });
});

test('that another program makes meanwhile stays, whatever this one is refused for', async () => {
  const use = useOf(at.world, {});
  const { lock, stationDatabase } = openDataFolder(use.folder.path, use.around.platform);
  const unlock = lockFolder(lock);
  const refused = realStation(use, () => {}).make(setUp(OFFICER));
  // It holds the folder, and is only now at its database.
  openStationStore(stationDatabase).close();
  await expect(refused).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
  expect(existsSync(stationDatabase)).toBe(true);
  unlock();
});

test('leaves nothing when it is refused', async () => {
  const use = useOf(at.world, {});
  const real = realStation(use, () => {});
  const refused = real.make(setUp({ ...OFFICER, role: 'technician' }));
  await expect(refused).rejects.toMatchObject({ code: 'FIRST_OFFICER' });
  expect(real.exists()).toBe(false);
  expect(existsSync(`${use.folder.stationDatabase}-wal`)).toBe(false);
  await real.make(setUp(OFFICER));
  expect(real.exists()).toBe(true);
});
