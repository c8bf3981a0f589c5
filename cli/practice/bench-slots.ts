// The slots of a practice bench and the hands at them: one move after the other in each slot, and one board in it. Knows
// the station only by what it says of a board. Refuses a slot that is not there, taken or empty.
import type { PretendBoard } from '../../contract/bench-api.ts';
import { KeylineError } from '../../domain/errors.ts';
import type { StationEvent } from '../../domain/station-event.ts';
import type { ListedDevice, SimulatorProcess } from '../../simulator/simulator-process.ts';
import { BoardTray, type Sitting } from './board-tray.ts';

export type Boards = Pick<SimulatorProcess, 'insert' | 'eject' | 'stop'> & {
  readonly devices: readonly ListedDevice[];
};

export class BenchSlots {
  readonly count: number;
  readonly #open: () => Promise<Boards>;
  readonly #changed: () => void;
  readonly #sittings = new Map<number, Sitting>();
  readonly #moves = new Map<number, Promise<void>>();
  #boards: Boards;
  #tray: BoardTray;
  #renewing: Promise<void> | null = null;

  /** `boards` lie ready; `open` brings others when they are used up. `changed` is called whenever a slot is. */
  constructor(count: number, boards: Boards, open: () => Promise<Boards>, changed: () => void) {
    this.count = count;
    this.#boards = boards;
    this.#tray = new BoardTray(boards.devices);
    this.#open = open;
    this.#changed = changed;
  }

  /** Slots with a board, in order. */
  get occupied(): readonly number[] {
    return [...this.#sittings.keys()].sort((a, b) => a - b);
  }

  sitting(slot: number): Sitting | null {
    return this.#sittings.get(slot) ?? null;
  }

  hasGood(slot: number): boolean {
    return this.#tray.hasGood(slot);
  }

  /** All boards are used, and none is in a slot: `renew` brings others. */
  get isUsedUp(): boolean {
    return this.#tray.fresh === 0 && this.#sittings.size === 0;
  }

  /** Other boards in place of those that are used up. */
  renew(): Promise<void> {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  async #renew(): Promise<void> {
    this.#tray = new BoardTray([]);
    await Promise.all(this.#moves.values());
    await this.#boards.stop();
    this.#boards = await this.#open();
    this.#tray = new BoardTray(this.#boards.devices);
  }

  /** Settles when its port can be found. Throws SLOT_UNKNOWN, SLOT_OCCUPIED, NO_BOARD_PASSED, BOARDS_USED_UP. */
  insert(slot: number, kind: PretendBoard): Promise<void> {
    this.#refuseUnknown(slot);
    if (this.#sittings.has(slot)) throw new KeylineError('SLOT_OCCUPIED', `slot ${slot}`);
    const sitting = this.#tray.take(slot, kind);
    if (sitting === null) throw new KeylineError(kind === 'same-again' ? 'NO_BOARD_PASSED' : 'BOARDS_USED_UP');
    this.#sittings.set(slot, sitting);
    this.#changed();
    return this.#move(slot, () => this.#boards.insert(slot, sitting.device.device));
  }

  /** Settles when its port is gone. Throws SLOT_UNKNOWN, SLOT_EMPTY. */
  async eject(slot: number): Promise<void> {
    this.#refuseUnknown(slot);
    const sitting = this.#sittings.get(slot);
    if (sitting === undefined) throw new KeylineError('SLOT_EMPTY', `slot ${slot}`);
    this.#sittings.delete(slot);
    this.#changed();
    await this.#move(slot, () => this.#boards.eject(slot));
    this.#tray.putBack(slot, sitting);
  }

  /** The station's last word of a board; a word of a board that has left is past. */
  ended({ slot, hwid, outcome }: Extract<StationEvent, { type: 'job-ended' }>): Sitting | null {
    const sitting = this.#sittings.get(Number(slot));
    if (sitting === undefined || (hwid !== null && hwid !== sitting.device.hwid)) return null;
    sitting.ended = true;
    sitting.passed ||= outcome === 'passed';
    return sitting;
  }

  async close(): Promise<void> {
    await this.#renewing?.catch(() => {});
    await this.#boards.stop();
  }

  #refuseUnknown(slot: number): void {
    if (slot > this.count) throw new KeylineError('SLOT_UNKNOWN', `slot ${slot} of ${this.count}`);
  }

  #move(slot: number, act: () => Promise<void>): Promise<void> {
    const done = (this.#moves.get(slot) ?? Promise.resolve()).then(act);
    this.#moves.set(
      slot,
      done.catch(() => {}),
    );
    return done;
  }
}
