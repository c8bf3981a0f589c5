// What hands do at the practice bench: what a touch of a slot means, and which slot a trick is played on.
import type { SlotView } from '../../../domain/station-event.ts';

export type Touch =
  | { readonly kind: 'insert' }
  | { readonly kind: 'eject' }
  /** The board is in work: a touch takes nothing out. */
  | { readonly kind: 'in-work' }
  | { readonly kind: 'locking' };

/** A touch puts a board in where none is, and takes out one that is done. */
export function touchOf({ slot, state }: Pick<SlotView, 'slot' | 'state'>, occupied: readonly number[]): Touch {
  if (!occupied.includes(Number(slot))) return { kind: 'insert' };
  if (state === 'locking') return { kind: 'locking' };
  return state === 'working' || state === 'looking' ? { kind: 'in-work' } : { kind: 'eject' };
}

/** The first slot that waits for a board, before one whose own board left early; null when all have one. */
export function freeSlot(
  slots: readonly Pick<SlotView, 'slot' | 'state'>[],
  occupied: readonly number[],
): number | null {
  const free = slots.filter(({ slot }) => !occupied.includes(Number(slot)));
  const found = free.find(({ state }) => state === 'empty') ?? free[0];
  return found === undefined ? null : Number(found.slot);
}

/** The slot whose board can be pulled out early: in work, past its first stage, not being locked. */
export function slotToPull(slots: readonly Pick<SlotView, 'slot' | 'state' | 'stage'>[]): number | null {
  const found = slots.find(({ state, stage }) => state === 'working' && stage !== null && stage !== 'connect');
  return found === undefined ? null : Number(found.slot);
}
