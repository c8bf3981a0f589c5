// The lines of a live trace as a page keeps them: the newest at the end, bounded, and each once.
import type { TraceLine } from '../../contract/diagnostics-api.ts';

/** As many as a person scrolls through; the station keeps what goes before. */
export const KEPT_LINES = 500;

export interface TraceList {
  readonly lines: readonly TraceLine[];
  /** Where to go on from; null before the first answer. */
  readonly next: number | null;
}

export const EMPTY_TRACE: TraceList = { lines: [], next: null };

export function follow(
  list: TraceList,
  answer: { readonly lines: readonly TraceLine[]; readonly next: number },
): TraceList {
  const fresh = answer.lines.filter(({ seq }) => list.next === null || seq > list.next);
  if (fresh.length === 0) return list.next === answer.next ? list : { ...list, next: answer.next };
  return { lines: [...list.lines, ...fresh].slice(-KEPT_LINES), next: answer.next };
}
