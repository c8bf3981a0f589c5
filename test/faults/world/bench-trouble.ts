// What happens to boards and clock while the line works: pulled out, put elsewhere, changed on the open port, copied; a
// hub that goes; a clock that is set; a service that knows the device already.
import type { Chance } from './chance.ts';
import { showsDoubt, showsGone } from './event-words.ts';
import type { Fault } from './fault-lanes.ts';
import type { Hands } from './hands.ts';
import type { Sightings } from './sightings.ts';
import type { WorldBoard } from './world-board.ts';
import type { WorldClock } from './world-clock.ts';
import type { WorldService } from './world-service.ts';
import type { WorldSlot } from './world-slot.ts';

const HOUR_MS = 3_600_000;
/** What people and dead batteries do to clocks. */
const JUMPS_MS = [-400 * 24 * HOUR_MS, -2 * HOUR_MS, 2 * HOUR_MS, 40 * 24 * HOUR_MS];

export interface TroubleParts {
  readonly chance: Chance;
  readonly clock: WorldClock;
  readonly slots: readonly WorldSlot[];
  readonly boards: readonly WorldBoard[];
  readonly service: WorldService;
  readonly sightings: Sightings;
  hands(): Hands | null;
  changed(): void;
  addTwin(of: WorldBoard): void;
}

export class BenchTrouble {
  readonly #parts: TroubleParts;
  #jumpedMs = 0;

  constructor(parts: TroubleParts) {
    this.#parts = parts;
  }

  /** `number`: the slot whose board entered a stage. */
  strike(fault: Fault, number: number): void {
    const slot = this.#parts.slots[number - 1];
    const hands = this.#parts.hands();
    if (!slot || !hands) return;
    switch (fault.kind) {
      case 'unplug':
        return this.#unplug(fault, slot, hands, number);
      case 'other-slot': {
        const others = this.#parts.slots.filter((one) => one !== slot).map((one) => one.number);
        return this.#unplug(fault, slot, hands, this.#parts.chance.pick(others));
      }
      case 'hub': {
        for (const one of this.#parts.slots) this.#unplug(fault, one, hands, one.number);
        return;
      }
      case 'swap':
        return this.#swap(fault, slot, hands);
      case 'twin':
        return this.#twin(fault);
      case 'taken':
        return this.#take(fault);
      case 'clock-jump':
        return this.#jump(fault);
      default:
        throw new Error(`${fault.kind} does not happen at the bench`);
    }
  }

  #unplug(fault: Fault, slot: WorldSlot, hands: Hands, backTo: number): void {
    const board = slot.remove();
    if (!board) return;
    const { number } = slot;
    this.#parts.sightings.expectEvent(fault, (event) => showsGone(event, number, board.hwid));
    hands.putAway(board, 'again', backTo);
    this.#parts.changed();
  }

  #swap(fault: Fault, slot: WorldSlot, hands: Hands): void {
    const other = this.#parts.boards.find(({ whereabouts }) => whereabouts === 'tray');
    if (!slot.board || !other) return;
    this.#parts.sightings.expectEvent(
      fault,
      (event) => event.type === 'slot-changed' && event.slot.hwid === other.hwid,
    );
    const out = slot.swap(other);
    if (out) hands.putAway(out, 'again');
  }

  #twin(fault: Fault): void {
    const original = this.#parts.chance.pick(this.#parts.boards);
    this.#parts.addTwin(original);
    this.#parts.sightings.expectEvent(fault, (event) => showsDoubt(event, original.hwid));
  }

  #take(fault: Fault): void {
    const board = this.#parts.chance.pick(this.#parts.boards);
    if (!this.#parts.service.take(board.hwid)) return;
    this.#parts.sightings.expectEvent(fault, (event) => event.type === 'sync-changed' && event.sync.refused > 0);
  }

  #jump(fault: Fault): void {
    if (this.#jumpedMs !== 0) return;
    const { chance, clock } = this.#parts;
    this.#jumpedMs = chance.pick(JUMPS_MS);
    clock.jump(this.#jumpedMs);
    this.#parts.sightings.expectEvent(
      fault,
      (event) => event.type === 'line-changed' && event.stoppedBy === 'CLOCK_UNSURE',
    );
    clock.after(chance.between(2_000, 15_000), () => this.setClockRight());
  }

  setClockRight(): void {
    this.#parts.clock.jump(-this.#jumpedMs);
    this.#jumpedMs = 0;
  }
}
