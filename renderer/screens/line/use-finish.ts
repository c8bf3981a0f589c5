// When the lot will be done, held from one look to the next so that the time left never jumps up.
import { useRef } from 'react';
import type { LotView } from '../../../domain/station-event.ts';
import { finishOf, type LotFinish } from '../../view-state/lot-finish.ts';
import { useTick } from './use-tick.ts';

/** How late a new minute may show. */
const LOOK_EVERY_MS = 5_000;

/** UTC milliseconds, a whole minute; null where none is told. */
export function useFinish(lot: LotView | null, nowMs: () => number): number | null {
  const memory = useRef<LotFinish | null>(null);
  useTick(nowMs, LOOK_EVERY_MS, lot?.state === 'released');
  memory.current = finishOf(lot, nowMs(), memory.current);
  return memory.current?.finishMs ?? null;
}
