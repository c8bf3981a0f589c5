// A deterministic world around the real station core: clock, chance, ports, stores, boards and service are the world's,
// and fail by its seed. One constructor, one seed; `run` plays it to the end and says what the checker found.
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '../../../domain/bytes.ts';
import { KeylineError } from '../../../domain/errors.ts';
import type { SlotView, StationEvent } from '../../../domain/station-event.ts';
import { SMP_RC } from '../../../protocol/standard-groups.ts';
import type { StoredImage } from '../../../simulator/device-record.ts';
import type { DeviceHooks } from '../../../simulator/device-state.ts';
import { isItemWrite, isWrite } from '../../../simulator/faults/request.ts';
import { smpError } from '../../../simulator/reply.ts';
import { STORE_GROUPS } from '../../../simulator/store-groups.ts';
import type { PortSource } from '../../../station/port/byte-port.ts';
import type { BoardFacts, Violation } from '../checker/books.ts';
import { readServiceBook, readStationBook, sha256 } from '../checker/books.ts';
import { judge } from '../checker/checker.ts';
import { Witness } from '../checker/witness.ts';
import { type Lie, lieFor } from './board-lies.ts';
import { Chance } from './chance.ts';
import { Crash, PlannedBug } from './crash.ts';
import type { FaultKind } from './fault-kinds.ts';
import { type Fault, type FaultCount, FaultLanes } from './fault-lanes.ts';
import { type Bench, Hands } from './hands.ts';
import { memoryFiles } from './memory-files.ts';
import { WorldBoard } from './world-board.ts';
import { WorldClock } from './world-clock.ts';
import { type Factory, MODEL, REVISION, START_MS, STATION_ID } from './world-factory.ts';
import { WorldService } from './world-service.ts';
import { type SlotNote, WorldSlot } from './world-slot.ts';
import { Program, type ProgramWorld } from './world-station.ts';

export interface WorldOptions {
  /** Faults that the run draws; fewer strike where it ends before. */
  readonly faults?: number;
  readonly only?: readonly FaultKind[];
  readonly boards?: number;
  readonly slots?: number;
  readonly quantity?: number;
  readonly spare?: number;
}

export interface WorldRun {
  readonly seed: number;
  readonly counts: ReadonlyMap<FaultKind, FaultCount>;
  readonly violations: readonly Violation[];
  /** What happened, in words that a second run of the seed says again. */
  readonly trace: readonly string[];
  readonly starts: number;
  readonly passed: number;
}

const LOT = 'L-1';
/** Faults strike within this time, milliseconds of the world. */
const STRIKING_MS = 150_000;
/** What is left is finished within this time after the last fault. */
const CALM_MS = 900_000;
/** Armed faults that find no occasion make room for others. */
const STIR_MS = 2_000;
/** What a run may take in timers: twenty times the longest that was seen. */
const MAX_TURNS = 400_000;

type Note =
  | SlotNote
  | { readonly type: 'call' }
  | { readonly type: 'restart' }
  | { readonly type: 'event'; readonly event: StationEvent };

interface Expected {
  readonly fault: Fault;
  readonly untilMs: number;
  readonly fits: (note: Note) => boolean;
}

export class World implements ProgramWorld, Bench {
  readonly seed: number;
  readonly factory: Factory;
  readonly chance: Chance;
  readonly clockOfAll = new WorldClock(START_MS);
  readonly clock = this.clockOfAll.view();
  readonly files = memoryFiles();
  readonly copies: ProgramWorld['copies'] = [];
  readonly slots: readonly WorldSlot[];
  readonly boards: WorldBoard[] = [];
  readonly views = new Map<string, SlotView>();
  readonly lotId = LOT;
  readonly violations: Violation[] = [];
  readonly #options: WorldOptions;
  readonly #path: string;
  readonly #lanes: FaultLanes;
  readonly #service: WorldService;
  readonly #witness: Witness;
  readonly #trace: string[] = [];
  readonly #watchers = new Set<() => void>();
  #expected: Expected[] = [];
  #program: Program | null = null;
  #dead: Program | null = null;
  #hands: Hands | null = null;
  #line: { running: boolean; stoppedBy: string | null; lotState: string | null } = NO_LINE;
  #stages = new Map<string, string | null>();
  #starts = 0;
  #jumpedMs = 0;

