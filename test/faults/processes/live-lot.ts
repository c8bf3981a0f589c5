// One lot on real ptys: boards in one process, the station in another, and a look at how far it is by its audit events.
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { delay, endOf, firstLine } from '../programs.ts';
import type { Plant } from './plant.ts';
import type { PlantStation, StationRun } from './plant-station.ts';
import type { Tally } from './tally.ts';

const LOOK_MS = 10;
/** Nothing new on record for so long: a person looks, and takes the boards out. Twice a board's longest silence. */
const STUCK_MS = 30_000;
/** Starts of a station that ends by itself before its lot is done. */
const MOST_STARTS = 5;

export interface LiveLotOrder {
  readonly boards: number;
  /** Boards that are wanted; absent: these. With more the line does not end by itself. */
  readonly quantity?: number;
  /** Of the boards: the same seed brings the same hardware ids. */
  readonly seed: number;
  /** For the station's program. */
  readonly env?: NodeJS.ProcessEnv;
}

export class LiveLot {
  readonly lotId: string;
  readonly station: PlantStation;
  /** Folder of the ports. */
  readonly dir: string;
  readonly #plant: Plant;
  readonly #order: LiveLotOrder;
  #run: StationRun | null = null;
  #devices: ChildProcess | null = null;

  private constructor(plant: Plant, station: PlantStation, lotId: string, order: LiveLotOrder) {
    this.#plant = plant;
    this.#order = order;
    this.station = station;
    this.lotId = lotId;
    this.dir = join(plant.dir, `bench-${lotId}`);
    station.boards.push(join(this.dir, 'devices'));
  }

  /** The boards are in their slots; no line runs yet. */
  static async make(plant: Plant, station: PlantStation, order: LiveLotOrder): Promise<LiveLot> {
    const lotId = await station.newLot(order.quantity ?? order.boards);
    const lot = new LiveLot(plant, station, lotId, order);
    await lot.startDevices();
    return lot;
  }

  /** The same folder brings the same boards again, with what they kept. */
  async startDevices(): Promise<void> {
    const { boards, seed } = this.#order;
    const bench = ['--slots', String(boards), '--dir', this.dir, '--seed', String(seed)];
    this.#devices = this.#plant.programs.start(['simulate', ...bench, '--json']);
    await firstLine(this.#devices.stderr);
  }

  /** `env` beside that of the order. */
  startStation(env: NodeJS.ProcessEnv = {}): StationRun {
    const { boards, env: usual } = this.#order;
    this.#run = this.station.run(this.lotId, this.dir, boards, { ...usual, ...env });
    return this.#run;
  }

  get run(): StationRun {
    if (!this.#run) throw new Error('no station was started');
    return this.#run;
  }

  get devices(): ChildProcess {
    if (!this.#devices) throw new Error('no boards were started');
    return this.#devices;
  }

  /** By itself, or by a signal. */
  get ended(): boolean {
    const { exitCode, signalCode } = this.run.child;
    return exitCode !== null || signalCode !== null;
  }

  /** True once there are so many events after `since`; false where the station ended first, or nothing came for long. */
  async events(events: number, since: number, seen: (seq: number) => void = () => {}): Promise<boolean> {
    let last = since;
    for (let stillMs = 0; stillMs < STUCK_MS; stillMs += LOOK_MS) {
      const seq = this.station.lastSeq();
      seen(seq);
      if (seq > last) [last, stillMs] = [seq, 0];
      if (seq >= since + events) return true;
      if (this.ended) return false;
      await delay(LOOK_MS);
    }
    return false;
  }

  /** Until the station has ended by itself, started again where it was refused; the boards are put away. */
  async finish(tally: Tally, seen: (seq: number) => void = () => {}): Promise<void> {
    for (let starts = MOST_STARTS; ; starts--) {
      for (let seq = this.station.lastSeq(); !this.ended && (await this.events(1, seq, seen)); )
        seq = this.station.lastSeq();
      const code = await (this.ended ? endOf(this.run.child) : this.station.leave(this.run));
      const refused = this.run.refused();
      if (code === 0 || code === 1) break;
      if (refused === null || refused === 'FAULT' || starts === 0) {
        const ids = `${this.lotId} ended ${code} ${refused}: ${this.run.said.slice(-2).join(' | ')}`;
        tally.violations.push({ rule: 'everyRunEndsInWords', ids });
        break;
      }
      this.startStation();
    }
    seen(this.station.lastSeq());
    this.devices.kill('SIGTERM');
    await endOf(this.devices);
    await this.station.command('lot', 'close', this.lotId, '--write-off');
    tally.lots += 1;
  }
}
