// How far a slot's job is and how long it still takes (UX.md section 10), from the lot's medians. Both only ever get
// better while one try lasts: progress never falls, time left never jumps up. Nothing is guessed where no board of the
// lot has shown how long a stage takes.
import { Stage } from '../../domain/job.ts';
import type { LotPace, SlotView } from '../../domain/station-event.ts';

/** What a tile shows of time. */
export interface Timing {
  /** Of the whole job, 0 to 1, each stage counting alike as in the stage bar. */
  readonly progress: number;
  /** Of the stage in work, 0 to 1; null where neither the station nor a median says. */
  readonly share: number | null;
  /** `over`: past its estimate. Null where no figure is due. */
  readonly left: { readonly kind: 'seconds'; readonly seconds: number } | { readonly kind: 'over' } | null;
  /** No progress for twice the usual time of this stage. */
  readonly slow: boolean;
}

/** A slot's timing and what the next one must not fall behind. */
export interface TimingMemory {
  readonly timing: Timing;
  readonly tryKey: string;
  readonly stage: Stage;
  readonly leftMs: number | null;
  readonly toldShare: number | null;
  /** When the stage last got on. */
  readonly progressAtMs: number;
  readonly shownAtMs: number;
}

/** The ring moves at most 4 times a second (UX.md section 11). */
export const RING_EVERY_MS = 250;
/** Jobs that usually take less show no ring; those that take more than the second show seconds (UX.md section 10). */
const RING_FROM_MS = 1_000;
const SECONDS_FROM_MS = 10_000;
/** Times the usual time of a stage without progress: then it is slow (UX.md section 10). */
const SLOW_TIMES = 2;
/** A stage is full only when it is over. */
const MOST_SHARE = 0.95;

/** The timing now, or null for a slot that does no work. `before` is what this gave last. */
export function timingOf(
  slot: SlotView,
  stageMs: LotPace['stageMs'],
  nowMs: number,
  before: TimingMemory | null,
): TimingMemory | null {
  const { stage, stageSinceMs } = slot;
  if (stage === null || (slot.state !== 'working' && slot.state !== 'locking')) return null;
  const tryKey = `${slot.jobId}/${slot.attempt}`;
  const same = before !== null && before.tryKey === tryKey ? before : null;
  const staged = same !== null && same.stage === stage ? same : null;
  if (staged !== null && nowMs - staged.shownAtMs < RING_EVERY_MS) return staged;

  const usualMs = stageMs[stage] ?? null;
  const elapsedMs = Math.max(0, nowMs - (stageSinceMs ?? nowMs));
  const progressAtMs = lastProgress(slot, staged, nowMs);
  const slow = usualMs !== null && nowMs - progressAtMs > Math.max(RING_FROM_MS, SLOW_TIMES * usualMs);
  const share = Math.max(shareOf(slot.share, usualMs, elapsedMs) ?? -1, staged?.timing.share ?? -1);
  const known = share < 0 ? null : share;
  const jobMs = sumOf(Stage.options, stageMs);
  const leftMs = leftOf(slot, stageMs, elapsedMs, same);
  const at = Stage.options.indexOf(stage);
  const progress = jobMs !== null && jobMs < RING_FROM_MS ? 0 : (at + (known ?? 0)) / Stage.options.length;
  return {
    timing: {
      progress: Math.max(progress, same?.timing.progress ?? 0),
      share: known,
      left: jobMs === null || jobMs <= SECONDS_FROM_MS ? null : leftText(leftMs),
      slow,
    },
    ...{ tryKey, stage, leftMs, toldShare: slot.share, progressAtMs, shownAtMs: nowMs },
  };
}

/** When the stage last got on: its start, or the last time that its told share was seen to change. */
function lastProgress(slot: SlotView, staged: TimingMemory | null, nowMs: number): number {
  if (staged === null) return slot.share === null ? (slot.stageSinceMs ?? nowMs) : nowMs;
  return slot.share === staged.toldShare ? staged.progressAtMs : nowMs;
}

function shareOf(told: number | null, usualMs: number | null, elapsedMs: number): number | null {
  if (told !== null) return told;
  return usualMs === null || usualMs <= 0 ? null : Math.min(MOST_SHARE, elapsedMs / usualMs);
}

/** What is left of the job, ms; falls or holds within one try. Null where a stage has no median. */
function leftOf(
  { stage, share }: SlotView,
  stageMs: LotPace['stageMs'],
  elapsedMs: number,
  before: TimingMemory | null,
): number | null {
  const at = stage === null ? 0 : Stage.options.indexOf(stage);
  const after = sumOf(Stage.options.slice(at + 1), stageMs);
  const usualMs = stage === null ? undefined : stageMs[stage];
  const held = before?.leftMs ?? null;
  if (after === null || usualMs === undefined) return held;
  const rest = Math.max(0, Math.min(usualMs - elapsedMs, usualMs * (1 - (share ?? 0))));
  return Math.min(after + rest, held ?? Number.POSITIVE_INFINITY);
}

function sumOf(stages: readonly Stage[], stageMs: LotPace['stageMs']): number | null {
  let sum = 0;
  for (const stage of stages) {
    const usualMs = stageMs[stage];
    if (usualMs === undefined) return null;
    sum += usualMs;
  }
  return sum;
}

function leftText(leftMs: number | null): Timing['left'] {
  if (leftMs === null) return null;
  return leftMs > 0 ? { kind: 'seconds', seconds: Math.ceil(leftMs / 1_000) } : { kind: 'over' };
}
