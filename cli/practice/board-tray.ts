// The pretend boards beside a practice bench: fresh ones, those of another model, those that passed, and for each slot the
// one that left it before it was finished. Pure; hands out each board to one slot at a time.
import type { PretendBoard } from '../../contract/bench-api.ts';
import type { ListedDevice } from '../../simulator/simulator-process.ts';

/** A board in a slot, and what became of it there. */
export interface Sitting {
  readonly device: ListedDevice;
  /** The station said its last word of it. */
  ended: boolean;
  /** It passed, here or in a slot before. */
  passed: boolean;
}

export class BoardTray {
  readonly #fresh: ListedDevice[];
  readonly #wrongModel: ListedDevice[];
  readonly #passed: ListedDevice[] = [];
  /** By slot: it wants to be inserted again, and goes on where it was. */
  readonly #unfinished = new Map<number, ListedDevice>();

  constructor(devices: readonly ListedDevice[]) {
    this.#fresh = devices.filter(({ fault }) => fault === null);
    this.#wrongModel = devices.filter(({ fault }) => fault === 'wrong-model');
  }

  /** Fresh boards that are left. */
  get fresh(): number {
    return this.#fresh.length;
  }

  /** A good board can be had for this slot. */
  hasGood(slot: number): boolean {
    return this.#unfinished.has(slot) || this.#fresh.length > 0;
  }

  /** A board of this kind for this slot, or null where there is none. */
  take(slot: number, kind: PretendBoard): Sitting | null {
    const device = this.#pick(slot, kind);
    return device === undefined ? null : { device, ended: false, passed: kind === 'same-again' };
  }

  #pick(slot: number, kind: PretendBoard): ListedDevice | undefined {
    if (kind === 'wrong-model') return this.#wrongModel.shift();
    if (kind === 'same-again') return this.#passed.pop();
    const unfinished = this.#unfinished.get(slot);
    this.#unfinished.delete(slot);
    return unfinished ?? this.#fresh.shift();
  }

  /** Out of its slot. A board that ended without passing is in the bin. */
  putBack(slot: number, { device, ended, passed }: Sitting): void {
    if (device.fault !== null) this.#wrongModel.push(device);
    else if (passed) this.#passed.push(device);
    else if (!ended) this.#unfinished.set(slot, device);
  }
}
