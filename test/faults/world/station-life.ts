// The life of a station in a world: its program is started, dies, is buried and started again on the same books, as often
// as it takes. What its screen shows is gone with the program; what was recorded is not.
import type { SignedCheckpoint } from '../../../domain/checkpoint.ts';
import { KeylineError } from '../../../domain/errors.ts';
import type { SlotView, StationEvent } from '../../../domain/station-event.ts';
import type { PortSource } from '../../../station/port/byte-port.ts';
import type { Station } from '../../../station/station.ts';
import type { Violation } from '../checker/books.ts';
import type { Witness } from '../checker/witness.ts';
import type { Chance } from './chance.ts';
import { Crash, PlannedBug } from './crash.ts';
import { showsFull, wordOf } from './event-words.ts';
import type { Fault, FaultLanes } from './fault-lanes.ts';
import { memoryFiles } from './memory-files.ts';
import type { Sightings } from './sightings.ts';
import type { WorldClock } from './world-clock.ts';
import type { Factory } from './world-factory.ts';
import type { WorldService } from './world-service.ts';
import type { WorldSlot } from './world-slot.ts';
import { type Computer, Program, type ProgramWorld } from './world-station.ts';

export interface LifeParts {
  readonly seed: number;
  readonly computer: Computer;
  readonly factory: Factory;
  readonly chance: Chance;
  readonly clock: WorldClock;
  readonly lanes: FaultLanes;
  readonly sightings: Sightings;
  readonly witness: Witness;
  readonly service: WorldService;
  readonly slots: readonly WorldSlot[];
  readonly violations: Violation[];
  say(line: string): void;
  /** The program has just died. */
  died(): void;
  /** The books are about to be opened again. */
  reopening(): void;
  /** The job in this slot entered another stage. */
  stage(slot: number): void;
  outside<T>(work: () => Promise<T>): Promise<T>;
  copied(): void;
}

export interface LineState {
  readonly running: boolean;
  readonly stoppedBy: string | null;
  readonly lotState: string | null;
}

export class StationLife implements ProgramWorld {
  readonly factory: Factory;
  readonly chance: Chance;
  readonly files = memoryFiles();
  readonly copies: SignedCheckpoint[] = [];
  /** What its screen shows. */
  readonly views = new Map<string, SlotView>();
  readonly #parts: LifeParts;
  readonly #watchers = new Set<() => void>();
  readonly #stages = new Map<string, string | null>();
  #line: LineState = { running: false, stoppedBy: null, lotState: null };
  #program: Program | null = null;
  #dead: Program | null = null;
  #starts = 0;
  /** Times that it was halted. */
  halts = 0;

  constructor(parts: LifeParts) {
    this.#parts = parts;
    this.factory = parts.factory;
    this.chance = parts.chance;
  }

  /** Null while it is dead. */
  get station(): Station | null {
    return this.#program?.station ?? null;
  }

  get line(): LineState {
    return this.#line;
  }

  /** The computer is gone: nothing starts by itself until `start`. */
  halt(): void {
    this.halts += 1;
    this.#die(false);
    this.#dead?.bury();
    this.#dead = null;
  }

  get starts(): number {
    return this.#starts;
  }

  start(): void {
    if (this.open() !== null) this.#startSoon();
    this.#parts.sightings.note({ type: 'restart' });
  }

  /** Opens its records and starts; why it did not, or null. */
  open(): string | null {
    const { seed, computer, clock, say } = this.#parts;
    this.#dead?.bury();
    this.#dead = null;
    const name = `${seed}/${++this.#starts}`;
    say(`start ${this.#starts}`);
    try {
      this.#program = new Program({ computer, clock: clock.view(), name }, this);
      return null;
    } catch (error) {
      if (error instanceof KeylineError) return error.code;
      if (error instanceof Crash || error instanceof PlannedBug) return error.message;
      throw error;
    }
  }

