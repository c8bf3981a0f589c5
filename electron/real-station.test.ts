// The real station as the first run makes it: once, and wholly or not at all.
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { useOf } from '../cli/surroundings.ts';
import { type TestWorld, testWorld } from '../cli/test-terminal.ts';
import type { SetUp } from '../contract/bench-api.ts';
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
