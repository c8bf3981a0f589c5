// The lot of a practice run: the station in this process, a robot for hands, and a bound on standing still.
import { openQueries } from '../../db/queries.ts';
import { errorRow, KeylineError } from '../../domain/errors.ts';
import type { StationEvent } from '../../domain/station-event.ts';
import type { ControlEvent } from '../../simulator/control-messages.ts';
import { type HostedStation, hostStation } from '../host-station.ts';
import { type StationApiClient, stationEvents } from '../station-client.ts';
import type { Use } from '../surroundings.ts';
import { BenchRobot, type DeviceResult } from './bench-robot.ts';
import { practicePaths } from './practice-folder.ts';
import { type Bench, type PracticeOptions, type PracticeRun, practiceRecipe } from './practice-plan.ts';

/** Longest that a bench may stand without any event: thrice the slowest step of a job with its retries. */
const SILENT_MS = 180_000;

export interface LotResult {
  readonly results: readonly DeviceResult[];
  readonly waitingPeak: number;
  /** Acknowledged to the station when the line ended. */
  readonly registered: number;
}

/** Runs one new lot to its end. `listen` gets who wants to hear what the bench does. */
export async function runLot(
  run: PracticeRun,
  bench: Bench,
  listen: (listener: (event: ControlEvent) => void) => void,
): Promise<LotResult> {
  const { use, options } = run;
  const station = await hostStation(use, { practice: true, unlock: true });
  const watching = new AbortController();
  const ended = Promise.withResolvers<void>();
  const standsStill = () => ended.reject(new KeylineError('NO_ANSWER', 'the practice bench stands still'));
  const stillness = new Stillness(use, standsStill);
  try {
    const lotId = await makeLot(use, station.client.api, options);
    const devices = await bench.simulator.list();
    const robot = new BenchRobot(bench.simulator, devices, options.slots, {
      result(result, done) {
        run.say(resultText(result, done, devices.length));
        if (done === options.offlineAfter) goOffline(run, bench).catch(ended.reject);
        if (robot.done) ended.resolve();
      },
      bug: ended.reject,
    });
    listen((event) => robot.simulated(event));
    const watched = watch(station, watching.signal, (event) => {
      stillness.over();
      if (event.type === 'lot-changed' && event.lot.state === 'held')
        ended.reject(new KeylineError('LOT_HELD', event.lot.heldBecause ?? ''));
      robot.station(event);
    });
    const line = { ports: practicePaths(use.folder.path).ports, slots: options.slots };
    await station.client.api.line.start({ lotId, bench: line });
    robot.start();
    await Promise.race([ended.promise, watched, station.fault]);
    await station.client.api.line.stop();
    const { sync } = await station.client.api.status();
    return { results: robot.results, waitingPeak: sync.waiting, registered: sync.registered };
  } finally {
    watching.abort();
    await station.close();
    stillness.end();
  }
}

/**
 * A new lot with the next range: every serial twice as many as boards, since a board may spend one and fail. `name` gives
 * its id by its number at this station, from 1.
 */
export async function makeLot(
  use: Use,
  api: StationApiClient,
  options: Pick<PracticeOptions, 'devices' | 'stopAfter' | 'boards'>,
  name = (number: number) => `P${number}`,
): Promise<string> {
  const { devices, stopAfter } = options;
  const records = openQueries(use.folder.stationDatabase);
  const before = records.lots(use.clock.nowMs()).map(({ lot }) => lot);
  records.close();
  // One released lot a station: an earlier run's lot lets no more boards in.
  const released = before.find(({ state }) => state === 'released');
  const hold = { command: 'hold', because: 'a new practice lot', writeOff: false } as const;
  if (released) await api.lot.command({ lotId: released.lotId, ...hold });
  const number = before.length + 1;
  const lotId = name(number);
  const digits = Math.max(4, String(devices * 2).length);
  const serial = (n: number) => `PR${number}-${String(n).padStart(digits, '0')}`;
  await api.lot.create({
    ...{ lotId, orderId: lotId, practice: true, quantity: devices, spare: devices, stopAfter, release: true },
    ...{ serialRange: `${serial(1)}..${serial(devices * 2)}`, recipePath: practiceRecipe(options) },
  });
  return lotId;
}

async function watch(station: HostedStation, signal: AbortSignal, hear: (event: StationEvent) => void): Promise<never> {
  for await (const event of stationEvents(station.client.api, signal)) hear(event);
  return new Promise(() => {});
}

async function goOffline(run: PracticeRun, bench: Bench): Promise<void> {
  run.say('The security service goes away: the factory is offline.');
  const { service } = bench;
  bench.service = null;
  await service?.stop();
}

function resultText({ device, outcome, code, deviceSerial }: DeviceResult, done: number, all: number): string {
  const count = `${String(done).padStart(String(all).length)} of ${all}`;
  const row = code === null ? null : errorRow(code);
  return `${count}  ${deviceSerial ?? device.hwid}  ${outcome === 'passed' ? 'Passed' : `${row?.tile ?? outcome}. ${row?.happened ?? ''}`}`;
}

/** Nothing on a bench waits without a bound: standing still for too long ends the run. */
class Stillness {
  readonly #use: Use;
  readonly #tooLong: () => void;
  #cancel: () => void = () => {};

  constructor(use: Use, tooLong: () => void) {
    this.#use = use;
    this.#tooLong = tooLong;
    this.over();
  }

  over(): void {
    this.#cancel();
    this.#cancel = this.#use.clock.after(SILENT_MS, this.#tooLong);
  }

  end(): void {
    this.#cancel();
  }
}
