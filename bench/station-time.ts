// What a station adds to each device that comes with the right firmware: one slot, virtual boards in a process of their
// own, the station in this one. Everything counts but idle waits for board, line and restart.
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { BenchRobot } from '../cli/practice/bench-robot.ts';
import { PRACTICE_RECIPES } from '../cli/practice/practice-plan.ts';
import { assert } from '../domain/errors.ts';
import { Recipe } from '../domain/recipe.ts';
import type { StationEvent } from '../domain/station-event.ts';
import { startSimulatorProcess } from '../simulator/simulator-process.ts';
import type { PortSource } from '../station/port/byte-port.ts';
import { benchStation } from './bench-station.ts';
import type { Figure } from './figure.ts';
import { type Waited, WatchedClock } from './watched-clock.ts';

/** Enough that the code is compiled for most of them, as it is on a line after its first minute. */
const DEVICES = 60;
const BAUD = 921_600;
/** Issue 2: the station's own share of a device. */
const LIMIT_MS = 50;

interface DeviceTime extends Waited {
  readonly jobMs: number;
  readonly stationMs: number;
  readonly cpuMs: number;
}

interface Begun extends Waited {
  readonly timeMs: number;
  readonly cpuMs: number;
}

export async function measureStationTime(): Promise<Figure[]> {
  const times = await timesOfDevices();
  const of = (name: string, pick: (time: DeviceTime) => number, means: string): Figure => ({
    ...{ name, unit: 'ms', values: times.map(pick), each: 'device', limit: null, judged: 'median', means },
  });
  return [
    {
      ...of(
        'Device: station time, right firmware aboard',
        (time) => time.stationMs,
        'From the opening of the port to the tile turning green, less the idle waits of the next two figures. In: messages, ' +
          'framing, decisions, signing, all durable commits. Out: what board, line and restart take; log file, checkpoints and ' +
          'outbox, which no device waits for.',
      ),
      limit: { bound: 'at most', value: LIMIT_MS },
    },
    of(
      'Device: waiting for its answers',
      (time) => time.answeredMs,
      `The board's own work and the line at ${BAUD} baud, idle.`,
    ),
    of(
      'Device: waiting on purpose',
      (time) => time.ranOutMs,
      'Waits that run their time: after a reset, before the board is asked again.',
    ),
    of('Device: the whole job', (time) => time.jobMs, 'Wall time: the sum of the three above.'),
    of(
      'Device: processor time of the station',
      (time) => time.cpuMs,
      `All threads of the process during the job, of ${cpus().length} cores; waiting for the disk is not in it.`,
    ),
  ];
}

async function timesOfDevices(): Promise<DeviceTime[]> {
  const clock = new WatchedClock();
  const times: DeviceTime[] = [];
  let begun: Begun | null = null;
  const bench = await benchStation(clock, (source) => noting(source, () => (begun = now(clock))));
  const recipe = Recipe.parse(JSON.parse(readFileSync(PRACTICE_RECIPES['on-chip'], 'utf8')));
  const { version, imageHash } = recipe.firmware;
  const ports = join(bench.dir, 'ports');
  const simulator = await startSimulatorProcess(
    {
      ...{ slots: 1, devices: DEVICES, dir: ports, stateDir: join(bench.dir, 'devices'), baud: BAUD, seed: 1 },
      ...{ faults: [], model: recipe.model, hardwareRevision: recipe.hardwareRevisions[0] ?? '' },
      firmware: { version, imageHash },
    },
    () => {},
  );
  try {
    const ended = Promise.withResolvers<void>();
    const robot = new BenchRobot(simulator, await simulator.list(), 1, {
      result: () => robot.done && ended.resolve(),
      bug: ended.reject,
    });
    bench.station.watch((event: StationEvent) => {
      if (event.type === 'job-ended') {
        assert(begun && event.outcome === 'passed', `a healthy board passes: ${event.code}`);
        times.push(between(begun, now(clock)));
      }
      robot.station(event);
    });
    await bench.createLot(DEVICES);
    await bench.station.startLine('tester', { lotId: 'L1', bench: { ports, slots: 1 } });
    robot.start();
    await Promise.race([ended.promise, bench.bug]);
    return times;
  } finally {
    await bench.close();
    await simulator.stop();
  }
}

/** Calls `begin` whenever a port is about to be opened: the start of a job. */
function noting(source: PortSource, begin: () => void): PortSource {
  return {
    list: () => source.list(),
    watch: (changed) => source.watch(changed),
    open(spot) {
      begin();
      return source.open(spot);
    },
  };
}

function now(clock: WatchedClock): Begun {
  const { user, system } = process.cpuUsage();
  return { ...clock.waited, timeMs: clock.monotonicMs(), cpuMs: (user + system) / 1000 };
}

function between(begun: Begun, ended: Begun): DeviceTime {
  const jobMs = ended.timeMs - begun.timeMs;
  const answeredMs = ended.answeredMs - begun.answeredMs;
  const ranOutMs = ended.ranOutMs - begun.ranOutMs;
  return { jobMs, answeredMs, ranOutMs, stationMs: jobMs - answeredMs - ranOutMs, cpuMs: ended.cpuMs - begun.cpuMs };
}
