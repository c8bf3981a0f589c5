// Which slot a physical position is. A position keeps its slot for ever; a new one takes the number in its own name
// when that is free, else the lowest free number.

export interface SlotBindings {
  slotBindings(): readonly { readonly position: string; readonly slot: number }[];
  /** Binds the position to the slot; a position that had the slot loses it. */
  bindSlot(position: string, slot: number): void;
}

export class SlotMap {
  readonly #bindings: SlotBindings;
  readonly #slots: number;
  readonly #byPosition: Map<string, number>;

  /** `slots` is how many the line has, 1 to 64. */
  constructor(bindings: SlotBindings, slots: number) {
    this.#bindings = bindings;
    this.#slots = slots;
    this.#byPosition = new Map(bindings.slotBindings().map(({ position, slot }) => [position, slot]));
  }

  /** Names of the line's slots, in order. */
  slots(): readonly string[] {
    return Array.from({ length: this.#slots }, (_, index) => String(index + 1));
  }

  /**
   * Slot of the position, or null when the line has none left for it. `present` are the positions that are occupied now:
   * where all slots are bound, one whose position is not among them is given away. Throws DISK_FULL where a new place
   * cannot be recorded.
   */
  slotOf(position: string, present: ReadonlySet<string>): string | null {
    const known = this.#byPosition.get(position);
    if (known !== undefined) return known <= this.#slots ? String(known) : null;
    const slot = this.#freeSlot(position, present);
    if (slot === null) return null;
    this.#bindings.bindSlot(position, slot);
    for (const [other, its] of this.#byPosition) if (its === slot) this.#byPosition.delete(other);
    this.#byPosition.set(position, slot);
    return String(slot);
  }

  #freeSlot(position: string, present: ReadonlySet<string>): number | null {
    const all = Array.from({ length: this.#slots }, (_, index) => index + 1);
    const bound = new Set(this.#byPosition.values());
    const inUse = new Set([...this.#byPosition].filter(([other]) => present.has(other)).map(([, slot]) => slot));
    const own = Number(/(\d{1,2})$/.exec(position)?.[1] ?? 0);
    if (all.includes(own) && !bound.has(own)) return own;
    return all.find((slot) => !bound.has(slot)) ?? all.find((slot) => !inUse.has(slot)) ?? null;
  }
}
