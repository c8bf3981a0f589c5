// What people tell a line and its slots, on record: who started it, who answered a card, who switched a slot off and on.
// Touches no record of a device.
import { assert } from '../../domain/errors.ts';
import type { OffReason, SlotCommand, SlotView } from '../../domain/station-event.ts';
import type { Recorder } from './recorder.ts';

export class LineRecords {
  readonly #recorder: Recorder;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  started(actorId: string, lotId: string, slots: number): void {
    this.#recorder.commit(actorId, (append) => append('line-started', { lotId, slots }));
  }

  /** Slots that are off, each with its reason. */
  off(): ReadonlyMap<string, OffReason> {
    return new Map(this.#recorder.store.slotsOff().map(({ slot, reason }) => [String(slot), reason]));
  }

  answered(actorId: string, { slot, code, hwid, jobId }: SlotView, command: SlotCommand): void {
    this.#recorder.commit(actorId, (append) => append('card-answered', { slot, code, hwid, jobId, command }));
  }

  switchOff(actorId: string, slot: string, reason: OffReason): void {
    this.#recorder.commit(actorId, (append, sinceMs) => {
      this.#recorder.store.insertSlotOff({ slot: numberOf(slot), reason, sinceMs });
      append('slot-switched-off', { slot, reason });
    });
  }

  switchOn(actorId: string, slot: string): void {
    this.#recorder.commit(actorId, (append) => {
      this.#recorder.store.deleteSlotOff(numberOf(slot));
      append('slot-switched-on', { slot });
    });
  }
}

/** A slot's name is its number on the line. */
function numberOf(slot: string): number {
  const number = Number(slot);
  assert(Number.isInteger(number) && number >= 1, 'a slot is named by its number');
  return number;
}
