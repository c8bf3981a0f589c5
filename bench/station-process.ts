// What the station process costs: `keyline run` as a process of its own, service and boards in others, with one slot and
// with 64. The robot that moves the boards sits here and hears the station over its socket.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { BenchRobot } from '../cli/practice/bench-robot.ts';
import { openPracticeFolder, practicePaths } from '../cli/practice/practice-folder.ts';
import { PRACTICE_RECIPES } from '../cli/practice/practice-plan.ts';
import { type StationApiClient, socketClient, stationEvents } from '../cli/station-client.ts';
import { systemWorld, useOf } from '../cli/surroundings.ts';
import { assert } from '../domain/errors.ts';
import { pause } from '../domain/seams.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../simulator/simulator-process.ts';
import { socketAddress } from '../station/api/socket-address.ts';
import { systemClock } from '../station/clock.ts';
import type { Figure } from './figure.ts';

const RUNS = 3;
const BAUD = 921_600;
/** Boards of one run, by slots: each slot of 64 is used twice. */
const BOARDS = { 1: 8, 64: 128 } as const;
/** Issue 2: what the station process may hold with 64 slots. */
const LIMIT_MB = 300;
const KEYLINE = fileURLToPath(new URL('../cli/bin.mjs', import.meta.url));
const USAGE_AT_EXIT = new URL('./usage-child.ts', import.meta.url).href;
/** Reading the code and the CA takes a second on a slow machine. */
const SOCKET_LIMIT_MS = 30_000;
const LOOK_AGAIN_MS = 50;

const Usage = z.object({ maxRssKb: z.number(), cpuMs: z.number() });

interface Cost {
  readonly rssMb: number;
  readonly cpuPercent: number;
  readonly boardsPerMinute: number;
}

export async function measureStationProcess(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const slots of [1, 64] as const) {
    const costs: Cost[] = [];
    for (let run = 0; run < RUNS; run++) costs.push(await runLot(slots));
    figures.push(...figuresOf(slots, costs));
  }
  return figures;
}

function figuresOf(slots: 1 | 64, costs: readonly Cost[]): Figure[] {
  const figure = { each: 'run', limit: null } as const;
  const name = `Process, ${slots === 1 ? '1 slot' : `${slots} slots`}`;
  const what = `keyline run, ${BOARDS[slots]} boards a run with the whole work, at ${BAUD} baud`;
  return [
    {
      ...figure,
      ...{ name: `${name}: peak memory`, unit: 'MB', judged: 'worst' },
      values: costs.map(({ rssMb }) => rssMb),
      limit: slots === 64 ? { bound: 'at most', value: LIMIT_MB } : null,
      means: `Largest resident set of the process (${what}). Boards, service and robot are other processes.`,
    },
    {
      ...figure,
      ...{ name: `${name}: processor`, unit: '% of one core', values: costs.map(({ cpuPercent }) => cpuPercent) },
      ...{ judged: 'median', means: 'User and system time of the process over its whole life, its start included.' },
    },
    {
      ...figure,
      ...{
        name: `${name}: pace`,
        unit: 'boards a minute',
        values: costs.map(({ boardsPerMinute }) => boardsPerMinute),
      },
      ...{ judged: 'median', means: 'From start to end of the process; boards and station share the machine.' },
    },
  ];
}

async function runLot(slots: 1 | 64): Promise<Cost> {
  const dir = mkdtempSync(join(tmpdir(), 'keyline-bench-'));
  const data = join(dir, 'data');
  const use = useOf(systemWorld, { data });
  const service = await openPracticeFolder(use);
  const { ports, devices: stateDir } = practicePaths(data);
  const devices = BOARDS[slots];
  const simulator = await startSimulatorProcess(
    {
      ...{ slots, devices, dir: ports, stateDir, baud: BAUD, seed: 1, faults: [] },
      ...{ model: 'AQ-200', hardwareRevision: 'C', firmware: null },
    },
    () => {},
  );
  try {
    const range = `B-0001..B-${String(devices * 2).padStart(4, '0')}`;
    const quantity = ['--quantity', String(devices), '--range', range];
    await keyline([
      ...['lot', 'create', 'L1', '--practice', '--data', data, '--recipe', PRACTICE_RECIPES['on-chip']],
      ...quantity,
      '--release',
    ]);
    return await runStation(data, ports, slots, simulator);
  } finally {
    await simulator.stop();
    await service.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function keyline(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [KEYLINE, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'close');
  assert(code === 0, `keyline ${args.slice(0, 2).join(' ')} succeeds`);
}

async function runStation(data: string, ports: string, slots: 1 | 64, simulator: SimulatorProcess): Promise<Cost> {
  const startedMs = systemClock.monotonicMs();
  const args = ['run', '--data', data, '--lot', 'L1', '--ports', ports, '--slots', String(slots), '--json'];
  const station = spawn(process.execPath, ['--import', USAGE_AT_EXIT, KEYLINE, ...args], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ended = once(station, 'close');
  const used = text(station.stdio[3] as Readable);
  await workBoards(data, slots, simulator, ended);
  const [code] = await ended;
  const ms = systemClock.monotonicMs() - startedMs;
  assert(code === 0, `every board passes: the station ends with ${code}`);
  const { maxRssKb, cpuMs } = Usage.parse(JSON.parse(await used));
  return { rssMb: maxRssKb / 1024, cpuPercent: (100 * cpuMs) / ms, boardsPerMinute: (60_000 * BOARDS[slots]) / ms };
}

/** Moves the boards until the station has ended. */
async function workBoards(
  data: string,
  slots: number,
  simulator: SimulatorProcess,
  ended: Promise<unknown>,
): Promise<void> {
  const address = await reachable(data);
  const client = socketClient(address);
  const over = new AbortController();
  try {
    const bugs = Promise.withResolvers<never>();
    const robot = new BenchRobot(simulator, await simulator.list(), slots, { result: () => {}, bug: bugs.reject });
    const following = follow(client.api, over.signal, robot);
    await client.api.status();
    robot.start();
    await Promise.race([ended, following, bugs.promise]);
  } finally {
    over.abort();
    await client.close();
  }
}

async function follow(api: StationApiClient, signal: AbortSignal, robot: BenchRobot): Promise<void> {
  try {
    for await (const event of stationEvents(api, signal)) robot.station(event);
  } catch (error) {
    // The station has ended: how, its exit code says.
    if (!signal.aborted && !(error instanceof Error && 'code' in error && error.code === 'STATION_GONE')) throw error;
  }
}

/** The address of the station's socket, as soon as it answers there with a running line. */
async function reachable(data: string): Promise<string> {
  const path = join(data, 'socket');
  const endMs = systemClock.monotonicMs() + SOCKET_LIMIT_MS;
  while (systemClock.monotonicMs() < endMs) {
    const address = socketAddress({ path, platform: process.platform });
    if (address !== null && (await lineRuns(address))) return address;
    await pause(systemClock, LOOK_AGAIN_MS);
  }
  throw new Error('broken promise: the station is at its socket within its limit');
}

async function lineRuns(address: string): Promise<boolean> {
  const client = socketClient(address);
  try {
    return (await client.api.status()).lineRunning;
  } catch {
    // Not yet there.
    return false;
  } finally {
    await client.close();
  }
}
