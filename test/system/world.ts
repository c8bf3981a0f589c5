// A whole station in this process on a temporary data folder, with a simulated bench in a process of its own: what the
// system tests of the line have in common. No security service: those tests start the real programs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchRobot } from '../../cli/practice/bench-robot.ts';
import { dataFolderAt, openDataFolder } from '../../db/data-folder.ts';
import { lotFiles } from '../../db/lot-files.ts';
import { openStationStore } from '../../db/station-store.ts';
import type { StationEvent } from '../../domain/station-event.ts';
import { startSimulatorProcess } from '../../simulator/simulator-process.ts';
import { systemClock } from '../../station/clock.ts';
import { createCa, PRACTICE_PASSPHRASE, unlockCa } from '../../station/identity/ca-folder.ts';
import { localIssuer } from '../../station/identity/local-issuer.ts';
import { portSourceFrom } from '../../station/port/port-source.ts';
import { systemRandom } from '../../station/random.ts';
import { Station } from '../../station/station.ts';

const RECIPE = new URL('../../examples/aq-200/recipe.json', import.meta.url).pathname;

export interface WorldOptions {
  readonly devices: number;
  readonly slots: number;
  readonly faults?: 'all' | readonly string[];
  readonly seed?: number;
  readonly baud?: number;
}

/** Runs one practice lot to its end and says how each device came out. */
export async function runLot({ devices, slots, faults = [], seed = 1, baud = 921_600 }: WorldOptions) {
  const dir = mkdtempSync(join(tmpdir(), 'keyline-world-'));
  const folder = openDataFolder(join(dir, 'station'), process.platform);
  const { store, close } = openStationStore(folder.stationDatabase);
  store.transaction(() =>
    store.insertStation({ stationId: 'KL-test', practice: true, epoch: 1, createdMs: systemClock.nowMs() }),
  );
  const ca = await createCa(folder.keys, {
    practice: true,
    organization: 'Example Works',
    passphrase: PRACTICE_PASSPHRASE,
    nowMs: systemClock.nowMs(),
    random: systemRandom,
  });
  const bugs: unknown[] = [];
  const events: StationEvent[] = [];
  const station = new Station({
    clock: systemClock,
    random: systemRandom,
    stores: { records: store, outbox: store, enrolments: store, files: lotFiles(dataFolderAt(folder.path)) },
    ports: (text, count) => portSourceFrom(text, count, systemClock),
    issuer: localIssuer(ca, await unlockCa(ca, PRACTICE_PASSPHRASE), systemRandom),
    connect: null,
    checkpoints: null,
    hasSpace: () => true,
    log: { info() {}, warn() {}, error() {} },
    onBug: (bug) => bugs.push(bug),
  });
  const ports = join(dir, 'ports');
  let robot: BenchRobot | null = null;
  const simulator = await startSimulatorProcess(
    {
      ...{
        slots,
        devices,
        dir: ports,
        stateDir: join(dir, 'devices'),
        baud,
        seed,
        faults: faults === 'all' ? 'all' : [...faults],
      },
      ...{ model: 'AQ-200', hardwareRevision: 'C', firmware: null },
    },
    (event) => robot?.simulated(event),
  );
  const ended = Promise.withResolvers<void>();
  const bench = new BenchRobot(simulator, await simulator.list(), slots, {
    result: () => bench.done && ended.resolve(),
    bug: ended.reject,
  });
  robot = bench;
  station.watch((event) => {
    events.push(event);
    bench.station(event);
    if (bugs.length > 0) ended.reject(bugs[0]);
  });
  await station.createLot('tester', {
    ...{ lotId: 'L1', orderId: 'W1', practice: true, quantity: devices, spare: devices, stopAfter: 0, release: true },
    ...{ serialRange: `T-0001..T-${String(devices * 2).padStart(4, '0')}`, recipePath: RECIPE },
  });
  await station.startLine({ lotId: 'L1', ports, slots });
  bench.start();
  await ended.promise;
  await station.close();
  const listed = await simulator.list();
  await simulator.stop();
  const status = station.status();
  close();
  rmSync(dir, { recursive: true, force: true });
  return { results: bench.results, listed, events, status };
}
