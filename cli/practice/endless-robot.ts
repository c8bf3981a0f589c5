// The technician of a practice bench that never ends: while it is on it fills free slots with good boards, takes out what
// is finished, and asks for the next lot when one is full. Leaves a slot alone that was switched off.
import type { Clock } from '../../domain/seams.ts';
import type { LotView, SlotView, StationEvent } from '../../domain/station-event.ts';
import type { BenchSlots } from './bench-slots.ts';
import type { Sitting } from './board-tray.ts';

/** A technician looks at a finished board and reaches for it: long enough to be read from the screen. */
export const TAKE_OUT_MS = 3_000;

export interface RobotParts {
  readonly clock: Clock;
  readonly slots: BenchSlots;
  /** This lot is full and the bench is empty. */
  readonly lotFull: (lotId: string) => void;
  readonly onBug: (bug: unknown) => void;
}

export class EndlessRobot {
  readonly #parts: RobotParts;
  readonly #off = new Set<number>();
  /** Slots that someone has just emptied by hand. */
  readonly #resting = new Set<number>();
  #on = false;
  /** Lot on the line, and how many of its boards have still to pass. */
  #lot: { readonly lotId: string; readonly left: number; readonly released: boolean } | null = null;
  #lotAsked = '';

  constructor(parts: RobotParts) {
    this.#parts = parts;
  }

  get on(): boolean {
    return this.#on;
  }

  /** Switched on, it goes on with what it finds. */
  set(on: boolean): void {
    this.#on = on;
    if (!on) return;
    for (const slot of this.#parts.slots.occupied) {
      const sitting = this.#parts.slots.sitting(slot);
      if (sitting?.ended) this.#takeOutSoon(slot, sitting);
    }
    this.#refill();
  }

  /** What the station says of itself, whenever its line starts. */
  look({ lot, slots }: { readonly lot: LotView | null; readonly slots: readonly SlotView[] }): void {
    this.#lot = lot && lotOnLine(lot);
    for (const view of slots) this.#slotChanged(view);
    this.#refill();
  }

  station(event: StationEvent): void {
    if (event.type === 'slot-changed') this.#slotChanged(event.slot);
    if (event.type === 'job-ended') {
      const sitting = this.#parts.slots.ended(event);
      if (sitting) this.#takeOutSoon(Number(event.slot), sitting);
    }
    if (event.type === 'lot-changed' && event.lot.lotId === this.#lot?.lotId) {
      this.#lot = lotOnLine(event.lot);
      this.#refill();
    }
  }

  /** Someone took a board out by hand: what the screen says of it stays a while. */
  rest(slot: number): void {
    this.#resting.add(slot);
    this.#parts.clock.after(TAKE_OUT_MS, () => {
      this.#resting.delete(slot);
      this.#refill();
    });
  }

  #slotChanged({ slot, state }: SlotView): void {
    const wasOff = this.#off.delete(Number(slot));
    if (state === 'off') this.#off.add(Number(slot));
    else if (wasOff) this.#refill();
  }

  #takeOutSoon(slot: number, sitting: Sitting): void {
    const { clock, slots, onBug } = this.#parts;
    clock.after(TAKE_OUT_MS, () => {
      // It may have been taken out by hand meanwhile.
      if (!this.#on || slots.sitting(slot) !== sitting) return;
      slots.eject(slot).then(() => this.#refill(), onBug);
    });
  }

  #refill(): void {
    const { slots, onBug } = this.#parts;
    if (!this.#on || !this.#lot?.released) return;
    if (this.#lot.left === 0) return this.#askForLot(this.#lot.lotId);
    if (slots.isUsedUp) return void slots.renew().then(() => this.#refill(), onBug);
    let wanted = this.#lot.left - slots.occupied.filter((slot) => this.#countsOn(slot)).length;
    for (let slot = 1; slot <= slots.count && wanted > 0; slot++) {
      if (slots.sitting(slot) || this.#off.has(slot) || this.#resting.has(slot) || !slots.hasGood(slot)) continue;
      slots.insert(slot, 'good').catch(onBug);
      wanted -= 1;
    }
  }

  /** The board in this slot may still pass. */
  #countsOn(slot: number): boolean {
    return !this.#off.has(slot) && this.#parts.slots.sitting(slot)?.ended === false;
  }

  #askForLot(lotId: string): void {
    if (this.#parts.slots.occupied.some((slot) => !this.#off.has(slot)) || this.#lotAsked === lotId) return;
    this.#lotAsked = lotId;
    this.#parts.clock.after(TAKE_OUT_MS, () => this.#parts.lotFull(lotId));
  }
}

function lotOnLine({ lotId, quantity, passed, state }: LotView) {
  return { lotId, left: Math.max(0, quantity - passed), released: state === 'released' };
}
