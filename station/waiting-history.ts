// How many registrations waited over the last three days: counted back from what waits now, by the recorded moments at
// which one was made, sent again or answered. Pure.
import type { WaitingHistory } from '../contract/outbox-api.ts';
import type { WaitingStep } from './outbox/sending-store.ts';

/** UX.md section 4.7. */
const DAYS_MS = 3 * 86_400_000;
/** 432 points: as many as the picture has room for. */
const STEP_MS = 600_000;

/** The first point is three days ago; each stands at the begin of its step, the last one is now. */
export function waitingHistory(
  nowMs: number,
  waiting: number,
  stepsSince: (sinceMs: number, stepMs: number) => readonly WaitingStep[],
): WaitingHistory {
  const first = Math.floor((nowMs - DAYS_MS) / STEP_MS);
  const last = Math.floor(nowMs / STEP_MS);
  const changes = new Map<number, number>();
  // An event of a clock that was ahead counts as of now.
  for (const { step, change } of stepsSince(first * STEP_MS, STEP_MS))
    changes.set(Math.min(step, last), (changes.get(Math.min(step, last)) ?? 0) + change);
  const points = [waiting];
  let before = waiting;
  for (let step = last; step >= first; step--) {
    before -= changes.get(step) ?? 0;
    points.unshift(Math.max(0, before));
  }
  return { fromMs: first * STEP_MS, stepMs: STEP_MS, points };
}
