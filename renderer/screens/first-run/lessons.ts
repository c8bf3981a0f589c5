// What a person has seen happen on the practice bench. A lesson comes true from what the station tells, never from a
// button that was pressed, and stays true.
import type { SlotView } from '../../../domain/station-event.ts';

export interface Lessons {
  /** A board passed. */
  readonly pass: boolean;
  /** How a board called a person first, once its slot has gone on since; null before. */
  readonly card: 'fail' | 'need' | null;
  /** A scan was taken. */
  readonly scan: boolean;
  /** Slots that call a person now. */
  readonly calling: Readonly<Record<string, 'fail' | 'need'>>;
}

export const NO_LESSONS: Lessons = { pass: false, card: null, scan: false, calling: {} };

export type LessonEvent =
  | { readonly type: 'slots'; readonly slots: readonly Pick<SlotView, 'slot' | 'state'>[] }
  | { readonly type: 'scan' };

const CALLS: Partial<Record<SlotView['state'], 'fail' | 'need'>> = { failed: 'fail', 'needs-you': 'need' };

export function lessonsAfter(before: Lessons, event: LessonEvent): Lessons {
  if (event.type === 'scan') return before.scan ? before : { ...before, scan: true };
  const calling: Record<string, 'fail' | 'need'> = {};
  for (const { slot, state } of event.slots) {
    const look = CALLS[state];
    if (look !== undefined) calling[slot] = look;
  }
  const answered = Object.entries(before.calling).find(([slot]) => calling[slot] === undefined);
  const pass = before.pass || event.slots.some(({ state }) => state === 'passed');
  const card = before.card ?? answered?.[1] ?? null;
  const same = pass === before.pass && card === before.card && alike(calling, before.calling);
  return same ? before : { pass, card, scan: before.scan, calling };
}

function alike(one: Lessons['calling'], other: Lessons['calling']): boolean {
  const slots = Object.keys(one);
  return slots.length === Object.keys(other).length && slots.every((slot) => one[slot] === other[slot]);
}
