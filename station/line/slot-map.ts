// Which slot a physical position is. A position keeps its slot for ever. Where the slots were taught, any other position is
// unknown; else a new one takes the number in its own name when that is free, or the lowest free number.
import { type Fixtures, plainNames, slotNames } from '../../domain/fixture.ts';

export interface SlotBindings {
  slotBindings(): readonly { readonly position: string; readonly slot: number }[];
  /** Binds the position to the slot; a position that had the slot loses it. */
  bindSlot(position: string, slot: number): void;
}

export class SlotMap {
  readonly #bindings: SlotBindings;
  readonly #names: readonly string[];
  readonly #taught: boolean;
  readonly #byPosition: Map<string, number>;

  /** `slots` is how many the line has, 1 to 64; `fixtures` hold as many where they were taught, and are null else. */
  constructor(bindings: SlotBindings, slots: number, fixtures: Fixtures | null) {
    this.#bindings = bindings;
    this.#taught = fixtures !== null;
    this.#names = fixtures === null ? plainNames(slots) : slotNames(fixtures);
    this.#byPosition = new Map(bindings.slotBindings().map(({ position, slot }) => [position, slot]));
  }

  /** Names of the line's slots, in order. */
  slots(): readonly string[] {
    return this.#names;
  }

  /** Nobody taught which slot it is, on a bench where the others were taught. */
  isUnknown(position: string): boolean {
    return this.#taught && this.#nameOf(this.#byPosition.get(position)) === null;
  }

  /**
   * Slot of the position, or null when the line has none for it. `present` are the positions that are occupied now:
   * where all slots are bound, one whose position is not among them is given away. Throws DISK_FULL where a new place
   * cannot be recorded.
   */
  slotOf(position: string, present: ReadonlySet<string>): string | null {
    const known = this.#byPosition.get(position);
    if (known !== undefined || this.#taught) return this.#nameOf(known);
    const slot = this.#freeSlot(position, present);
    if (slot === null) return null;
    this.#bindings.bindSlot(position, slot);
    for (const [other, its] of this.#byPosition) if (its === slot) this.#byPosition.delete(other);
    this.#byPosition.set(position, slot);
    return this.#nameOf(slot);
  }

  #nameOf(slot: number | undefined): string | null {
    return this.#names[(slot ?? 0) - 1] ?? null;
  }

  #freeSlot(position: string, present: ReadonlySet<string>): number | null {
    const all = this.#names.map((_, index) => index + 1);
    const bound = new Set(this.#byPosition.values());
    const inUse = new Set([...this.#byPosition].filter(([other]) => present.has(other)).map(([, slot]) => slot));
    const own = Number(/(\d{1,2})$/.exec(position)?.[1] ?? 0);
    if (all.includes(own) && !bound.has(own)) return own;
    return all.find((slot) => !bound.has(slot)) ?? all.find((slot) => !inUse.has(slot)) ?? null;
  }
}
