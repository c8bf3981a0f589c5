import { afterAll, beforeAll, expect, test } from 'vitest';
import { TokenStation } from '../system/token-station.ts';
import { BOARDS, pulledLot, pulls, wentWell } from './pulled-token.ts';

/** `npm run long:pull-out -- --seed 1 --lots 50` repeats these and goes on. */
const SEED = 1;

const station = new TokenStation();
beforeAll(() => station.setUp());
afterAll(() => station.tearDown());

test.each(pulls(SEED, 2))(
  'a lot whose token is pulled out at signature $signatures loses nothing and signs nothing twice',
  async (pull) => {
    const lot = await pulledLot(station, pull);
    expect(lot).toMatchObject({ stopped: true, passed: BOARDS, live: BOARDS, inWork: 0, twice: 0, otherBytes: 0 });
    expect([lot, wentWell(lot)]).toEqual([lot, true]);
  },
);