  constructor(seed: number, factory: Factory, options: WorldOptions = {}) {
    this.seed = seed;
    this.factory = factory;
    this.#options = options;
    this.chance = new Chance(seed, 'world');
    const { chance } = this;
    this.#path = join(factory.dir, `world-${seed}`);
    copyFileSync(factory.stationBooks, this.#stationBooks);
    copyFileSync(factory.serviceBooks, this.#serviceBooks);
    const faults = options.faults ?? chance.between(14, 26);
    this.#lanes = new FaultLanes(new Chance(seed, 'lanes'), faults, options.only ?? null, (line) => this.#say(line));
    this.#service = new WorldService(this.#serviceBooks, factory, {
      ...{ clock: this.clock, chance },
      callFault: () => this.#lanes.at('call'),
      expectCall: (fault) => this.#expect(fault, ({ type }) => type === 'call'),
      called: () => this.#note({ type: 'call' }),
    });
    const slots = options.slots ?? chance.between(2, 4);
    this.slots = Array.from({ length: slots }, (_, i) => this.#slot(i + 1));
    const boards = options.boards ?? chance.between(3, 5);
    for (let i = 0; i < boards; i++) this.#addBoard(null);
    this.#witness = new Witness(this.#stationBooks);
  }

  get #stationBooks(): string {
    return `${this.#path}-station.db`;
  }

