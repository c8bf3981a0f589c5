// Takes what people tell the slots of a running line: refuses what the slot does not offer, records it, shows it and
// hands it to the slot's loop. A command names the moment that its sender saw, so it never meets the next board.
import { assert, KeylineError } from '../../domain/errors.ts';
import type { OffReason, SlotCommand, SlotView } from '../../domain/station-event.ts';
import type { LineRecords } from '../records/line-records.ts';
import type { SlotOrders } from './slot-orders.ts';
import type { SlotViews } from './slot-views.ts';

/** What a person tells a slot. `reason` comes with `switch-off` alone; `sinceMs` is the view's that the person saw. */
export interface SlotOrder {
  readonly slot: string;
  readonly command: SlotCommand;
  readonly reason: OffReason | null;
  readonly sinceMs: number;
}

/** The board that sits in a slot, as the line knows it. */
export interface SlotGuest {
  readonly orders: SlotOrders;
  /** Its loop ends at its next edge. */
  leave(): void;
}

export interface SlotDeskParts {
  readonly views: SlotViews;
  readonly records: Pick<LineRecords, 'off' | 'answered' | 'switchOff' | 'switchOn'>;
  /** Null for a slot where nothing is plugged in. */
  readonly guestOf: (slot: string) => SlotGuest | null;
  /** Whether a job has its outcome. */
  readonly isOver: (jobId: number) => boolean;
  /** A slot was switched on: what sits in it is to be looked at. */
  readonly switchedOn: () => void;
}

export class SlotDesk {
  readonly #parts: SlotDeskParts;
  readonly #off: Map<string, OffReason>;

  constructor(parts: SlotDeskParts) {
    this.#parts = parts;
    this.#off = new Map(parts.records.off());
  }

  /** Draws every slot of the line, as if nothing were plugged in. */
  draw(slots: readonly string[]): void {
    for (const slot of slots) this.#rest(slot);
  }

  isOff(slot: string): boolean {
    return this.#off.has(slot);
  }

  /** The slot's loop has ended. A card that asks for the board that left stays until it is inserted somewhere. */
  left(slot: string): void {
    if (this.asks(slot) && !this.isOff(slot)) return;
    if (this.#parts.views.of(slot)?.state !== 'off') this.#rest(slot);
  }

  /** Whether the slot's card asks for a board that left its job open. */
  asks(slot: string): boolean {
    const view = this.#parts.views.of(slot);
    const jobId = view && jobAskedFor(view);
    return jobId !== null && !this.#parts.isOver(jobId);
  }

  /** A board that nobody waits for any more (its job was written off) is asked for no longer. */
  forget(): void {
    const { views, guestOf, isOver } = this.#parts;
    for (const view of views.all()) {
      const jobId = jobAskedFor(view);
      if (jobId !== null && guestOf(view.slot) === null && isOver(jobId)) this.#rest(view.slot);
    }
  }

  #rest(slot: string): void {
    const reason = this.#off.get(slot);
    if (reason === undefined) this.#parts.views.reset(slot);
    else this.#parts.views.off(slot, reason);
  }

  /** Throws SLOT_UNKNOWN, SLOT_CHANGED, SLOT_COMMAND_UNFIT, DISK_FULL. */
  take(actorId: string, { slot, command, reason, sinceMs }: SlotOrder): SlotView {
    const { views } = this.#parts;
    const view = views.of(slot);
    if (!view) throw new KeylineError('SLOT_UNKNOWN', slot);
    if (view.sinceMs !== sinceMs) throw new KeylineError('SLOT_CHANGED', slot);
    if (!view.actions.includes(command)) throw new KeylineError('SLOT_COMMAND_UNFIT', `slot ${slot} ${view.state}`);
    if ((command === 'switch-off') !== (reason !== null))
      throw new KeylineError('MESSAGE_INVALID', 'a reason belongs to switch-off, and only there');
    if (reason !== null) this.#switchOff(actorId, view, reason);
    else if (command === 'switch-on') this.#switchOn(actorId, view);
    else this.#answer(actorId, view, command);
    const after = views.of(slot);
    assert(after, 'a slot that was drawn stays');
    return after;
  }

  #answer(actorId: string, view: SlotView, command: SlotCommand): void {
    const { views, records, guestOf } = this.#parts;
    const guest = guestOf(view.slot);
    if (command !== 'look-again') records.answered(actorId, view, command);
    if (command === 'in-bin' || command === 'got-it') {
      guest?.orders.answer();
      return views.reset(view.slot);
    }
    guest?.orders.lookAfresh(command === 'try-again' ? view.hwid : null);
    if (guest) views.look(view.slot);
    else views.reset(view.slot);
  }

  #switchOff(actorId: string, { slot, state }: SlotView, reason: OffReason): void {
    const { views, records, guestOf } = this.#parts;
    records.switchOff(actorId, slot, reason);
    this.#off.set(slot, reason);
    // A board in work is finished first.
    if (state === 'working') return views.change(slot, { offReason: reason });
    guestOf(slot)?.leave();
    views.reset(slot, { state: 'off', offReason: reason });
  }

  #switchOn(actorId: string, { slot, state }: SlotView): void {
    const { views, records, switchedOn } = this.#parts;
    records.switchOn(actorId, slot);
    this.#off.delete(slot);
    if (state !== 'off') return views.change(slot, { offReason: null });
    views.reset(slot);
    switchedOn();
  }
}

/** The job whose board left, and is to be inserted again; null for any other card. */
function jobAskedFor({ code, jobId }: SlotView): number | null {
  return code === 'PULLED_OUT' || code === 'LOST_IN_LOCKING' ? jobId : null;
}
