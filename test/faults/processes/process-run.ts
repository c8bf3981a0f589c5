// A whole run over one plant: what is to strike it, in which order, and the verdict at the end, when all is sent and closed.
import { SeededRandom } from '../../../simulator/seeded-random.ts';
import { losePageCache } from '../shim/lose-page-cache.ts';
import { buildShim } from '../shim/shim.ts';
import { clockJump } from './clock-jumps.ts';
import { DiskFaults } from './disk-faults.ts';
import { judgeStation, outcomesOf } from './judge-plant.ts';
import { KillLots } from './kill-lots.ts';
import { Plant } from './plant.ts';
import type { PlantStation } from './plant-station.ts';
import { PortFaults } from './port-faults.ts';
import { poisonedJob, secondStation } from './single-faults.ts';
import { type ClockJump, type DiskFault, killsOf, newTally, type Tally } from './tally.ts';

export interface ProcessOrder {
  readonly seed: number;
  readonly kills: number;
  readonly networkFaults: number;
  readonly disk: readonly DiskFault[];
  readonly clock: readonly ClockJump[];
  /** The ports, a second program on one folder, and a poisoned job. */
  readonly bench: boolean;
  /** Boards of a lot with kills, from and to. */
  readonly boards: readonly [number, number];
  /** Aborts when no further lot is to be struck: what was done is judged. */
  readonly stop: AbortSignal;
  readonly say: (line: string) => void;
}

export interface ProcessRun extends Tally {
  readonly network: Record<string, number>;
  readonly devices: number;
  /** How the last job of each device ended. */
  readonly outcomes: Record<string, number>;
}

/** `inspect` sees the plant when all is judged and before it goes. */
export async function runProcesses(
  order: ProcessOrder,
  inspect: (plant: Plant) => void = () => {},
): Promise<ProcessRun> {
  const tally = newTally(order.seed);
  const plant = new Plant();
  const disk = new DiskFaults(plant, tally);
  try {
    await plant.setUp();
    const main = await plant.newStation('A');
    const onDisk = await disk.station(order.disk, main);
    // A station of its own for each kind of trouble, at the same time: the service that is killed is everybody's.
    const others: Promise<void>[] = [
      ...(onDisk && onDisk !== main ? [strikeDisk(disk, onDisk, tally, order)] : []),
      ...(order.bench ? [strikeBench(plant, await plant.newStation('B'), tally, order)] : []),
      ...(order.clock.length > 0 ? [setClocks(plant, await plant.newStation('C'), tally, order)] : []),
    ];
    for (const each of others) each.catch(() => {});
    if (onDisk === main) await strikeDisk(disk, main, tally, order);
    await killAll(plant, main, tally, order);
    await Promise.all(others);
    const run = await verdict(plant, tally);
    inspect(plant);
    return run;
  } finally {
    await plant.programs.endAll();
    disk.close();
    plant.tearDown();
  }
}

async function strikeBench(
  plant: Plant,
  station: PlantStation,
  tally: Tally,
  { seed, say }: ProcessOrder,
): Promise<void> {
  await new PortFaults(plant, station, tally).run();
  say(`ports: ${JSON.stringify(tally.portFaults)}`);
  await secondStation(plant, station, tally, seed * 10_000 + 3_000);
  await poisonedJob(plant, station, tally, seed * 10_000 + 4_000);
  say(`second programs refused: ${tally.secondRefused}, jobs set aside: ${tally.quarantined}`);
}

async function setClocks(
  plant: Plant,
  station: PlantStation,
  tally: Tally,
  { clock, say }: ProcessOrder,
): Promise<void> {
  for (const kind of clock) await clockJump(plant, station, tally, kind);
  say(`clock: ${JSON.stringify(tally.clockJumps)}`);
}

async function strikeDisk(disk: DiskFaults, station: PlantStation, tally: Tally, order: ProcessOrder): Promise<void> {
  await disk.run(order.disk, station);
  order.say(`disk: ${JSON.stringify(tally.diskFaults)}`);
}

/** Lots with kills, every other one over a page cache that is lost with each death of the station. */
async function killAll(plant: Plant, station: PlantStation, tally: Tally, order: ProcessOrder): Promise<void> {
  const { kills, networkFaults, boards, seed, stop, say } = order;
  const random = new SeededRandom(seed, 'lots');
  const lots = new KillLots(plant, station, tally);
  const lossy = lossyCache(plant, station, tally);
  const done = () => killsOf(tally) >= kills && networkCount(plant) >= networkFaults;
  // A lot in which nothing strikes is a fault of the harness.
  for (let lot = 0; !done() && !stop.aborted && lot < kills + networkFaults; lot++) {
    const count = random.between(...boards);
    await lots.run({ boards: count, blows: count, ...(lot % 2 === 1 && lossy) });
    look(plant, station, tally);
    say(`${killsOf(tally)} kills, ${networkCount(plant)} network faults, ${tally.violations.length} violations`);
  }
  if (!done()) tally.notRun.push(`${kills} kills and ${networkFaults} network faults: it was stopped before`);
}

function lossyCache(plant: Plant, station: PlantStation, tally: Tally) {
  if (process.platform !== 'linux') {
    tally.notRun.push('lost page cache (Linux only)');
    return null;
  }
  const env = { LD_PRELOAD: buildShim('page-cache', plant.dir), KEYLINE_CACHE_FOLDER: station.data };
  const killed = () => {
    const writes = losePageCache(station.data);
    tally.writesLost += writes;
    if (writes > 0) tally.pageCacheLosses += 1;
  };
  return { env, killed };
}

function networkOf({ stations }: Plant): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { door } of stations)
    for (const [kind, n] of Object.entries(door.counts)) sum[kind] = (sum[kind] ?? 0) + n;
  return sum;
}

function networkCount(plant: Plant): number {
  return Object.values(networkOf(plant)).reduce((sum, n) => sum + n, 0);
}

function look(plant: Plant, station: PlantStation, tally: Tally, over = false): void {
  tally.violations.push(...judgeStation(station, plant.serviceBooks, over));
}

async function verdict(plant: Plant, tally: Tally): Promise<ProcessRun> {
  const outcomes: Record<string, number> = {};
  for (const station of plant.stations) {
    await station.command('sync');
    look(plant, station, tally, true);
    tally.violations.push(...station.door.front.violations);
    for (const [end, n] of Object.entries(outcomesOf(station.books))) outcomes[end] = (outcomes[end] ?? 0) + n;
  }
  const devices = Object.values(outcomes).reduce((sum, n) => sum + n, 0);
  return { ...tally, network: networkOf(plant), devices, outcomes };
}
