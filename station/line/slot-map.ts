// Which slot a physical position is. A position keeps its slot for ever; a new one takes the number in its own name
// when that is free, else the lowest free number.

export interface SlotBindings {
  slotBindings(): readonly { readonly position: string; readonly slot: number }[];
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

  /** Slot of the position, or null when the line has no slot left for it. */
  slotOf(position: string): string | null {
    const known = this.#byPosition.get(position);
    if (known !== undefined) return known <= this.#slots ? String(known) : null;
    const taken = new Set(this.#byPosition.values());
    const own = Number(/(\d{1,2})$/.exec(position)?.[1] ?? 0);
    let slot = own >= 1 && own <= this.#slots && !taken.has(own) ? own : 1;
    while (taken.has(slot)) slot++;
    if (slot > this.#slots) return null;
    this.#byPosition.set(position, slot);
    this.#bindings.bindSlot(position, slot);
    return String(slot);
  }
}
