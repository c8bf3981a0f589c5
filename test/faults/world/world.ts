// A deterministic world around the real station core: clock, chance, ports, stores, boards and service are the world's,
// and fail by its seed. One constructor, one seed; `run` plays it to the end and says what the checker found.
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolderAt } from '../../../db/data-folder.ts';
import { KeylineError } from '../../../domain/errors.ts';
import type { StoredImage } from '../../../simulator/device-record.ts';
import { practicePsk } from '../../../simulator/practice-psk.ts';
import type { Station } from '../../../station/station.ts';
import { readServiceBook, readStationBook, sha256, type Violation } from '../checker/books.ts';
import { judge } from '../checker/checker.ts';
import { Witness } from '../checker/witness.ts';
import { BenchTrouble } from './bench-trouble.ts';
import { boardHooks } from './board-hooks.ts';
import { Chance } from './chance.ts';
import { decideConflicts } from './deciding.ts';
import { FaultLanes } from './fault-lanes.ts';
import { Hands } from './hands.ts';
import { FIRST_LOT, layFolder, SecondLife } from './second-life.ts';
import { Sightings } from './sightings.ts';
import { StationLife } from './station-life.ts';
import { boardFacts, WorldBoard } from './world-board.ts';
import { WorldClock } from './world-clock.ts';
import { type Factory, type KeyMode, MODEL, REVISION, START_MS, STATION_ID } from './world-factory.ts';
import type { Strike, WorldOptions, WorldRun } from './world-run.ts';
import { WorldService } from './world-service.ts';
import { WorldSlot } from './world-slot.ts';

/** Of a hundred worlds: keys sealed to their boards without, and with, a factory secret; else made on the chip. */
const INJECTED = 25;
const WITH_SECRET = 20;
/** Faults strike within this time, milliseconds of the world. */
const STRIKING_MS = 150_000;
/** What is left then is finished within this time. */
const CALM_MS = 900_000;
/** Armed faults that find no occasion make room for others. */
const STIR_MS = 2_000;
/** Timers of one part of a run: twenty times the most that was seen. */
const MAX_TURNS = 400_000;

const OLD: StoredImage = { version: '0.9.0', imageHash: '0e'.repeat(32), fileSha256: null, identity: true };
const BARE: StoredImage = { version: '0.1.0', imageHash: '0b'.repeat(32), fileSha256: null, identity: false };

class Stuck extends Error {}

export class World {
  readonly boards: WorldBoard[] = [];
  readonly #seed: number;
  readonly #factory: Factory;
  readonly #options: WorldOptions;
  readonly #chance: Chance;
  readonly #clock = new WorldClock(START_MS);
  readonly #dir: string;
  readonly #keyMode: KeyMode;
  readonly #slots: readonly WorldSlot[];
  readonly #lanes: FaultLanes;
  readonly #sightings: Sightings;
  readonly #service: WorldService;
  readonly #witness: Witness;
  readonly #life: StationLife;
  readonly #trouble: BenchTrouble;
  readonly #trace: string[] = [];
  readonly #strikes: Strike[] = [];
  readonly #violations: Violation[] = [];
  readonly #second: SecondLife;
  /** Under way in real time; the world's own stands still. */
  readonly #outside = new Set<Promise<unknown>>();
  #lastOutside: Promise<unknown> = Promise.resolve();
  #hands: Hands | null = null;
  #calmed = false;
  #signed = 0;

