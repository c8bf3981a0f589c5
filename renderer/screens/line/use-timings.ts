// The timings of all slots in work, kept from one picture to the next so that none of them jumps (UX.md section 10).
import { useRef } from 'react';
import type { LotPace, LotView, SlotView } from '../../../domain/station-event.ts';
import { RING_EVERY_MS, type Timing, type TimingMemory, timingOf } from '../../view-state/time-left.ts';
import { useTick } from './use-tick.ts';

const NO_PACE: LotPace['stageMs'] = {};

/** By slot; none for a slot that does no work. */
export function useTimings(
  slots: readonly SlotView[],
  lot: LotView | null,
  nowMs: () => number,
): ReadonlyMap<string, Timing> {
  const memory = useRef(new Map<string, TimingMemory>());
  useTick(nowMs, RING_EVERY_MS, slots.some(inWork));
  const now = nowMs();
  const next = new Map<string, TimingMemory>();
  for (const slot of slots) {
    const timing = timingOf(slot, lot?.pace.stageMs ?? NO_PACE, now, memory.current.get(slot.slot) ?? null);
    if (timing !== null) next.set(slot.slot, timing);
  }
  memory.current = next;
  return new Map([...next].map(([slot, { timing }]) => [slot, timing]));
}

function inWork({ state }: SlotView): boolean {
  return state === 'working' || state === 'locking';
}
