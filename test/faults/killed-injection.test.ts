import { afterAll, beforeAll, expect, test } from 'vitest';
import { injectionMoments } from './kill-moments.ts';
import { INJECTED, KilledStation } from './killed-station.ts';

/** `npm run long:kill-injection -- --seed 1 --moments 50` repeats these and goes on. */
const SEED = 1;
const BOARDS = 4;

const world = new KilledStation(INJECTED);
beforeAll(() => world.setUp());
afterAll(() => world.tearDown());

test.each(injectionMoments(SEED, 2))(
  'a station killed $afterMs ms after the first $from finishes the lot, and every sealed key is used once or void for ever',
  async (moment) => {
    const run = await world.run(BOARDS, moment);
    expect(run).toMatchObject({ passed: BOARDS, live: BOARDS, inWork: 0, keysTwice: 0, exitCode: 0 });
    expect(run.sealed).toBe(run.used + run.voided);
    expect(run.sealed).toBeGreaterThanOrEqual(BOARDS);
  },
);
