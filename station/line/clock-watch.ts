// Whether the clock may be trusted with a certificate's date (CERTAINTY.md, Clock). Pure but for the clock it is given.
import { BUILD_TIME_MS } from '../../domain/build-time.ts';
import type { Clock } from '../../domain/seams.ts';
import type { RecordTimes } from '../records/record-store.ts';

const DAY_MS = 86_400_000;
/** Further past the last sure event than this, a supervisor says that the time is right, by releasing the lot again. */
const MAX_SILENCE_MS = 30 * DAY_MS;
/** A clock that is set while the line runs: time servers slew by less than this. */
const MAX_JUMP_MS = 300_000;

export class ClockWatch {
  readonly #clock: Clock;
  /** UTC minus monotonic at the start; constant while nobody sets the clock. */
  readonly #offsetMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#offsetMs = clock.nowMs() - clock.monotonicMs();
  }

  /** Why the clock is unsure, or null. `issuerNotBeforeMs` is UTC. */
  doubt({ lastEventMs, lastSureMs }: RecordTimes, issuerNotBeforeMs: number): string | null {
    const nowMs = this.#clock.nowMs();
    const jumpMs = nowMs - this.#clock.monotonicMs() - this.#offsetMs;
    if (Math.abs(jumpMs) > MAX_JUMP_MS) return `it jumped by ${Math.round(jumpMs / 60_000)} minutes`;
    if (nowMs < BUILD_TIME_MS) return 'it is before this Keyline was made';
    if (nowMs < issuerNotBeforeMs) return 'it is before the signing CA begins';
    // The last event alone would do, were it not that a sign-in by a clock that was set back comes after it.
    if (nowMs < Math.max(lastEventMs, lastSureMs)) return 'it is before the last record';
    if (lastSureMs > 0 && nowMs > lastSureMs + MAX_SILENCE_MS) return 'the last sure date is more than 30 days old';
    return null;
  }
}
