// How many boards must not lose their station now, folded from what it tells. A board that was just plugged in counts: it
// may be one that was in work when the station was started again.
import type { SlotView, StationEvent } from '../domain/station-event.ts';
import type { Work } from './parent-messages.ts';

type Slot = Pick<SlotView, 'slot' | 'state'>;

export class WorkCount {
  readonly #states = new Map<string, SlotView['state']>();
  #work: Work = { working: 0, locking: 0 };

  constructor(slots: readonly Slot[]) {
    for (const slot of slots) this.#put(slot);
  }

  get work(): Work {
    return this.#work;
  }

  /** True when the count is another one now. */
  change(event: StationEvent): boolean {
    if (event.type !== 'slot-changed') return false;
    const { working, locking } = this.#work;
    this.#put(event.slot);
    return this.#work.working !== working || this.#work.locking !== locking;
  }

  #put({ slot, state }: Slot): void {
    this.#states.set(slot, state);
    const states = [...this.#states.values()];
    const count = (...wanted: SlotView['state'][]) => states.filter((each) => wanted.includes(each)).length;
    this.#work = { working: count('looking', 'working'), locking: count('locking') };
  }
}
