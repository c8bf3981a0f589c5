// What strikes when: lanes of faults, drawn from the seed. Each lane arms one fault after the other; an armed fault
// strikes when its point was passed often enough. A fault counts when it fired and something in the run showed it.
import type { Chance } from './chance.ts';
import { FAULT_KINDS, type FaultKind, type FaultPoint, KINDS } from './fault-kinds.ts';

/** Faults under way at the same time. */
const LANES = 4;

export interface Fault {
  readonly kind: FaultKind;
  readonly number: number;
  /** Something in the run showed it: from now on it counts. */
  observed(): void;
}

interface Armed {
  readonly kind: FaultKind;
  left: number;
}

export interface FaultCount {
  fired: number;
  observed: number;
}

export class FaultLanes {
  readonly #chance: Chance;
  readonly #tell: (line: string) => void;
  readonly #counts = new Map<FaultKind, FaultCount>();
  readonly #waiting: FaultKind[];
  #armed: Armed[] = [];
  #numbers = 0;

  /** `faults`: how many this run draws; `only`: of these kinds. */
  constructor(chance: Chance, faults: number, only: readonly FaultKind[] | null, tell: (line: string) => void) {
    this.#chance = chance;
    this.#tell = tell;
    const kinds = only ?? KINDS;
    this.#waiting = Array.from({ length: faults }, () => chance.pick(kinds));
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
    return this.#fire(kind);
  }

  #fire(kind: FaultKind): Fault {
    const count = this.#counts.get(kind) ?? { fired: 0, observed: 0 };
    this.#counts.set(kind, count);
    count.fired += 1;
    const number = ++this.#numbers;
    this.#tell(`fault ${number} ${kind}`);
    let seen = false;
    return {
      kind,
      number,
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

  get over(): boolean {
    return this.#armed.length === 0 && this.#waiting.length === 0;
  }

  get counts(): ReadonlyMap<FaultKind, FaultCount> {
    return this.#counts;
  }
}
