// Who stands at the bench of a world: puts boards in, takes them out, answers cards, releases what is held, starts the
// line again. Knows only what a person sees. Boards that will not do end in the bin, so that every run ends.
import { KeylineError } from '../../../domain/errors.ts';
import type { SlotView } from '../../../domain/station-event.ts';
import type { Station } from '../../../station/station.ts';
import type { Chance } from './chance.ts';
import type { WorldBoard } from './world-board.ts';
import type { WorldSlot } from './world-slot.ts';

const LOOK_MS = 100;
/** A board that does nothing for this long is put in anew; longer than any wait of a station that works. */
const STUCK_MS = 90_000;
/** A line that stays stopped for this long is started again. */
const STOPPED_MS = 4_000;
const MAX_INSERTIONS = 12;
/** Cards whose board may well be good: it is put in again rather than thrown away. */
const ONCE_MORE = ['NO_ANSWER_THRICE', 'NOT_A_BOARD', 'PULLED_OUT', 'LOST_IN_LOCKING', 'DEVICE_SWAPPED', 'PORT_BUSY'];

export interface Bench {
  readonly chance: Chance;
  readonly slots: readonly WorldSlot[];
  readonly boards: WorldBoard[];
  /** The lot to be worked on; null while there is none. */
  lotId(): string | null;
  readonly views: ReadonlyMap<string, SlotView>;
  nowMs(): number;
  after(delayMs: number, act: () => void): void;
  /** Null while the station's program does not run. */
  station(): Station | null;
  /** What went wrong in a call that a person made, beside refusals in plain words. */
  fault(error: unknown): void;
  changed(): void;
  /** The line's state as last told. */
  line(): { readonly running: boolean; readonly stoppedBy: string | null; readonly lotState: string | null };
}

export class Hands {
  readonly #bench: Bench;
  readonly #seen = new Map<number, { what: string; sinceMs: number }>();
  #stoppedSinceMs: number | null = null;
  #busy = false;
  #resting = false;

  constructor(bench: Bench) {
    this.#bench = bench;
    this.#next();
  }

