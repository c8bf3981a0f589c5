// Faults that strike one station alone: a second program on its folder, and a job on which a bug of ours is thrown again and
// again. The bug is planted by a preload of the test; the product knows nothing of it.
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { planDevices } from '../../../simulator/device-plan.ts';
import { SeededRandom } from '../../../simulator/seeded-random.ts';
import { endOf } from '../programs.ts';
import { LiveLot } from './live-lot.ts';
import type { Plant } from './plant.ts';
import type { PlantStation } from './plant-station.ts';
import type { Tally } from './tally.ts';

const POISON = fileURLToPath(new URL('../shim/poison.mjs', import.meta.url));
/** Steps at which the bug is thrown, each after something was recorded. */
const STEPS = ['proving-key', 'installing-leaf', 'verifying', 'proving-lock'] as const;
const BOARDS = 6;

/** While one program runs a folder's line, another is refused, and harms nothing. */
export async function secondStation(plant: Plant, station: PlantStation, tally: Tally, seed: number): Promise<void> {
  const lot = await LiveLot.make(plant, station, { boards: BOARDS, quantity: BOARDS + 1, seed });
  const since = station.lastSeq();
  const first = lot.startStation();
  await lot.events(1, since);
  const second = station.run(lot.lotId, lot.dir, BOARDS);
  const code = await endOf(second.child);
  const refused = second.refused();
  if (code === 2 && (refused === 'LINE_RUNNING' || refused === 'DATA_FOLDER_IN_USE')) tally.secondRefused += 1;
  else tally.violations.push({ rule: 'secondStationIsRefused', ids: `${station.name}: it ended ${code} ${refused}` });
  await station.leave(first);
  await lot.finish(tally);
}

/** The station dies of it twice; at its third start the job is set aside before it is resumed, and the others pass. */
export async function poisonedJob(plant: Plant, station: PlantStation, tally: Tally, seed: number): Promise<void> {
  const random = new SeededRandom(seed, 'poison');
  const lot = await LiveLot.make(plant, station, { boards: BOARDS, seed });
  const poisoned = planDevices(seed, BOARDS, [])[random.between(0, BOARDS - 1)];
  const env = {
    NODE_OPTIONS: `--import=${POISON}`,
    KEYLINE_POISON_HWID: poisoned?.hwid,
    KEYLINE_POISON_STEP: random.pick(STEPS),
  };
  const since = station.lastSeq();
  for (const crash of [1, 2]) {
    const run = lot.startStation(env);
    const code = await endOf(run.child);
    const [out] = station.rows('SELECT max(crashes) AS crashes FROM job WHERE lot_id = ?', lot.lotId);
    const { crashes } = z.object({ crashes: z.number().nullable() }).parse(out);
    if (code !== 3 || crashes !== crash)
      tally.violations.push({ rule: 'bugIsCounted', ids: `${code}, ${crashes} of ${crash}` });
  }
  const run = lot.startStation(env);
  const passedNow = () =>
    station.number("SELECT count(*) AS n FROM job WHERE lot_id = ? AND outcome = 'passed'", lot.lotId);
  // The lot is never full: its last board is set aside, and a person ends the line.
  for (let seq = station.lastSeq(); passedNow() < BOARDS - 1 && (await lot.events(1, seq)); ) seq = station.lastSeq();
  if (!lot.ended) await station.leave(run);
  await lot.finish(tally);
  const types = z
    .array(z.object({ type: z.string() }))
    .parse(
      station.rows(
        `SELECT type FROM audit_event WHERE seq > ? AND json_extract(body, '$.jobId') =
         (SELECT job_id FROM job WHERE lot_id = ? AND crashes = 2) ORDER BY seq`,
        since,
        lot.lotId,
      ),
    )
    .map(({ type }) => type);
  const second = types.lastIndexOf('job-crashed');
  const passed = passedNow();
  if (types[second + 1] === 'job-quarantined' && passed === BOARDS - 1) tally.quarantined += 1;
  else tally.violations.push({ rule: 'poisonIsSetAside', ids: `${passed} passed; ${types.slice(second).join(' ')}` });
}
