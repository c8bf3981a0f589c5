// What each slot shows. The views follow commits, never lead them; every change is told once to whoever watches.
import type { Clock } from '../../domain/seams.ts';
import type { OffReason, SlotView, StationEvent } from '../../domain/station-event.ts';
import { slotActions } from './slot-actions.ts';

type Shown = Omit<SlotView, 'slot' | 'sinceMs' | 'actions'>;

const EMPTY: Shown = {
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
  offReason: null,
};

/** A ring moves at most 4 times a second (UX.md section 11): a share is told no more often than that. */
const SHARE_EVERY_MS = 250;

/** A clock that stands this far before the last moment was set back. */
const SET_BACK_MS = 1_000;

export class SlotViews {
  readonly #views = new Map<string, SlotView>();
  readonly #sharedMs = new Map<string, number>();
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #tell: (event: StationEvent) => void;

  constructor(clock: Pick<Clock, 'nowMs'>, tell: (event: StationEvent) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  all(): readonly SlotView[] {
    return [...this.#views.values()].sort((a, b) => a.slot.localeCompare(b.slot, 'en', { numeric: true }));
  }

  of(slot: string): SlotView | null {
    return this.#views.get(slot) ?? null;
  }

  /** A fresh view: nothing of the board before is kept. A slot that is to go off when its board is finished says so. */
  reset(slot: string, change: Partial<Shown> = {}): void {
    const { state, offReason } = this.of(slot) ?? EMPTY;
    const turning = state === 'off' ? null : offReason;
    this.#put(slot, { ...EMPTY, offReason: turning, ...change }, this.#newSinceMs(slot), false);
  }

  /** The slot looks at what sits in it; a slot that looks already goes on. */
  look(slot: string): void {
    if (this.of(slot)?.state === 'looking') return;
    this.reset(slot, { state: 'looking', stage: 'connect', stageSinceMs: this.#clock.nowMs() });
  }

  /** Off, with the last word of a board that was finished first. */
  off(slot: string, offReason: OffReason): void {
    const { jobId, hwid, deviceSerial, outcome, code } = this.of(slot) ?? EMPTY;
    const last = outcome === null ? {} : { jobId, hwid, deviceSerial, outcome, code };
    this.reset(slot, { ...last, state: 'off', offReason });
  }

  /** `lastTry`: no further job may be opened for the board that the slot shows. */
  change(slot: string, change: Partial<Shown>, lastTry = false): void {
    const before = this.of(slot);
    const { state, stage } = { ...EMPTY, ...before };
    const moved = before === null || (change.state !== undefined && change.state !== state);
    const entered = change.stage !== undefined && change.stage !== stage;
    const stageSinceMs = change.stage === null ? null : this.#clock.nowMs();
    const shown = { ...EMPTY, ...before, ...(entered ? { stageSinceMs } : {}), ...change };
    this.#put(slot, shown, moved ? this.#newSinceMs(slot) : before.sinceMs, lastTry);
  }

  /** How far a long step is; told now and then, however often the board answers. */
  share(slot: string, share: number): void {
    const nowMs = this.#clock.nowMs();
    const sharedMs = this.#sharedMs.get(slot) ?? Number.NEGATIVE_INFINITY;
    if (nowMs >= sharedMs && nowMs - sharedMs < SHARE_EVERY_MS) return;
    this.#sharedMs.set(slot, nowMs);
    this.change(slot, { share });
  }

  /** A job that waited for its board goes on elsewhere: the slot that the board left shows its card no longer. */
  wentOn(jobId: number, slot: string): void {
    for (const view of this.#views.values())
      if (view.jobId === jobId && view.slot !== slot && view.state === 'needs-you') this.reset(view.slot);
  }

  /** Also in the same millisecond each moment of a slot has its own: commands name the one that they are meant for. */
  #newSinceMs(slot: string): number {
    const nowMs = this.#clock.nowMs();
    const lastMs = this.of(slot)?.sinceMs ?? 0;
    return nowMs <= lastMs && lastMs - nowMs < SET_BACK_MS ? lastMs + 1 : nowMs;
  }

  #put(slot: string, shown: Shown, sinceMs: number, lastTry: boolean): void {
    const { state, code, offReason } = shown;
    const view: SlotView = { ...shown, slot, sinceMs, actions: slotActions({ state, code, offReason, lastTry }) };
    this.#views.set(slot, view);
    this.#tell({ type: 'slot-changed', slot: view });
  }
}
