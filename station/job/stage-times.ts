// The station's time in each stage of one job, on the monotonic clock. A stage done again counts once, in all.
import type { Stage } from '../../domain/job.ts';
import type { Clock } from '../../domain/seams.ts';
import type { StageTime } from '../../domain/station-event.ts';

export class StageTimes {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  /** In the order in which they were first entered. */
  readonly #ms = new Map<Stage, number>();
  #now: Stage = 'connect';
  #sinceMs: number;

  /** `before`: what was recorded until the job was resumed. `sinceMs`, monotonic: when the board was connected to. */
  constructor(clock: Pick<Clock, 'monotonicMs'>, before: readonly StageTime[], sinceMs: number) {
    this.#clock = clock;
    this.#sinceMs = sinceMs;
    for (const { stage, ms } of before) this.#ms.set(stage, ms);
  }

  enter(stage: Stage): void {
    if (stage === this.#now) return;
    this.#count();
    this.#now = stage;
  }

  /** Stages that are over. */
  over(): readonly StageTime[] {
    return this.#times().filter(({ stage }) => stage !== this.#now);
  }

  /** With the one that is under way, until now. */
  all(): readonly StageTime[] {
    this.#count();
    return this.#times();
  }

  #count(): void {
    const nowMs = this.#clock.monotonicMs();
    this.#ms.set(this.#now, (this.#ms.get(this.#now) ?? 0) + nowMs - this.#sinceMs);
    this.#sinceMs = nowMs;
  }

  #times(): readonly StageTime[] {
    return [...this.#ms].map(([stage, ms]) => ({ stage, ms: Math.round(ms) }));
  }
}
