// Which sound comes when (UX.md section 11): one at a time, the most pressing first, at least 1.5 s apart; what repeats
// repeats until it is answered. Pure: times come in, and go out as the moment to ask again.
import { APART_MS, CUES, CUES_IN_ORDER, type Cue } from './cues.ts';

interface Wait {
  readonly cue: Cue;
  readonly dueMs: number;
  readonly staleMs: number;
}

export interface SoundPlan {
  /** At most the repeats of every cue. */
  readonly waits: readonly Wait[];
  /** No sound starts before. */
  readonly freeMs: number;
}

export const SILENCE: SoundPlan = { waits: [], freeMs: Number.NEGATIVE_INFINITY };

/** The cue's moment is now. What it said before is said anew, not twice. */
export function ask({ waits, freeMs }: SoundPlan, cue: Cue, nowMs: number): SoundPlan {
  const { atMs, staleAfterMs } = CUES[cue];
  const asked = atMs.map((afterMs) => ({ cue, dueMs: nowMs + afterMs, staleMs: nowMs + afterMs + staleAfterMs }));
  return { waits: [...waits.filter((wait) => wait.cue !== cue), ...asked], freeMs };
}

/** Somebody came, or there is nothing more to come for. */
export function calm({ waits, freeMs }: SoundPlan, cue: Cue): SoundPlan {
  return { waits: waits.filter((wait) => wait.cue !== cue), freeMs };
}

export interface Turn {
  readonly plan: SoundPlan;
  /** Sounds now; null: silence. */
  readonly play: Cue | null;
  /** When to ask again; null: not before the next cue. */
  readonly wakeMs: number | null;
}

export function turn({ waits, freeMs }: SoundPlan, nowMs: number): Turn {
  const fresh = waits.filter(({ staleMs }) => staleMs >= nowMs);
  const due = new Set(fresh.filter(({ dueMs }) => dueMs <= nowMs).map(({ cue }) => cue));
  const play = nowMs < freeMs ? null : (CUES_IN_ORDER.find((cue) => due.has(cue)) ?? null);
  const left = fresh.filter(({ cue, dueMs }) => cue !== play || dueMs > nowMs);
  const free = play === null ? freeMs : nowMs + APART_MS;
  const wakeMs = left.length === 0 ? null : Math.max(free, Math.min(...left.map(({ dueMs }) => dueMs)));
  return { plan: { waits: left, freeMs: free }, play, wakeMs };
}
