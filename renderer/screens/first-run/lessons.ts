// What a person has seen happen on the practice bench. A lesson comes true from what the station tells, never from a
// button that was pressed, and stays true.
import type { SlotView } from '../../../domain/station-event.ts';

export interface Lessons {
  /** A board passed. */
  readonly pass: boolean;
  /** A board failed, and its slot has gone on since. */
  readonly fail: boolean;
  /** A scan was taken. */
  readonly scan: boolean;
  /** Slots that stand failed now. */
  readonly failing: readonly string[];
}

export const NO_LESSONS: Lessons = { pass: false, fail: false, scan: false, failing: [] };

export type LessonEvent =
  | { readonly type: 'slots'; readonly slots: readonly Pick<SlotView, 'slot' | 'state'>[] }
  | { readonly type: 'scan' };

export function lessonsAfter(before: Lessons, event: LessonEvent): Lessons {
  if (event.type === 'scan') return before.scan ? before : { ...before, scan: true };
  const { slots } = event;
  const failing = slots.filter(({ state }) => state === 'failed').map(({ slot }) => slot);
  const mended = before.failing.some((slot) => !failing.includes(slot));
  const pass = before.pass || slots.some(({ state }) => state === 'passed');
  const after = { pass, fail: before.fail || mended, scan: before.scan, failing };
  const same = after.pass === before.pass && after.fail === before.fail && failing.join() === before.failing.join();
  return same ? before : after;
}
