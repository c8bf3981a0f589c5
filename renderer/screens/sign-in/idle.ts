// When a person counts as gone: no input for so long, then a countdown that any input ends (UX.md section 2; WCAG 2.2.1).

/** UX.md section 2: the site's idle time, and the countdown after it. */
export const IDLE_MS = 15 * 60_000;
export const COUNTDOWN_MS = 60_000;

export type Idle =
  | { readonly kind: 'awake' }
  | { readonly kind: 'counting'; readonly secondsLeft: number }
  | { readonly kind: 'over' };

/** Both times monotonic, milliseconds. */
export function idleAt(inputMs: number, nowMs: number): Idle {
  const leftMs = inputMs + IDLE_MS + COUNTDOWN_MS - nowMs;
  if (leftMs <= 0) return { kind: 'over' };
  if (leftMs > COUNTDOWN_MS) return { kind: 'awake' };
  return { kind: 'counting', secondsLeft: Math.ceil(leftMs / 1000) };
}
