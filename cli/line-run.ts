// Follows one running line to its end: the lot is full and every occupied slot has its answer, or somebody wants it to
// stop. Folds the station's events by replacing; knows nothing of how they are shown.
import { KeylineError } from '../domain/errors.ts';
import type { LotView, SlotView, StationEvent } from '../domain/station-event.ts';
import { type StationApiClient, stationEvents } from './station-client.ts';

export interface LineOrder {
  readonly lotId: string;
  readonly ports: string;
  readonly slots: number;
}

export interface LineWatch {
  /** Aborts when the line is to admit no more boards. */
  readonly stop: AbortSignal;
  changed(event: StationEvent, slots: readonly SlotView[], lot: LotView): void;
}

export interface LineEnd {
  readonly slots: readonly SlotView[];
  /** Boards that came to an end while it was followed. */
  readonly ended: number;
}

/** States in which a slot has not given its answer yet. */
const AT_WORK: ReadonlySet<SlotView['state']> = new Set(['looking', 'working', 'locking']);

/**
 * Starts the line, follows it to its end and stops it. Throws what the start refuses, and STATION_GONE.
 */
export async function runLine(api: StationApiClient, order: LineOrder, watch: LineWatch): Promise<LineEnd> {
  const leave = new AbortController();
  const fold = new LineFold();
  const events = stationEvents(api, leave.signal);
  // Watched before it starts, so that no change is missed.
  const following = follow(events, fold, watch);
  try {
    const { lotId, ports, slots } = order;
    await api.line.start({ lotId, bench: { ports, slots } });
    fold.begin(await api.status());
    await Promise.race([fold.full, aborted(watch.stop), following]);
    fold.lettingGo = true;
    await api.line.stop();
  } finally {
    leave.abort();
    await following.catch(() => {});
  }
  return { slots: fold.slots(), ended: fold.ended };
}

async function follow(events: AsyncIterable<StationEvent>, fold: LineFold, watch: LineWatch): Promise<never> {
  for await (const event of events) {
    fold.add(event);
    const { lot } = fold;
    if (lot) watch.changed(event, fold.slots(), lot);
  }
  throw new KeylineError('STATION_GONE');
}

export class LineFold {
  /** Settles when no further board can pass and no slot is at work. */
  readonly full: Promise<void>;
  #settle: () => void = () => {};
  #begun = false;
  readonly #slots = new Map<string, SlotView>();
  lot: LotView | null = null;
  ended = 0;
  /** The line stops and lets go of its slots: a board that sits in one keeps the answer that it got. */
  lettingGo = false;

  constructor() {
    this.full = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** The state at the start; events that came before it are newer where they name the same slot. */
  begin({ slots, lot }: { slots: readonly SlotView[]; lot: LotView | null }): void {
    for (const view of slots) if (!this.#slots.has(view.slot)) this.#slots.set(view.slot, view);
    this.lot ??= lot;
    this.#begun = true;
    this.#check();
  }

  add(event: StationEvent): void {
    if (event.type === 'slot-changed' && !(this.lettingGo && event.slot.state === 'empty'))
      this.#slots.set(event.slot.slot, event.slot);
    if (event.type === 'lot-changed' && event.current) {
      this.lot = event.lot;
      // The station stops the line of a lot that is closed.
      this.lettingGo ||= event.lot.state === 'closed';
    }
    if (event.type === 'job-ended') this.ended++;
    this.#check();
  }

  slots(): readonly SlotView[] {
    return [...this.#slots.values()].sort((a, b) => a.slot.localeCompare(b.slot, 'en', { numeric: true }));
  }

  #check(): void {
    // Before that the line has not looked at its boards yet.
    if (this.#begun && this.lot && isFull(this.lot) && ![...this.#slots.values()].some(isAtWork)) this.#settle();
  }
}

/** No further board of this lot can pass: the quantity is reached, every signature is spent, or it is closed. */
function isFull(lot: LotView): boolean {
  const spent = lot.signatures >= lot.quantity + lot.spare && lot.running === 0;
  return lot.state === 'closed' || lot.passed >= lot.quantity || spent;
}

/** A slot that is held without a reason is about to look at its board. */
function isAtWork({ state, code }: SlotView): boolean {
  return AT_WORK.has(state) || (state === 'held' && code === null);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
