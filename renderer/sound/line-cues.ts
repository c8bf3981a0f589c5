// What changed on the Line that is worth a sound (UX.md section 11): from one view to the next, never from raw events,
// and never from a first sight, so that a reload repeats nothing.
import { type Fixtures, slotsOf } from '../../domain/fixture.ts';
import type { SlotView } from '../../domain/station-event.ts';
import { layoutOf } from '../view-state/grid-layout.ts';
import { newCards, queueOf } from '../view-state/queue.ts';
import type { StationView } from '../view-state/station-view.ts';
import type { Cue } from './cues.ts';

export interface Heard {
  readonly view: StationView;
  /** Boards that failed aloud and are still in their slots: by slot, what the board said of itself. */
  readonly failed: ReadonlyMap<string, string | null>;
}

export interface Change {
  readonly heard: Heard;
  readonly cues: readonly Cue[];
  /** Cues that nothing is left to repeat for. */
  readonly over: readonly Cue[];
}

/** With more slots than this, boards pass too often for a sound each (UX.md section 11). */
const FEW_SLOTS = 4;
/** Slots of a fixture that nobody taught: a block of the grid (UX.md section 8). */
const FIXTURE = 16;

export function listen(before: Heard | null, view: StationView): Change {
  const failed = stillIn(before?.failed ?? new Map(), view);
  const isNew = (slot: SlotView) => slot.state === 'failed' && failed.get(slot.slot) !== boardOf(slot);
  const fresh = view.slots.filter(isNew);
  for (const slot of fresh) failed.set(slot.slot, boardOf(slot));
  const heard = { view, failed };
  const over = overIn(view);
  if (before === null) return { heard, cues: [], over };
  const cues: Cue[] = [];
  if (before.view.stoppedBy === null && view.stoppedBy !== null) cues.push('line-stopped');
  if (fresh.length > 0) cues.push('failed');
  if (newCards(queueOf(before.view), queueOf(view)).some(({ look }) => look === 'need')) cues.push('needs-you');
  const done = new Set(finished(before.view));
  if (finished(view).some((fixture) => !done.has(fixture))) cues.push('fixture-finished');
  if (view.slots.length <= FEW_SLOTS && passedNow(before.view, view)) cues.push('passed');
  return { heard, cues, over };
}

function overIn(view: StationView): Cue[] {
  const needs = queueOf(view).some(({ look }) => look === 'need');
  return [...(view.stoppedBy === null ? (['line-stopped'] as const) : []), ...(needs ? [] : (['needs-you'] as const))];
}

/** Without the slots that were emptied since. */
function stillIn(failed: ReadonlyMap<string, string | null>, view: StationView): Map<string, string | null> {
  const empty = new Set(view.slots.filter(({ state }) => state === 'empty').map(({ slot }) => slot));
  return new Map([...failed].filter(([slot]) => !empty.has(slot)));
}

/** Null for a board that never said who it is. */
function boardOf({ hwid }: SlotView): string | null {
  return hwid;
}

function passedNow(before: StationView, after: StationView): boolean {
  const passed = new Set(before.slots.filter(({ state }) => state === 'passed').map(({ slot }) => slot));
  return after.slots.some(({ slot, state }) => state === 'passed' && !passed.has(slot));
}

const DONE: ReadonlySet<SlotView['state']> = new Set(['passed', 'failed', 'needs-you']);

/** Fixtures whose every slot that is on has come to its end, by their place. */
function finished({ slots, facts: { fixtures } }: StationView): number[] {
  return fixturesOf(slots, fixtures).flatMap((its, index) => {
    const on = its.filter(({ state }) => state !== 'off');
    return on.some(({ state }) => state === 'passed') && on.every(({ state }) => DONE.has(state)) ? [index] : [];
  });
}

/** As the bench was taught; else blocks of the grid. */
function fixturesOf(slots: readonly SlotView[], fixtures: Fixtures | null): (readonly SlotView[])[] {
  if (fixtures !== null && slotsOf(fixtures) === slots.length)
    return layoutOf(slots.length, fixtures).blocks.map(({ first, rows, columns }) =>
      slots.slice(first, first + rows * columns),
    );
  return Array.from({ length: Math.ceil(slots.length / FIXTURE) }, (_, index) =>
    slots.slice(index * FIXTURE, (index + 1) * FIXTURE),
  );
}
