import { afterAll, beforeAll, expect, test } from 'vitest';
import { killMoments } from './kill-moments.ts';
import { BOARDS, KilledStation } from './killed-station.ts';

/** `npm run long:kill -- --seed 1 --kills 20` repeats these and goes on. */
const SEED = 1;

const world = new KilledStation();
beforeAll(() => world.setUp());
afterAll(() => world.tearDown());

test.each(killMoments(SEED, 4))(
  'a station killed $afterMs ms into a lot finishes it on the same boards and accounts for every signature',
  async (moment) => {
    const run = await world.run(BOARDS, moment);
    expect(run).toMatchObject({ passed: BOARDS, live: BOARDS, inWork: 0, keysTwice: 0, exitCode: 0 });
  },
);