  get #serviceBooks(): string {
    return `${this.#path}-service.db`;
  }

  async run(): Promise<WorldRun> {
    try {
      this.#startProgram();
      await this.#pump(this.#makeLot());
      this.#hands = new Hands(this);
      this.#stirring();
      this.clock.after(STRIKING_MS, () => this.#calm());
      await this.#pump(this.#boardsDone());
      await this.#pump(this.#finish());
      this.#judge(true);
    } catch (error) {
      if (!(error instanceof Stuck)) throw error;
      if (this.violations.length === 0) this.violations.push({ rule: 'everyBoardGetsItsLastWord', ids: error.message });
    } finally {
      this.#close();
    }
    return {
      seed: this.seed,
      counts: this.#lanes.counts,
      violations: this.violations,
      trace: this.#trace,
      starts: this.#starts,
      passed: this.boards.filter(({ whereabouts }) => whereabouts === 'done').length,
    };
  }

  #close(): void {
    this.#program?.bury();
    this.#dead?.bury();
    this.#witness.close();
    this.#service.close();
    for (const path of [this.#stationBooks, this.#serviceBooks])
      for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  }

  /** Lets time pass until it settles: one timer after the other, and everything that follows of each. */
  async #pump<T>(done: Promise<T>): Promise<T> {
    let settled = false;
    const end = done.finally(() => {
      settled = true;
    });
    end.catch(() => {});
    for (let turn = 0; turn < MAX_TURNS; turn++) {
      this.turns++;
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#witness.violations.length > 0) this.violations.push(...this.#witness.violations.splice(0));
      if (this.violations.length > 0) throw new Stuck('a rule is broken');
      if (settled) return end;
      if (!this.clockOfAll.next()) throw new Stuck('nothing more will happen');
    }
    throw new Stuck(`after ${MAX_TURNS} turns: ${this.#standing()}`);
  }

  #standing(): string {
    const boards = this.boards.map(({ name, whereabouts }) => `${name} ${whereabouts}`);
    const slots = [...this.views.values()].map(({ slot, state, code }) => `slot ${slot} ${state} ${code}`);
    return [...boards, ...slots, JSON.stringify(this.#line)].join(', ');
  }

  async #makeLot(): Promise<void> {
    const { chance } = this;
    const quantity = this.#options.quantity ?? chance.between(1, this.boards.length);
    const spare = this.#options.spare ?? chance.between(0, 3);
    const order = { lotId: LOT, orderId: 'W-1', practice: true, quantity, spare, stopAfter: chance.pick([0, 0, 2, 3]) };
    const range = `S-001..S-${String(quantity + spare + 3).padStart(3, '0')}`;
    for (;;) {
      try {
        const station = this.#program?.station;
        if (station) {
          await station.createLot('hands', {
            ...{ ...order, release: true },
            ...{ serialRange: range, recipePath: this.factory.recipePath },
          });
          return;
        }
      } catch (error) {
        if (error instanceof KeylineError && error.code === 'LOT_EXISTS') return;
        this.fault(error);
      }
      await this.#pause(200);
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.clock.after(ms, resolve));
  }

  async #boardsDone(): Promise<void> {
    const hands = this.#hands;
    while (!hands?.done) await this.#pause(250);
    this.#calm();
  }

  /** Nothing strikes any more: whatever is half done has to come to its end now. */
  #calm(): void {
    if (this.#calmed) return;
    this.#calmed = true;
    this.#lanes.stop();
    this.#setClockRight();
    this.clock.after(CALM_MS, () => this.violations.push({ rule: 'everyBoardGetsItsLastWord', ids: this.#standing() }));
  }
  #calmed = false;

  /** All is sent, the lot is closed, the station ends. */
  async #finish(): Promise<void> {
    this.#hands?.rest();
    for (;;) {
      const program = this.#program;
      try {
        if (program?.alive) {
          const { station } = program;
          await station.stopLine();
          await station.sync();
          station.commandLot('hands', { lotId: LOT, command: 'close', because: null, writeOff: true });
          await station.sync();
          await station.close();
          program.bury();
          this.#program = null;
          this.#service.close();
          return;
        }
      } catch (error) {
        this.fault(error);
      }
      await this.#pause(1_000);
    }
  }

  // ---- the station's program

  #startProgram(): void {
    this.#dead?.bury();
    this.#dead = null;
    const name = `${this.seed}/${++this.#starts}`;
    this.#say(`start ${this.#starts}`);
    try {
      this.#program = new Program({ path: this.#stationBooks, clock: this.clockOfAll.view(), name }, this);
    } catch (error) {
      if (!(error instanceof KeylineError || error instanceof Crash || error instanceof PlannedBug)) throw error;
      this.#startSoon();
    }
    this.#note({ type: 'restart' });
  }

  crash(fault: Fault): void {
    const inWork = [...this.views.values()].some(({ state }) => state === 'working' || state === 'locking');
    this.#expect(fault, ({ type }) => type === 'restart' && (inWork || fault.kind === 'crash-at-effect'));
    this.#die();
  }

  #die(): void {
    const program = this.#program;
    if (!program) return;
    program.die();
    this.#program = null;
    this.#dead = program;
    for (const slot of this.slots) slot.drop();
    this.#watchers.clear();
    this.views.clear();
    this.#stages.clear();
    this.#line = { ...NO_LINE, lotState: this.#line.lotState };
    this.#hands?.forget();
    this.#startSoon();
  }

  #startSoon(): void {
    this.clock.after(this.chance.between(200, 1_500), () => {
      this.#judge(false);
      this.#startProgram();
    });
  }

  bug(program: Program, bug: unknown): void {
    if (program !== this.#program) return;
    if (!(bug instanceof PlannedBug))
      this.violations.push({ rule: 'noBugOfOurs', ids: String(bug instanceof Error ? bug.stack : bug) });
    this.#die();
  }

  station() {
    return this.#program?.station ?? null;
  }

  /** A refusal in plain words is an answer; a planted bug ends the program; anything else is a bug of ours. */
  fault(error: unknown): void {
    if (error instanceof KeylineError || error instanceof Crash) return;
    if (this.#program) this.bug(this.#program, error);
  }

  line() {
    return this.#line;
  }

  nowMs(): number {
    return this.clockOfAll.monotonicMs;
  }

  after(delayMs: number, act: () => void): void {
    this.clock.after(delayMs, act);
  }

  changed(): void {
    for (const tell of [...this.#watchers]) tell();
  }

  ports(program: Program): PortSource {
    return {
      // A dead program gets no answer: it would ask for ever.
      list: () =>
        program.alive
          ? Promise.resolve(this.slots.filter(({ board }) => board !== null).map(({ spot }) => spot))
          : new Promise(() => {}),
      watch: (tell) => {
        const told = () => void program.clock.after(1, tell);
        this.#watchers.add(told);
        return () => this.#watchers.delete(told);
      },
      open: async ({ position }) => {
        const slot = this.slots.find((one) => one.position === position);
        if (!slot) throw new KeylineError('PULLED_OUT', 'nothing is there');
        return program.opening(() => slot.open(program.clock));
      },
    };
  }

  http(program: Program) {
    return this.#service.http(() => program.alive);
  }

  commitFault(): Fault | null {
    return this.#lanes.at('commit');
  }

  effectFault(): Fault | null {
    return this.#lanes.at('effect');
  }

  stall(fault: Fault): void {
    this.clockOfAll.stall(this.chance.between(1_500, 6_000));
    this.#expect(fault, ({ type }) => type === 'asked-again');
  }

  bugged(fault: Fault): void {
    this.#expect(fault, ({ type }) => type === 'restart');
  }

  full(fault: Fault): void {
    this.#expect(fault, (note) => note.type === 'event' && showsFull(note.event));
  }

  signing(message: Uint8Array): void {
    this.#witness.signing(message);
  }

  heard(event: StationEvent): void {
    this.#say(wordOf(event));
    this.#listen(event);
    this.#note({ type: 'event', event });
    if (event.type !== 'slot-changed') return;
    const { slot, stage } = event.slot;
    if (stage === (this.#stages.get(slot) ?? null)) return;
    this.#stages.set(slot, stage);
    if (stage === null) return;
    const fault = this.#lanes.at('stage');
    // Somewhere in the stage that begins now.
    if (fault) this.clock.after(this.chance.between(0, 40), () => this.#suffer(fault, Number(slot)));
  }

  #listen(event: StationEvent): void {
    switch (event.type) {
      case 'slot-changed':
        this.views.set(event.slot.slot, event.slot);
        return this.#witness.slot(event.slot);
      case 'lot-changed':
        this.#line = { ...this.#line, lotState: event.lot.state };
        return this.#witness.lot(event.lot.lotId, event.lot.state, event.lot.signatures);
      case 'line-changed':
        this.#line = { ...this.#line, running: event.running, stoppedBy: event.stoppedBy };
        return;
      case 'sync-changed':
        return this.#witness.sync(event.sync.registered, event.sync.refused);
      case 'job-ended':
        if (event.jobId !== null && event.outcome !== null)
          this.#witness.jobEnded(event.jobId, event.outcome, event.hwid);
    }
  }

  // ---- boards

  #slot(number: number): WorldSlot {
    return new WorldSlot(number, {
      ...{ clock: this.clock, chance: this.chance },
      frameFault: () => this.#lanes.at('frame'),
      expect: (fault, fits) => this.#expect(fault, (note) => 'slot' in note && fits(note)),
      note: (note) => this.#note(note),
      crash: (fault) => this.crash(fault),
    });
  }

  #addBoard(hwidOf: WorldBoard | null): WorldBoard {
    const { chance, factory } = this;
    const name = `board-${this.boards.length + 1}`;
    const hwid = hwidOf?.hwid ?? `4b4c${sha256(`${this.seed}/${name}`).slice(0, 12)}`;
    const image = chance.percent(50) ? factory.image : chance.percent(80) ? OLD : BARE;
    const traits = { locksAtRestart: chance.percent(20), bufSize: chance.pick([512, 1024, 1024]) };
    const description = { hwid, model: MODEL, hardwareRevision: REVISION, image };
    const board = new WorldBoard(
      name,
      description,
      traits,
      this.#hooks(() => board),
      this.clock,
    );
    this.boards.push(board);
    return board;
  }

  #hooks(board: () => WorldBoard): DeviceHooks {
    let lie: Lie | null = null;
    let slowMs = 0;
    let groupsClosed = false;
    return {
      onRequest: (request, state) => {
        const { hwid } = state.record;
        if (isWrite(request, 'keygen')) this.#witness.keyOrdered(hwid, hexOf(request.payload.nonce));
        if (isItemWrite(request, 'leaf') && request.payload.sha)
          this.#witness.leafSent(hwid, hexOf(request.payload.sha));
        if (isWrite(request, 'lock')) this.#witness.lockOrdered(hwid, hexOf(request.payload.leaf));
        if (groupsClosed && STORE_GROUPS.includes(request.group)) return smpError(SMP_RC.NOT_SUPPORTED);
        const possible = lieFor(request, state);
        const fault = this.#lanes.at(
          'board-answer',
          (kind) => kind !== 'lie' || (possible !== null && this.chance.percent(possible.often)),
        );
        if (fault?.kind === 'board-slow') {
          slowMs = this.chance.between(300, 15_000);
          this.#expectSilence(fault, board());
        }
        if (fault?.kind !== 'lie' || possible === null) return 'serve';
        this.#say(`${board().name} ${possible.name}`);
        this.#expectTrouble(fault, hwid);
        lie = possible;
        board().lied = true;
        groupsClosed ||= possible.closesGroups === true;
        return possible.instead ?? 'serve';
      },
      onReply: (_, reply) => {
        const told = lie?.alter?.(reply) ?? reply;
        if (!lie?.atRestart) lie = null;
        return told;
      },
      delayMs: () => {
        const taken = slowMs;
        slowMs = 0;
        return taken;
      },
      onRestart: (state) => {
        const act = lie?.atRestart;
        lie = null;
        act?.(state);
      },
      cutsAfter: () => {
        const fault = this.#lanes.at('board-commit');
        if (fault) this.#expectSilence(fault, board());
        return fault !== null;
      },
    };
  }

  #slotOf(board: WorldBoard): WorldSlot | null {
    return this.slots.find((slot) => slot.board === board) ?? null;
  }

  #expectSilence(fault: Fault, board: WorldBoard): void {
    const slot = this.#slotOf(board)?.number;
    this.#expect(fault, (note) => note.type === 'asked-again' && note.slot === slot);
  }

  #expectTrouble(fault: Fault, hwid: string): void {
    this.#expect(fault, (note) => {
      if (note.type !== 'event') return false;
      const { event } = note;
      if (event.type === 'job-ended') return event.hwid === hwid && event.outcome !== 'passed';
      return event.type === 'slot-changed' && event.slot.hwid === hwid && event.slot.code !== null;
    });
  }

  // ---- what happens at the bench

  #suffer(fault: Fault, number: number): void {
    const slot = this.slots[number - 1];
    const hands = this.#hands;
    if (!slot || !hands) return;
    switch (fault.kind) {
      case 'unplug':
      case 'other-slot': {
        const { board } = slot;
        if (!board) return;
        this.#expectGone(fault, board.hwid, number);
        slot.remove();
        const others = this.slots.filter((one) => one !== slot).map((one) => one.number);
        hands.putAway(board, 'again', fault.kind === 'unplug' ? number : this.chance.pick(others));
        return this.changed();
      }
      case 'hub': {
        for (const one of this.slots) {
          const board = one.remove();
          if (!board) continue;
          this.#expectGone(fault, board.hwid, one.number);
          hands.putAway(board, 'again', one.number);
        }
        return this.changed();
      }
      case 'swap': {
        const other = this.boards.find(({ whereabouts }) => whereabouts === 'tray');
        if (!slot.board || !other) return;
        this.#expect(
          fault,
          (note) => note.type === 'event' && note.event.type === 'slot-changed' && note.event.slot.hwid === other.hwid,
        );
        const out = slot.swap(other);
        if (out) hands.putAway(out, 'again');
        return;
      }
      case 'twin': {
        const original = this.chance.pick(this.boards);
        this.#addBoard(original);
        this.#expect(fault, (note) => note.type === 'event' && isDoubted(note.event, original.hwid));
        return;
      }
      case 'taken': {
        const board = this.chance.pick(this.boards);
        if (!this.#service.take(board.hwid)) return;
        this.#expect(
          fault,
          (note) => note.type === 'event' && note.event.type === 'sync-changed' && note.event.sync.refused > 0,
        );
        return;
      }
      case 'clock-jump': {
        if (this.#jumpedMs !== 0) return;
        this.#jumpedMs = this.chance.pick(JUMPS_MS);
        this.clockOfAll.jump(this.#jumpedMs);
        this.#expect(
          fault,
          (note) =>
            note.type === 'event' && note.event.type === 'line-changed' && note.event.stoppedBy === 'CLOCK_UNSURE',
        );
        this.clock.after(this.chance.between(2_000, 15_000), () => this.#setClockRight());
        return;
      }
      default:
        throw new Error(`${fault.kind} does not happen at the bench`);
    }
  }

  #setClockRight(): void {
    this.clockOfAll.jump(-this.#jumpedMs);
    this.#jumpedMs = 0;
  }

  #expectGone(fault: Fault, hwid: string, number: number): void {
    this.#expect(fault, (note) => {
      if (note.type !== 'event' || note.event.type !== 'slot-changed') return false;
      const { slot } = note.event;
      return slot.slot === String(number) && (slot.state === 'empty' || slot.code !== null || slot.hwid !== hwid);
    });
  }

  // ---- what is seen

  #expect(fault: Fault, fits: (note: Note) => boolean): void {
    this.#expected.push({ fault, fits, untilMs: this.nowMs() + 60_000 });
  }

  #note(note: Note): void {
    if (this.#expected.length === 0) return;
    const nowMs = this.nowMs();
    this.#expected = this.#expected.filter(({ fault, fits, untilMs }) => {
      if (!fits(note)) return untilMs > nowMs;
      this.#say(`seen ${fault.number} ${fault.kind}`);
      fault.observed();
      return false;
    });
  }

  #stirring(): void {
    this.clock.after(STIR_MS, () => {
      if (this.#calmed) return;
      this.#lanes.stir();
      this.#stirring();
    });
  }

  debugTrace() {
    return this.#trace;
  }
  turns = 0;
  #say(line: string): void {
    if (process.env.LIVE) console.log(this.nowMs(), line);
    this.#trace.push(`${this.nowMs()} ${line}`);
  }

  #judge(over: boolean): void {
    this.violations.push(
      ...judge({
        station: readStationBook(this.#stationBooks),
        service: readServiceBook(this.#serviceBooks),
        boards: this.boards.map(factsOf),
        said: this.#witness.said,
        stationId: STATION_ID,
        over,
      }),
    );
  }
}