  constructor(seed: number, factory: Factory, options: WorldOptions = {}) {
    this.#seed = seed;
    this.#factory = factory;
    this.#options = options;
    const chance = new Chance(seed, 'world');
    this.#chance = chance;
    this.#keyMode = options.keyMode ?? (options.plain ? 'on-chip' : drawKeyMode(new Chance(seed, 'keys')));
    this.#dir = join(factory.dir, `world-${seed}`);
    const computer = { folder: join(this.#dir, 'station'), state: join(this.#dir, 'state') };
    layFolder(computer);
    copyFileSync(factory.stationBooks, this.#stationBooks);
    copyFileSync(factory.serviceBooks, this.#serviceBooks);
    const say = (line: string) => void this.#trace.push(`${this.#clock.monotonicMs} ${line}`);
    const clock = this.#clock.view();
    const faults = options.faults ?? chance.between(14, 26);
    const witness = new Witness(this.#stationBooks);
    const lanes = new FaultLanes(new Chance(seed, 'lanes'), faults, (kind, number) => {
      say(`fault ${number} ${kind}`);
      const { life = '', running } = this.boards[0]?.state.record ?? {};
      this.#strikes.push({ kind, after: witness.lastEvent(), life, firmware: running?.version ?? '' });
    });
    const sightings = new Sightings(() => this.#clock.monotonicMs, say);
    const service = new WorldService(this.#serviceBooks, factory, { clock, chance, lanes, sightings });
    const slots = Array.from(
      { length: options.slots ?? chance.between(2, 4) },
      (_, i) =>
        new WorldSlot(i + 1, {
          ...{ clock, chance, lanes, sightings },
          crash: (fault) => this.#life.crash(fault),
          pulledOut: (board, slot) => {
            this.#hands?.putAway(board, 'again', slot);
            this.#life.portsChanged();
          },
        }),
    );
    const shared = { chance, clock: this.#clock, lanes, sightings, witness, service, slots, say };
    this.#lanes = lanes;
    this.#sightings = sightings;
    this.#witness = witness;
    this.#service = service;
    this.#slots = slots;
    this.#life = new StationLife({
      ...{ ...shared, seed, factory, computer, violations: this.#violations },
      died: () => this.#hands?.forget(),
      reopening: () => this.#judge(false),
      stage: (slot) => this.#stage(slot),
      outside: (work) => this.#takesTime(work),
      copied: () => witness.copied(),
    });
    this.#second = new SecondLife(new Chance(seed, 'second life'), {
      ...{ ...shared, seed, factory, computer, life: this.#life, boards: this.boards, dir: this.#dir },
      violation: (rule, ids) => this.#violate(rule, ids),
      outside: (work) => this.#takesTime(work),
      pause: (ms) => this.#pause(ms),
      judge: () => this.#judge(false),
      createLot: (station, lotId, serialRange) => this.#createLot(station, lotId, serialRange),
    });
    this.#trouble = new BenchTrouble({
      ...{ ...shared, boards: this.boards },
      hands: () => this.#hands,
      changed: () => this.#life.portsChanged(),
      addTwin: ({ hwid }) => this.#addBoard(hwid, say),
    });
    const boards = options.boards ?? chance.between(3, 5);
    for (let i = 0; i < boards; i++) this.#addBoard(null, say);
  }

  get #stationBooks(): string {
    return dataFolderAt(join(this.#dir, 'station')).stationDatabase;
  }

  get #serviceBooks(): string {
    return join(this.#dir, 'service.db');
  }

  #violate(rule: string, ids: string): void {
    this.#violations.push({ rule, ids });
  }

  /** One after the other, in the order in which they were begun: real time decides nothing. */
  #takesTime<T>(work: () => Promise<T>): Promise<T> {
    const settled = this.#lastOutside.then(work).finally(() => this.#outside.delete(settled));
    this.#lastOutside = settled.catch(() => {});
    this.#outside.add(settled);
    return settled;
  }

  #addBoard(hwidOf: string | null, say: (line: string) => void): void {
    const chance = this.#chance;
    const name = `board-${this.boards.length + 1}`;
    const hwid = hwidOf ?? `4b4c${sha256(`${this.#seed}/${name}`).slice(0, 12)}`;
    const { plain = false, loaded = false } = this.#options;
    const image = loaded
      ? this.#factory.image
      : plain
        ? OLD
        : chance.percent(50)
          ? this.#factory.image
          : chance.percent(80)
            ? OLD
            : BARE;
    const psk = this.#keyMode === 'psk' ? practicePsk(hwid) : null;
    const drawn = plain ? {} : { locksAtRestart: chance.percent(20), bufSize: chance.pick([512, 1024, 1024]) };
    const traits = { ...drawn, psk };
    const description = { hwid, model: MODEL, hardwareRevision: REVISION, image };
    const hooks = boardHooks(
      {
        ...{ chance, lanes: this.#lanes, sightings: this.#sightings, witness: this.#witness, say },
        signsWrongly: this.#options.atEnrolment === 'signs-wrongly',
        slotOf: (board) => this.#slots.find((slot) => slot.board === board)?.number ?? null,
        enrolled: (board) => this.#enrolled(board),
      },
      () => made,
    );
    const made: WorldBoard = new WorldBoard(name, description, traits, hooks, this.#clock.view());
    this.boards.push(made);
  }

  #enrolled(board: WorldBoard): void {
    if (this.#options.atEnrolment !== 'leaves') return;
    this.#clock.after(0, () => {
      this.#slots.find((slot) => slot.board === board)?.remove();
      this.#hands?.putAway(board, 'bin');
      this.#life.portsChanged();
    });
  }

  async run(): Promise<WorldRun> {
    try {
      this.#life.start();
      await this.#pump(this.#makeLot());
      this.#hands = this.#newHands();
      if (this.#options.faults === undefined) this.#second.begin();
      this.#stirring();
      this.#clock.after(STRIKING_MS, () => this.#calm());
      await this.#pump(this.#boardsDone(this.#hands));
      await this.#pump(this.#finish());
      this.#judge(true);
    } catch (error) {
      if (!(error instanceof Stuck)) throw error;
      if (this.#violations.length === 0)
        this.#violations.push({ rule: 'everyBoardGetsItsLastWord', ids: error.message });
    } finally {
      this.#close();
    }
    return {
      seed: this.#seed,
      counts: this.#lanes.counts,
      violations: this.#violations,
      trace: this.#trace,
      strikes: this.#strikes,
      keys: this.boards.map(({ keys }) => keys.length),
      starts: this.#life.starts,
      passed: this.boards.filter(({ whereabouts }) => whereabouts === 'done').length,
      signed: this.#signed,
    };
  }

  #close(): void {
    this.#life.end();
    this.#witness.close();
    this.#service.close();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  /** Lets time pass until it settles: one timer after the other, and everything that follows of each. */
  async #pump<T>(done: Promise<T>): Promise<T> {
    let settled = false;
    const end = done.finally(() => {
      settled = true;
    });
    end.catch(() => {});
    for (let turn = 0; turn < MAX_TURNS; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#outside.size > 0) {
        await Promise.allSettled(this.#outside);
        continue;
      }
      this.#violations.push(...this.#witness.violations.splice(0));
      if (this.#violations.length > 0) throw new Stuck('a rule is broken');
      if (settled) return end;
      if (!this.#clock.next()) throw new Stuck('nothing more will happen');
    }
    throw new Stuck(`after ${MAX_TURNS} turns: ${this.#standing()}`);
  }

  #standing(): string {
    const boards = this.boards.map(({ name, whereabouts }) => `${name} ${whereabouts}`);
    const slots = [...this.#life.views.values()].map(({ slot, state, code }) => `slot ${slot} ${state} ${code}`);
    return [...boards, ...slots, JSON.stringify(this.#life.line)].join(', ');
  }

  #newHands(): Hands {
    return new Hands({
      ...{ chance: this.#chance, slots: this.#slots, boards: this.boards, views: this.#life.views },
      lotId: () => this.#second.lotId,
      nowMs: () => this.#clock.monotonicMs,
      after: (delayMs, act) => void this.#clock.after(delayMs, act),
      station: () => this.#life.station,
      fault: (error) => this.#life.answered(error),
      changed: () => this.#life.portsChanged(),
      line: () => this.#life.line,
    });
  }

  /** As often as it takes: the station may die of it. */
  async #makeLot(): Promise<void> {
    const chance = this.#chance;
    const quantity = this.#options.quantity ?? chance.between(1, this.boards.length);
    const spare = this.#options.spare ?? chance.between(0, 3);
    const serialRange = `S-001..S-${String(quantity + spare + 3).padStart(3, '0')}`;
    const order = { quantity, spare, stopAfter: chance.pick([0, 0, 2, 3]) };
    for (;;) {
      try {
        const { station } = this.#life;
        if (station) {
          await this.#createLot(station, FIRST_LOT, serialRange, order);
          return;
        }
      } catch (error) {
        if (error instanceof KeylineError && error.code === 'LOT_EXISTS') return;
        this.#life.answered(error);
      }
      await this.#pause(200);
    }
  }

  #createLot(
    station: Station,
    lotId: string,
    serialRange: string,
    terms: { quantity: number; spare: number; stopAfter: number } = {
      quantity: this.boards.length,
      spare: 1,
      stopAfter: 0,
    },
  ): Promise<unknown> {
    const recipePath = this.#factory.recipePaths[this.#keyMode];
    const order = { lotId, orderId: `W-${lotId}`, practice: true, serialRange, release: true, recipePath, ...terms };
    return station.lots.create('hands', order);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#clock.after(ms, resolve));
  }

  async #boardsDone(hands: Hands): Promise<void> {
    while (!hands.done || this.#second.busy) {
      if (hands.done) this.#second.strike();
      await this.#pause(250);
    }
    this.#calm();
  }

  #stirring(): void {
    this.#clock.after(STIR_MS, () => {
      if (this.#calmed) return;
      this.#lanes.stir();
      this.#stirring();
    });
  }

  /** Somewhere in the stage that begins now. */
  #stage(slot: number): void {
    this.#second.stage();
    const fault = this.#lanes.at('stage');
    if (fault) this.#clock.after(this.#chance.between(0, 40), () => this.#trouble.strike(fault, slot));
  }

  /** Nothing strikes any more: whatever is half done has to come to its end now. */
  #calm(): void {
    if (this.#calmed) return;
    this.#calmed = true;
    this.#lanes.stop();
    this.#trouble.setClockRight();
    this.#clock.after(CALM_MS, () => this.#violate('everyBoardGetsItsLastWord', this.#standing()));
  }

  /** All is sent, the lot is closed, the station ends in order. */
  async #finish(): Promise<void> {
    this.#hands?.rest();
    for (;;) {
      try {
        const { station } = this.#life;
        if (station) {
          await station.stopLine();
          await station.sync();
          await decideConflicts(station);
          this.#signed = station.commandLot('hands', {
            ...{ lotId: this.#second.lotId ?? FIRST_LOT, command: 'close', because: null, writeOff: true },
          }).signatures;
          await station.sync();
          await station.close();
          this.#life.end();
          this.#service.close();
          return;
        }
      } catch (error) {
        this.#life.answered(error);
      }
      await this.#pause(1_000);
    }
  }

  #judge(over: boolean): void {
    this.#violations.push(
      ...judge({
        station: readStationBook(this.#stationBooks),
        earlier: this.#second.earlier.map(readStationBook),
        service: readServiceBook(this.#serviceBooks),
        boards: this.boards.map(boardFacts),
        said: this.#witness.said,
        stationId: STATION_ID,
        over,
      }),
    );
  }
}

function drawKeyMode(chance: Chance): KeyMode {
  const drawn = chance.between(0, 99);
  return drawn < INJECTED ? 'injected' : drawn < INJECTED + WITH_SECRET ? 'psk' : 'on-chip';
}
