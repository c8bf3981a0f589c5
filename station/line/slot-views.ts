// What each slot shows. The views follow commits, never lead them; every change is told once to whoever watches.
import type { Clock } from '../../domain/seams.ts';
import type { SlotView, StationEvent } from '../../domain/station-event.ts';

const EMPTY = {
  state: 'empty',
  stage: null,
  stageSinceMs: null,
  stages: [],
  share: null,
  jobId: null,
  attempt: null,
  hwid: null,
  deviceSerial: null,
  outcome: null,
  code: null,
  details: null,
  actions: [],
  offReason: null,
} satisfies Omit<SlotView, 'slot' | 'sinceMs'>;

export class SlotViews {
  readonly #views = new Map<string, SlotView>();
  readonly #clock: Clock;
  readonly #tell: (event: StationEvent) => void;

  constructor(clock: Clock, tell: (event: StationEvent) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  all(): readonly SlotView[] {
    return [...this.#views.values()].sort((a, b) => a.slot.localeCompare(b.slot, 'en', { numeric: true }));
  }

  /** A fresh view: nothing of the board before is kept. */
  reset(slot: string, change: Partial<Omit<SlotView, 'slot'>> = {}): void {
    this.#put({ ...EMPTY, slot, sinceMs: this.#clock.nowMs(), ...change });
  }

  change(slot: string, change: Partial<Omit<SlotView, 'slot'>>): void {
    const before = this.#views.get(slot) ?? { ...EMPTY, slot, sinceMs: this.#clock.nowMs() };
    const sinceMs = change.state && change.state !== before.state ? this.#clock.nowMs() : before.sinceMs;
    this.#put({ ...before, sinceMs, ...change });
  }

  #put(view: SlotView): void {
    this.#views.set(view.slot, view);
    this.#tell({ type: 'slot-changed', slot: view });
  }
}
