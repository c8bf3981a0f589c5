// What people tell a line and its slots, on record: who started it, who answered a card, who switched a slot off and on.
// Touches no record of a device.
import { assert } from '../../domain/errors.ts';
import type { OffReason, SlotCommand, SlotView } from '../../domain/station-event.ts';
import type { Recorder } from './recorder.ts';

export class LineRecords {
  readonly #recorder: Recorder;
  readonly #names: readonly string[];

  /** `names` of the line's slots, in the order of their numbers. */
  constructor(recorder: Recorder, names: readonly string[]) {
    this.#recorder = recorder;
    this.#names = names;
  }

  started(actorId: string, lotId: string, slots: number): void {
    this.#recorder.commit(actorId, (append) => append('line-started', { lotId, slots }));
  }

  /** Slots that are off, each with its reason. */
  off(): ReadonlyMap<string, OffReason> {
    const all = this.#recorder.store.slotsOff();
    return new Map(all.map(({ slot, reason }) => [this.#names[slot - 1] ?? String(slot), reason]));
  }

  answered(actorId: string, { slot, code, hwid, jobId }: SlotView, command: SlotCommand): void {
    this.#recorder.commit(actorId, (append) => append('card-answered', { slot, code, hwid, jobId, command }));
  }

  switchOff(actorId: string, slot: string, reason: OffReason): void {
    this.#recorder.commit(actorId, (append, sinceMs) => {
      this.#recorder.store.insertSlotOff({ slot: this.#numberOf(slot), reason, sinceMs });
      append('slot-switched-off', { slot, reason });
    });
  }

  switchOn(actorId: string, slot: string): void {
    this.#recorder.commit(actorId, (append) => {
      this.#recorder.store.deleteSlotOff(this.#numberOf(slot));
      append('slot-switched-on', { slot });
    });
  }

  #numberOf(slot: string): number {
    const number = this.#names.indexOf(slot) + 1;
    assert(number >= 1, 'a slot is one of the line');
    return number;
  }
}
