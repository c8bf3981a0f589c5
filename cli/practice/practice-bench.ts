// A practice bench without an end: boards, service and robot beside a station that it knows only by its socket, as on a
// real line. Starts the station's line, and gives it the next lot when the robot has filled one.
import { KeylineError } from '../../domain/errors.ts';
import { portSourceFrom } from '../../station/port/port-source.ts';
import { type StationApiClient, stationEvents } from '../station-client.ts';
import type { Use } from '../surroundings.ts';
import { BenchControl, type RealStation } from './bench-control.ts';
import { BenchSlots, type Boards } from './bench-slots.ts';
import { EndlessRobot } from './endless-robot.ts';
import { openPracticeFolder, practicePaths } from './practice-folder.ts';
import { makeLot } from './practice-lot.ts';
import { PracticeNetwork } from './practice-network.ts';
import type { PracticeKeyMode } from './practice-plan.ts';
import { startBoards } from './practice-run.ts';
import { type ServiceProcess, startServiceProcess } from './service-process.ts';

/** Good boards that lie ready at a time; when they are used up others are brought. A process holds each that it used. */
const BOARDS = 1_000;
/** Boards of a practice lot. */
const LOT_BOARDS = 400;
/** Same failures in a row that hold a practice lot. */
const STOP_AFTER = 3;
const BAUD = 921_600;
const KEY_MODE: PracticeKeyMode = 'on-chip';

export interface PracticeBenchOrder {
  readonly slots: number;
  /** Id of the n-th lot of this folder, from 1. */
  readonly lotName: (number: number) => string;
  /** Boards of a lot; absent: 400. */
  readonly lotBoards?: number;
  /** The robot works from the start. */
  readonly automatic: boolean;
  readonly real: RealStation | null;
  readonly onBug: (bug: unknown) => void;
}

export class PracticeBench {
  readonly control: BenchControl;
  readonly #use: Use;
  readonly #order: PracticeBenchOrder;
  readonly #slots: BenchSlots;
  readonly #robot: EndlessRobot;
  readonly #network: PracticeNetwork;
  /** The station that it works at. */
  #station: StationApiClient | null = null;

  constructor(use: Use, order: PracticeBenchOrder, service: ServiceProcess, boards: Boards) {
    this.#use = use;
    this.#order = order;
    const open = () => openBoards(use, order.slots);
    this.#slots = new BenchSlots(order.slots, boards, open, () => this.control.changed());
    this.#robot = new EndlessRobot({
      ...{ clock: use.clock, slots: this.#slots, onBug: order.onBug },
      lotFull: (lotId) => void this.#nextLot(lotId),
    });
    const { service: serviceDir } = practicePaths(use.folder.path);
    this.#network = new PracticeNetwork(service, () => startServiceProcess(serviceDir, service.port));
    this.control = new BenchControl({
      ...{ slots: this.#slots, robot: this.#robot, network: this.#network, real: order.real },
      networkBack: () => this.#sendWaiting(),
      findPorts: () => findPorts(use),
    });
    if (order.automatic) this.#robot.set(true);
  }

  /** Works at this station until it goes; boards stay where they are until the next one comes. */
  async attend(api: StationApiClient): Promise<void> {
    const leaving = new AbortController();
    try {
      const events = stationEvents(api, leaving.signal);
      const first = events.next();
      await this.#startLine(api);
      this.#station = api;
      this.#robot.look(await api.status());
      for (let next = await first; !next.done; next = await events.next()) {
        this.#robot.station(next.value);
        if (next.value.type === 'line-changed' && next.value.running) this.#robot.look(await api.status());
      }
    } catch (error) {
      if (!(error instanceof KeylineError) || error.code !== 'STATION_GONE') throw error;
    } finally {
      this.#station = null;
      leaving.abort();
    }
  }

  /** Settles when boards and service have ended. */
  async close(): Promise<void> {
    await this.#slots.close();
    await this.#network.set(false);
  }

  /** The lot that was running goes on; without one a new one is made. */
  async #startLine(api: StationApiClient): Promise<void> {
    const { lineRunning, lot } = await api.status();
    if (lineRunning) return;
    const lotId = lot?.lotId ?? (await this.#makeLot(api));
    const { ports } = practicePaths(this.#use.folder.path);
    await api.line.start({ lotId, bench: { ports, slots: this.#order.slots } });
  }

  #makeLot(api: StationApiClient): Promise<string> {
    const { lotBoards = LOT_BOARDS, lotName } = this.#order;
    return makeLot(this.#use, api, { devices: lotBoards, stopAfter: STOP_AFTER, keyMode: KEY_MODE }, lotName);
  }

  /**
   * A lot that a person made is the person's to close. A station that goes meanwhile, or a person who was faster with a
   * lot: what there is then goes on.
   */
  async #nextLot(lotId: string): Promise<void> {
    const api = this.#station;
    if (api === null) return;
    try {
      const lots = await api.lots.list();
      if (!lots.some((_, index) => this.#order.lotName(index + 1) === lotId)) return;
      await api.line.stop();
      await this.#makeLot(api);
      await this.#startLine(api);
    } catch (error) {
      if (!(error instanceof KeylineError)) this.#order.onBug(error);
    }
  }

  /** Without a station, or when the service refuses, it goes at the station's own next try. */
  async #sendWaiting(): Promise<void> {
    try {
      await this.#station?.sync();
    } catch (error) {
      if (!(error instanceof KeylineError)) throw error;
    }
  }
}

/** The folder of `use` made ready when it is new, its service started, boards beside its slots. */
export async function openPracticeBench(use: Use, order: PracticeBenchOrder): Promise<PracticeBench> {
  const service = await openPracticeFolder(use);
  try {
    return new PracticeBench(use, order, service, await openBoards(use, order.slots));
  } catch (error) {
    await service.stop();
    throw error;
  }
}

/** New boards, as many of another model as there are slots. */
async function openBoards(use: Use, slots: number): Promise<Boards> {
  const faults = Array.from({ length: slots }, () => 'wrong-model');
  const seed = Buffer.from(use.random.bytes(4)).readUInt32BE();
  const plan = {
    slots,
    faults,
    seed,
    devices: BOARDS + slots,
    baud: BAUD,
    offlineAfter: null,
    stopAfter: STOP_AFTER,
    keyMode: KEY_MODE,
  };
  const { insert, eject, stop, list } = await startBoards(use, plan, () => {});
  return { insert, eject, stop, devices: await list() };
}

/** What is really plugged into this computer; nothing is a good answer. */
async function findPorts({ around, clock }: Use): Promise<{ ports: string; positions: string[] }> {
  const ports = around.platform === 'win32' ? 'COM*' : '/dev';
  const spots = await portSourceFrom(ports, 1, clock).list();
  return { ports, positions: spots.map(({ position }) => position) };
}
