// How fast entries leave: a bucket of tokens, whose rate is what the service let pass when it last asked for patience
// (429, Retry-After), and which opens again when it no longer asks. Tells how long what waits will take.
import type { Clock } from '../../domain/seams.ts';

/** Entries in one request: past this the time a device waits grows and the rate does not (facts: mTLS and sync). */
export const BATCH = 200;
/** A learned rate is kept so long before more is tried: a service that limits is then asked for more once in a while only. */
const HOLD_MS = 4_000;
/** After that more is tried each second: a little at first, soon twice as much. From 100 to 6,400 in eight seconds. */
const GROW_MS = 1_000;
const FIRST_GROWTH = 1.25;
const LAST_GROWTH = 2;
/** A pause longer than this says nothing about what the service takes. */
const IDLE_MS = 5_000;
/** Entries a second above which there is nothing to hold back: more than one connection carries. */
const UNLIMITED = 20_000;
/** Retry-After of a service that names none. */
const USUAL_RETRY_MS = 1_000;
/** What the forecast looks back on. */
const LOOK_BACK_MS = 60_000;
/** Answers remembered for it: one a second, and the rest is summed up. */
const MOST_ANSWERS = 60;

export class Pace {
  readonly #clock: Clock;
  /** Entries a second; null: as fast as it goes. */
  #rate: number | null = null;
  #tokens = 0;
  #filledMs = 0;
  /** Monotonic: since when the service has taken `taken` entries, the patience it asked for before them included. */
  #sinceMs: number;
  #taken = 0;
  #activeMs: number;
  #closedUntilMs = 0;
  #grownMs = 0;
  #growth = FIRST_GROWTH;
  #answers: { atMs: number; entries: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#sinceMs = clock.monotonicMs();
    this.#activeMs = this.#sinceMs;
  }

  /** Entries for the next request: half a second's worth at a limited rate. */
  get batch(): number {
    return this.#rate === null ? BATCH : Math.max(1, Math.min(BATCH, Math.floor(this.#rate / 2)));
  }

  /** Milliseconds until so many entries may leave; 0: now. */
  waitMs(entries: number): number {
    const nowMs = this.#clock.monotonicMs();
    const closed = Math.max(0, this.#closedUntilMs - nowMs);
    if (closed === 0 && nowMs - Math.max(this.#activeMs, this.#closedUntilMs) > IDLE_MS)
      [this.#sinceMs, this.#taken, this.#activeMs] = [nowMs, 0, nowMs];
    if (this.#rate === null) return closed;
    this.#fill(nowMs, this.#rate);
    const missing = Math.max(0, entries - this.#tokens);
    return Math.max(closed, Math.ceil((missing / this.#rate) * 1000));
  }

  #fill(nowMs: number, rate: number): void {
    this.#tokens = Math.min(this.batch, this.#tokens + ((nowMs - this.#filledMs) / 1000) * rate);
    this.#filledMs = nowMs;
  }

  /** The service has answered for so many. */
  answered(entries: number): void {
    const nowMs = this.#clock.monotonicMs();
    this.#taken += entries;
    this.#tokens = Math.max(0, this.#tokens - entries);
    this.#activeMs = nowMs;
    this.#remember(nowMs, entries);
    if (this.#rate === null || nowMs - this.#closedUntilMs < HOLD_MS || nowMs - this.#grownMs < GROW_MS) return;
    this.#grownMs = nowMs;
    this.#rate = this.#rate * this.#growth > UNLIMITED ? null : this.#rate * this.#growth;
    this.#growth = Math.min(LAST_GROWTH, this.#growth * FIRST_GROWTH);
  }

  /** The service asks for patience, for so long; null: it does not say how long. */
  throttled(retryAfterMs: number | null): void {
    const nowMs = this.#clock.monotonicMs();
    this.#closedUntilMs = nowMs + (retryAfterMs ?? USUAL_RETRY_MS);
    const seconds = Math.max(1, (nowMs - this.#sinceMs) / 1000);
    const half = this.batch / 2;
    // What it took since it asked last, that wait included; where that is nothing, half of what was too much.
    const learned = this.#taken > 0 ? Math.min(this.#taken / seconds, this.#rate ?? UNLIMITED) : half;
    this.#rate = Math.max(1, learned);
    [this.#tokens, this.#filledMs, this.#taken] = [this.batch, this.#closedUntilMs, 0];
    [this.#sinceMs, this.#activeMs, this.#grownMs] = [nowMs, nowMs, this.#closedUntilMs];
    this.#growth = FIRST_GROWTH;
  }

  /** Milliseconds that so many entries will take at the pace of the last minute; null before there is one. */
  drainMs(waiting: number): number | null {
    const nowMs = this.#clock.monotonicMs();
    const recent = this.#answers.filter(({ atMs }) => nowMs - atMs < LOOK_BACK_MS);
    const [first, ...rest] = recent;
    const last = rest.at(-1);
    if (!first || !last || waiting === 0) return null;
    const entries = rest.reduce((sum, answer) => sum + answer.entries, 0);
    const tookMs = Math.max(1, last.atMs - first.atMs);
    return Math.round((waiting / entries) * tookMs);
  }

  #remember(atMs: number, entries: number): void {
    const last = this.#answers.at(-1);
    if (last && this.#answers.length > 1 && atMs - last.atMs < GROW_MS) last.entries += entries;
    else this.#answers.push({ atMs, entries });
    if (this.#answers.length > MOST_ANSWERS) this.#answers.shift();
  }
}
