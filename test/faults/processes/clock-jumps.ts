// A clock that is set while a line runs, and between two runs: no certificate gets a date that is in doubt, and a supervisor
// who says that the time is right lets the line go on. The clock is shim/set-clock.c, preloaded.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SeededRandom } from '../../../simulator/seeded-random.ts';
import { delay } from '../programs.ts';
import { buildShim } from '../shim/shim.ts';
import { LiveLot } from './live-lot.ts';
import type { Plant } from './plant.ts';
import type { PlantStation } from './plant-station.ts';
import { type ClockJump, count, type Tally } from './tally.ts';

const BOARDS = 6;
const MINUTE_MS = 60_000;
/** 6 minutes, which is more than a time server slews, to 40 days. */
const [SHORTEST, LONGEST] = [6, 40 * 24 * 60];
/** At a start nothing is compared with: only more than 30 days of silence, or a record that is later, tells. */
const [SHORTEST_AT_START, LONGEST_AT_START] = [31 * 24 * 60, 400 * 24 * 60];
/** From a jump to the word about it: ten times the slowest that was seen on two busy cores. */
const LIMIT_MS = 60_000;
const LOOK_MS = 20;

export async function clockJump(plant: Plant, station: PlantStation, tally: Tally, kind: ClockJump): Promise<void> {
  const random = new SeededRandom(tally.seed, `clock ${kind}`);
  const seed = tally.seed * 10_000 + 5_000 + random.between(0, 999);
  const file = join(plant.dir, `clock-${kind}`);
  const set = (ms: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(ms));
    writeFileSync(file, bytes, { flag: 'r+' });
  };
  writeFileSync(file, Buffer.alloc(8));
  const atStart = kind.endsWith('at-start');
  const [low, high] = atStart ? [SHORTEST_AT_START, LONGEST_AT_START] : [SHORTEST, LONGEST];
  const jumpMs = random.between(low, high) * MINUTE_MS * (kind.startsWith('back') ? -1 : 1);

  const lot = await LiveLot.make(plant, station, { boards: BOARDS, seed });
  const env = { LD_PRELOAD: buildShim('set-clock', plant.dir), KEYLINE_CLOCK_FILE: file };
  const since = station.lastSeq();
  if (atStart) set(jumpMs);
  const run = lot.startStation(env);
  if (!atStart && (await lot.events(random.between(1, BOARDS), since))) set(jumpMs);
  const signed = () => station.number('SELECT count(*) AS n FROM certificate WHERE lot_id = ?', lot.lotId);
  const told = () => run.said.some((line) => line.includes('The clock jumped')) || run.refused() === 'CLOCK_UNSURE';
  for (let waitedMs = 0; waitedMs < LIMIT_MS && !told() && !lot.ended; waitedMs += LOOK_MS) await delay(LOOK_MS);
  const before = signed();
  if (!lot.ended) await station.leave(run);
  if (!told())
    tally.violations.push({
      rule: 'clockIsDoubted',
      ids: `${kind} by ${jumpMs} ms: ${run.said.slice(-2).join(' | ')}`,
    });
  // A to-be-signed that stood on record when the clock jumped is signed; a new one there is not.
  else if (signed() > before)
    tally.violations.push({ rule: 'doubtfulClockSignsNothing', ids: `${kind}: ${signed() - before}` });
  else count(tally.clockJumps, kind);
  set(0);
  // The supervisor's word.
  await station.command('lot', 'hold', lot.lotId, '--because', 'clock');
  await station.command('lot', 'release', lot.lotId);
  lot.startStation(env);
  await lot.finish(tally);
}