  #startSoon(): void {
    const { halts } = this;
    this.#parts.clock.after(this.chance.between(200, 1_500), () => {
      if (halts !== this.halts) return;
      this.#parts.reopening();
      this.start();
    });
  }

  /** For good: in order where it lives, else as it lies. */
  end(): void {
    this.#program?.bury();
    this.#dead?.bury();
    this.#program = null;
    this.#dead = null;
  }

  crash(fault: Fault): void {
    const inWork = [...this.views.values()].some(({ state }) => state === 'working' || state === 'locking');
    this.#parts.sightings.expect(
      fault,
      ({ type }) => type === 'restart' && (inWork || fault.kind === 'crash-at-effect'),
    );
    this.#die();
  }

  #die(again = true): void {
    const program = this.#program;
    if (!program) return;
    program.die();
    this.#program = null;
    this.#dead = program;
    for (const slot of this.#parts.slots) slot.drop();
    this.#watchers.clear();
    this.views.clear();
    this.#stages.clear();
    this.#line = { running: false, stoppedBy: null, lotState: this.#line.lotState };
    this.#parts.died();
    if (again) this.#startSoon();
  }

  outside<T>(work: () => Promise<T>): Promise<T> {
    return this.#parts.outside(work);
  }

  copied(): void {
    this.#parts.copied();
  }

  bug(program: Program, bug: unknown): void {
    if (program !== this.#program) return;
    if (!(bug instanceof PlannedBug))
      this.#parts.violations.push({ rule: 'noBugOfOurs', ids: String(bug instanceof Error ? bug.stack : bug) });
    this.#die();
  }

  /** How a call of a person ended: a refusal in plain words is an answer; a planted bug ends the program; else it is ours. */
  answered(error: unknown): void {
    if (error instanceof KeylineError || error instanceof Crash) return;
    if (this.#program) this.bug(this.#program, error);
  }

  /** Something was plugged in or pulled out. */
  portsChanged(): void {
    for (const tell of [...this.#watchers]) tell();
  }

  ports(program: Program): PortSource {
    const { slots } = this.#parts;
    return {
      // A dead program gets no answer: it would ask for ever.
      list: () =>
        program.alive
          ? Promise.resolve(slots.filter(({ board }) => board !== null).map(({ spot }) => spot))
          : new Promise(() => {}),
      watch: (tell) => {
        const told = () => void program.clock.after(1, tell);
        this.#watchers.add(told);
        return () => this.#watchers.delete(told);
      },
      open: async ({ position }) => {
        const slot = slots.find((one) => one.position === position);
        if (!slot) throw new KeylineError('PULLED_OUT', 'nothing is there');
        return program.opening(() => slot.open(program.clock));
      },
    };
  }

  http(program: Program) {
    return this.#parts.service.http(() => program.alive);
  }

  commitFault(): Fault | null {
    return this.#parts.lanes.at('commit');
  }

  effectFault(): Fault | null {
    return this.#parts.lanes.at('effect');
  }

  stall(fault: Fault): void {
    this.#parts.clock.stall(this.chance.between(1_500, 6_000));
    this.#parts.sightings.expect(fault, ({ type }) => type === 'asked-again');
  }

  bugged(fault: Fault): void {
    this.#parts.sightings.expect(fault, ({ type }) => type === 'restart');
  }

  full(fault: Fault): void {
    this.#parts.sightings.expectEvent(fault, showsFull);
  }

  signing(message: Uint8Array): void {
    this.#parts.witness.signing(message);
  }

  heard(event: StationEvent): void {
    this.#parts.say(wordOf(event));
    this.#remember(event);
    this.#parts.sightings.note({ type: 'event', event });
    if (event.type !== 'slot-changed') return;
    const { slot, stage } = event.slot;
    if (stage === (this.#stages.get(slot) ?? null)) return;
    this.#stages.set(slot, stage);
    if (stage !== null) this.#parts.stage(Number(slot));
  }

  #remember(event: StationEvent): void {
    const { witness } = this.#parts;
    switch (event.type) {
      case 'slot-changed':
        this.views.set(event.slot.slot, event.slot);
        return witness.slot(event.slot);
      case 'lot-changed':
        this.#line = { ...this.#line, lotState: event.lot.state };
        return witness.lot(event.lot.lotId, event.lot.state, event.lot.signatures);
      case 'line-changed':
        this.#line = { ...this.#line, running: event.running, stoppedBy: event.stoppedBy };
        return;
      case 'sync-changed':
        return witness.sync(event.sync.registered, event.sync.refused);
      case 'job-ended':
        if (event.jobId !== null && event.outcome !== null) witness.jobEnded(event.jobId, event.outcome, event.hwid);
    }
  }
}