  #next(): void {
    this.#bench.after(LOOK_MS, () => {
      if (this.#resting) return;
      this.#look();
      this.#next();
    });
  }

  rest(): void {
    this.#resting = true;
  }

  /** Every board has its last word and no slot holds one. */
  get done(): boolean {
    return this.#bench.boards.every(({ whereabouts }) => whereabouts === 'done' || whereabouts === 'bin');
  }

  #look(): void {
    const { chance, slots } = this.#bench;
    const station = this.#bench.station();
    if (station) this.#tend(station);
    for (const slot of slots) {
      if (slot.board) this.#mind(slot, slot.board, station);
      else if (chance.percent(60)) this.#fill(slot);
    }
  }

  #fill(slot: WorldSlot): void {
    const { boards } = this.#bench;
    const nowMs = this.#bench.nowMs();
    const board = boards.find(
      ({ whereabouts, backMs, backTo }) =>
        whereabouts === 'tray' && backMs <= nowMs && (backTo === null || backTo === slot.number),
    );
    if (!board) return;
    slot.insert(board);
    this.#seen.delete(slot.number);
    this.#bench.changed();
  }

  #mind(slot: WorldSlot, board: WorldBoard, station: Station | null): void {
    const { views, chance } = this.#bench;
    const nowMs = this.#bench.nowMs();
    const view = views.get(String(slot.number));
    const what = view ? `${view.state} ${view.stage} ${view.code} ${view.attempt}` : 'dark';
    const seen = this.#seen.get(slot.number);
    if (seen?.what !== what) {
      this.#seen.set(slot.number, { what, sinceMs: nowMs });
      return;
    }
    const forMs = nowMs - seen.sinceMs;
    if (forMs > STUCK_MS) return this.#takeOut(slot, board, 'again');
    if (!view || !station || forMs < 200) return;
    switch (view.state) {
      case 'passed':
        return this.#takeOut(slot, board, 'done');
      case 'failed':
      case 'needs-you':
        if (view.code === 'DONE_TODAY' || view.code === 'ALREADY_DONE') return this.#takeOut(slot, board, 'done');
        if (view.code !== null && ONCE_MORE.includes(view.code))
          return forMs > 3_000 ? this.#takeOut(slot, board, 'again') : undefined;
        if (view.actions.includes('try-again') && chance.percent(70)) return this.#tell(station, view);
        return forMs > 1_000 ? this.#takeOut(slot, board, 'bin') : undefined;
      case 'held':
        return forMs > 20_000 ? this.#takeOut(slot, board, 'bin') : undefined;
      default:
        return;
    }
  }

  #tell(station: Station, view: SlotView): void {
    const { slot, sinceMs } = view;
    this.#try(() => station.commandSlot('hands', { slot, command: 'try-again', reason: null, sinceMs }));
  }

  #takeOut(slot: WorldSlot, board: WorldBoard, to: 'done' | 'bin' | 'again'): void {
    slot.remove();
    this.#seen.delete(slot.number);
    this.putAway(board, to);
    this.#bench.changed();
  }

  /** Out of every slot: on the tray again for a while, or away for good. */
  putAway(board: WorldBoard, to: 'done' | 'bin' | 'again', backTo: number | null = null): void {
    const again = to === 'again' && board.insertions < MAX_INSERTIONS;
    board.whereabouts = again ? 'tray' : to === 'done' ? 'done' : 'bin';
    board.backMs = this.#bench.nowMs() + this.#bench.chance.between(100, 2_500);
    board.backTo = backTo;
  }

  /** Releases a held lot, and starts a line that stands. */
  #tend(station: Station): void {
    const { chance } = this.#bench;
    const lotId = this.#bench.lotId();
    if (lotId === null) return;
    const { running, stoppedBy, lotState } = this.#bench.line();
    if (lotState === 'held' && chance.percent(20))
      this.#try(() => station.commandLot('hands', { lotId, command: 'release', because: null, writeOff: false }));
    if (this.#busy) return;
    if (!running) return this.#start(station, lotId);
    const nowMs = this.#bench.nowMs();
    if (stoppedBy === null) this.#stoppedSinceMs = null;
    else this.#stoppedSinceMs ??= nowMs;
    if (this.#stoppedSinceMs === null || nowMs - this.#stoppedSinceMs < STOPPED_MS) return;
    this.#stoppedSinceMs = null;
    if (stoppedBy === 'CLOCK_UNSURE') this.#restart(station);
    else this.#try(() => station.lookAgain());
  }

  #start(station: Station, lotId: string): void {
    this.#busy = true;
    const { slots } = this.#bench;
    void station
      .startLine('hands', { lotId, bench: { ports: 'bench', slots: slots.length } })
      .then(
        () => undefined,
        (error) => {
          this.#refused(error);
          if (error instanceof KeylineError && error.code === 'CLOCK_UNSURE') this.#vouch(station);
        },
      )
      .finally(() => {
        this.#busy = false;
      });
  }

  /** A supervisor says that the clock is right, by releasing the lot again. */
  #vouch(station: Station): void {
    const lotId = this.#bench.lotId();
    if (lotId === null) return;
    this.#try(() => station.commandLot('hands', { lotId, command: 'release', because: null, writeOff: false }));
  }

  /** The line begins anew, with the clock as it is now. */
  #restart(station: Station): void {
    this.#busy = true;
    void station
      .stopLine()
      .then(
        () => this.#vouch(station),
        (error) => this.#refused(error),
      )
      .finally(() => {
        this.#busy = false;
      });
  }

  /** The station died: what was begun with it is over. */
  forget(): void {
    this.#busy = false;
    this.#stoppedSinceMs = null;
    this.#seen.clear();
  }

  #try(act: () => unknown): void {
    try {
      act();
    } catch (error) {
      this.#refused(error);
    }
  }

  #refused(error: unknown): void {
    if (!(error instanceof KeylineError)) this.#bench.fault(error);
  }
}
