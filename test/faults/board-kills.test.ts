// A short run of `npm run long:board-kills`: the device agent loses its power in the middle of jobs.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildFirmware } from '../../scripts/firmware-build.ts';
import { missingFirmwareTools } from '../../scripts/firmware-tools.ts';
import { type BoardKill, BoardKills, endedWell } from './board-kills.ts';

const SEED = 1;
const KILLS = 12;

describe.runIf(missingFirmwareTools().length === 0)('boards whose power goes in mid-job', () => {
  const world = new BoardKills(SEED);
  beforeAll(async () => {
    buildFirmware();
    await world.setUp();
  }, 180_000);
  afterAll(() => world.tearDown());

  test(`end with one live certificate for the key on record, or as documented: ${KILLS} of them`, async () => {
    const kills: BoardKill[] = await world.run(KILLS, () => {});
    expect(kills).toHaveLength(KILLS);
    expect(kills.filter((kill) => !endedWell(kill))).toEqual([]);
    const { inWork, keysTwice, live, passed } = world.left();
    expect({ inWork, keysTwice, live }).toEqual({ inWork: 0, keysTwice: 0, live: passed });
  });
});
