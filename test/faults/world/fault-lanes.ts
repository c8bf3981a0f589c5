// What strikes when: lanes of faults, drawn from the seed. Each lane arms one fault after the other; an armed fault
// strikes when its point was passed often enough. A fault counts when it fired and something in the run showed it.
import type { Chance } from './chance.ts';
import { FAULT_KINDS, type FaultKind, type FaultPoint, LANE_KINDS } from './fault-kinds.ts';

/** Faults under way at the same time. */
const LANES = 4;

export interface Fault {
  readonly kind: FaultKind;
  readonly number: number;
  /** Where in the frame, or at which side of a commit, from 0 to 1; null where chance decides. */
  readonly share: number | null;
  /** Something in the run showed it: from now on it counts. */
  observed(): void;
}

interface Armed {
  readonly kind: FaultKind;
  left: number;
}

/** One fault, at one place: for a test that goes through all places. */
export interface ExactFault {
  readonly kind: FaultKind;
  /** The how many-th passing of its point, from 1. */
  readonly nth: number;
  readonly share: number;
}

export interface FaultCount {
  fired: number;
  observed: number;
}

export class FaultLanes {
  readonly #chance: Chance;
  readonly #tell: (kind: FaultKind, number: number) => void;
  readonly #counts = new Map<FaultKind, FaultCount>();
  readonly #waiting: FaultKind[];
  #armed: Armed[] = [];
  #numbers = 0;
  readonly #exact: ExactFault | null;

  /** `faults`: how many the seed draws, or the one that strikes. */
  constructor(chance: Chance, faults: number | ExactFault, tell: (kind: FaultKind, number: number) => void) {
    this.#chance = chance;
    this.#tell = tell;
    this.#exact = typeof faults === 'number' ? null : faults;
    this.#waiting = typeof faults === 'number' ? Array.from({ length: faults }, () => chance.pick(LANE_KINDS)) : [];
    if (this.#exact) this.#armed.push({ kind: this.#exact.kind, left: this.#exact.nth });
    for (let lane = 0; lane < LANES; lane++) this.#arm();
  }

  #arm(): void {
    const kind = this.#waiting.pop();
    if (kind !== undefined) this.#armed.push({ kind, left: this.#chance.between(1, FAULT_KINDS[kind].gap) });
  }

  /** The fault that strikes at this point, or null. */
  at(point: FaultPoint, fits: (kind: FaultKind) => boolean = () => true): Fault | null {
    let strikes: Armed | null = null;
    for (const armed of this.#armed) {
      if (FAULT_KINDS[armed.kind].at !== point) continue;
      if (armed.left > 1) armed.left -= 1;
      else if (strikes === null && fits(armed.kind)) strikes = armed;
    }
    if (strikes === null) return null;
    const { kind } = strikes;
    this.#armed = this.#armed.filter((armed) => armed !== strikes);
    this.#arm();
    return this.fire(kind);
  }

  /** One that strikes here and now, in no lane. */
  fire(kind: FaultKind): Fault {
    const count = this.#counts.get(kind) ?? { fired: 0, observed: 0 };
    this.#counts.set(kind, count);
    count.fired += 1;
    const number = ++this.#numbers;
    this.#tell(kind, number);
    let seen = false;
    return {
      kind,
      number,
      share: this.#exact?.share ?? null,
      observed: () => {
        if (seen) return;
        seen = true;
        count.observed += 1;
      },
    };
  }

  /** Lanes that are left behind make room: what is armed did not strike for a while, the next one may. */
  stir(): void {
    if (this.#waiting.length === 0) return;
    const oldest = this.#armed.shift();
    if (oldest) this.#waiting.unshift(oldest.kind);
    this.#arm();
  }

  /** Nothing strikes from now on. */
  stop(): void {
    this.#armed = [];
    this.#waiting.length = 0;
  }

  get counts(): ReadonlyMap<FaultKind, FaultCount> {
    return this.#counts;
  }
}
