// The first line of Sync and audit (UX.md section 4.7): which of its sentences is true now. The equation comes first: where
// made is not what is in the cloud, waits and was refused together, nothing else matters.
import type { OutboxState } from '../../contract/outbox-api.ts';
import type { ErrorCode } from '../../domain/error-table.ts';
import type { SyncView } from '../../domain/station-event.ts';

export type SyncSentence =
  | { readonly kind: 'trouble'; readonly made: number; readonly found: number }
  | { readonly kind: 'stopped'; readonly code: ErrorCode }
  | { readonly kind: 'none' | 'locked' }
  | { readonly kind: 'offline'; readonly sinceMs: number | null }
  /** `run`: of a queue that has not been empty since the cloud came back. */
  | {
      readonly kind: 'sending';
      readonly run: { readonly sent: number; readonly of: number } | null;
      readonly leftMs: number | null;
    }
  | { readonly kind: 'done'; readonly lastSentMs: number | null };

/** `state` is null until the station has answered. */
export function syncSentence(sync: SyncView, state: OutboxState | null): SyncSentence {
  const found = sync.registered + sync.waiting + sync.refused;
  if (sync.made !== found) return { kind: 'trouble', made: sync.made, found };
  if (state !== null && state.stoppedBy !== null) return { kind: 'stopped', code: state.stoppedBy };
  if (state?.link === 'none' || state?.link === 'locked') return { kind: state.link };
  if (sync.online !== true) return { kind: 'offline', sinceMs: state?.lostMs ?? null };
  if (sync.waiting === 0) return { kind: 'done', lastSentMs: state?.lastSentMs ?? null };
  return { kind: 'sending', run: state && runOf(sync.waiting, state), leftMs: sync.drainMs };
}

function runOf(waiting: number, { reachedMs, sentSinceReached, history }: OutboxState) {
  if (reachedMs === null) return null;
  const emptied = history.points.some((count, at) => count === 0 && history.fromMs + at * history.stepMs > reachedMs);
  return emptied ? null : { sent: sentSinceReached, of: sentSinceReached + waiting };
}
