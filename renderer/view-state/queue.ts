// Who needs a person, in order, and who may be taken out (UX.md section 4.2): line stopped, irreversible risk, failed,
// needs you; oldest first within each, so that a new card never moves the one under a finger.
import { ERRORS, type ErrorCode, type ErrorRow } from '../../domain/error-table.ts';
import { fixtureName, slotsOf } from '../../domain/fixture.ts';
import type { SlotCommand, SlotDetails, SlotView } from '../../domain/station-event.ts';
import { layoutOf } from './grid-layout.ts';
import type { StationView } from './station-view.ts';

export interface QueueCard {
  /** Null for a card of the whole line. */
  readonly slot: string | null;
  readonly look: 'fail' | 'need';
  readonly code: ErrorCode | null;
  readonly details: SlotDetails | null;
  /** What the station takes as an answer to it; the first one is its button. */
  readonly actions: readonly SlotCommand[];
  readonly sinceMs: number;
}

/** Slots from this many on in a row are one chip. */
const RUN = 3;

const NO_SLOT = { slot: null, details: null, actions: [] } as const;

export function queueOf(view: StationView): readonly QueueCard[] {
  const cards: QueueCard[] = view.slots.flatMap(({ slot, state, code, details, actions, sinceMs }) => {
    if (state !== 'failed' && state !== 'needs-you') return [];
    return [{ slot, look: state === 'failed' ? 'fail' : 'need', code, details, actions, sinceMs } as const];
  });
  if (view.stoppedBy !== null) cards.push({ ...NO_SLOT, look: 'fail', code: view.stoppedBy, sinceMs: 0 });
  if (view.facts.unknownPorts.length > 0)
    // Behind the boards of its rank: it may have sat there for long, and nobody's board waits for it.
    cards.push({ ...NO_SLOT, look: 'need', code: 'PORT_UNKNOWN', sinceMs: Number.MAX_SAFE_INTEGER });
  cards.push(...labelCards(view));
  return cards.sort((a, b) => rank(a) - rank(b) || a.sinceMs - b.sinceMs);
}

/** Labels that wait for their printer, and one that was read on the wrong board. They stop nothing. */
function labelCards({ labels: { trouble, waiting, mismatch } }: StationView): QueueCard[] {
  const cards: QueueCard[] = [];
  if (trouble !== null && waiting > 0)
    cards.push({ slot: null, look: 'need', code: trouble.code, details: null, actions: [], sinceMs: trouble.sinceMs });
  if (mismatch !== null) {
    const { slot, code, read, expected, sinceMs } = mismatch;
    cards.push({ slot, look: 'need', code, details: { found: read, wanted: expected }, actions: [], sinceMs });
  }
  return cards;
}

/** Of the whole line, whatever its slots do. */
export function isLineStop({ slot, look }: Pick<QueueCard, 'slot' | 'look'>): boolean {
  return slot === null && look === 'fail';
}

function rank({ slot, look, code }: QueueCard): number {
  if (isLineStop({ slot, look })) return 0;
  const row: ErrorRow | null = code === null ? null : ERRORS[code];
  if (row?.irreversible) return 1;
  return look === 'fail' ? 2 : 3;
}

/** Cards of `after` that were not there in `before`. */
export function newCards(before: readonly QueueCard[], after: readonly QueueCard[]): readonly QueueCard[] {
  const known = new Set(before.map(cardKey));
  return after.filter((card) => !known.has(cardKey(card)));
}

export function cardKey({ slot, look, code }: QueueCard): string {
  return `${slot ?? ''}/${look}/${code ?? ''}`;
}

/** The card that is written out: the one it was, so that the card under a finger never changes, else the first. */
export function shownCard(cards: readonly QueueCard[], before: string | null): QueueCard | null {
  return cards.find((card) => cardKey(card) === before) ?? cards[0] ?? null;
}

/** The card after this one, round and round; null without cards. */
export function nextCard(cards: readonly QueueCard[], shown: string | null): QueueCard | null {
  const at = cards.findIndex((card) => cardKey(card) === shown);
  return cards[(at + 1) % Math.max(1, cards.length)] ?? null;
}

/** A run of slots; `last` is null for a single one. Or a fixture whose slots are all done, but for those that are off. */
export type TakeOut = { readonly first: string; readonly last: string | null } | { readonly fixture: string };

/** Slots whose boards are done, neighbours of one fixture joined. */
export function takeOuts({ slots, facts: { fixtures } }: StationView): readonly TakeOut[] {
  if (fixtures === null || slotsOf(fixtures) !== slots.length) return runsOf(slots);
  return layoutOf(slots.length, fixtures).blocks.flatMap(({ first, rows, columns }, index) => {
    const its = slots.slice(first, first + rows * columns);
    const done = its.filter(({ state }) => state === 'passed').length;
    const whole = done >= RUN && its.every(({ state }) => state === 'passed' || state === 'off');
    return whole ? [{ fixture: fixtureName(index) }] : runsOf(its);
  });
}

function runsOf(slots: readonly SlotView[]): readonly TakeOut[] {
  const runs: string[][] = [];
  let open = false;
  for (const { slot, state } of slots) {
    if (state !== 'passed') open = false;
    else if (open) runs.at(-1)?.push(slot);
    else {
      runs.push([slot]);
      open = true;
    }
  }
  return runs.flatMap((run): readonly TakeOut[] => {
    const [first, last] = [run[0], run.at(-1)];
    if (first === undefined || last === undefined) return [];
    return run.length >= RUN ? [{ first, last }] : run.map((slot) => ({ first: slot, last: null }));
  });
}