const NO_LINE = { running: false, stoppedBy: null, lotState: null };
const HOUR_MS = 3_600_000;
const JUMPS_MS = [-400 * 24 * HOUR_MS, -2 * HOUR_MS, 2 * HOUR_MS, 40 * 24 * HOUR_MS];
const OLD: StoredImage = { version: '0.9.0', imageHash: '0e'.repeat(32), fileSha256: null, identity: true };
const BARE: StoredImage = { version: '0.1.0', imageHash: '0b'.repeat(32), fileSha256: null, identity: false };

class Stuck extends Error {}

function hexOf(value: unknown): string {
  return value instanceof Uint8Array ? toHex(value) : '';
}

function factsOf({ name, state, keys, leaves, lied }: WorldBoard): BoardFacts {
  const { hwid, life, fuses, key, items, lock } = state.record;
  const digest = (base64: string | null | undefined) => (base64 ? sha256(Buffer.from(base64, 'base64')) : null);
  return {
    ...{ name, hwid, life, keys, leaves, lied, journal: lock },
    burnt: fuses.identity && fuses.debug,
    keySha256: digest(key?.spki),
    leafSha256: digest(items.leaf),
    hasChain: items.chain !== null && items.anchor !== null,
  };
}

function showsFull(event: StationEvent): boolean {
  if (event.type === 'line-changed') return event.stoppedBy === 'DISK_FULL';
  if (event.type === 'slot-changed') return event.slot.code === 'DISK_FULL';
  return event.type === 'sync-changed' && event.sync.online === false;
}

function isDoubted(event: StationEvent, hwid: string): boolean {
  if (event.type !== 'slot-changed' || event.slot.hwid !== hwid) return false;
  return ['DUPLICATE_HWID', 'STORE_LOST', 'FOREIGN_IDENTITY', 'BOARD_VOID'].includes(event.slot.code ?? '');
}

function wordOf(event: StationEvent): string {
  switch (event.type) {
    case 'slot-changed': {
      const { slot, state, stage, jobId, code, outcome } = event.slot;
      return `slot ${slot} ${state} ${stage ?? '-'} job ${jobId ?? '-'} ${code ?? outcome ?? ''}`;
    }
    case 'job-ended':
      return `job ${event.jobId} ${event.outcome} ${event.code ?? ''}`;
    case 'lot-changed':
      return `lot ${event.lot.state} ${event.lot.passed} ${event.lot.signatures}`;
    case 'line-changed':
      return `line ${event.running} ${event.stoppedBy ?? ''}`;
    case 'sync-changed':
      return `sync ${event.sync.registered} ${event.sync.waiting} ${event.sync.refused} ${event.sync.online}`;
    case 'station-changed':
      return 'station';
  }
}
