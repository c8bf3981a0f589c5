// Time left that falls or holds and never jumps up (UX.md section 10), as long as there is any.
import { useRef } from 'react';

export function useSteadyFall(leftMs: number | null): number | null {
  const held = useRef<number | null>(null);
  if (leftMs === null) held.current = null;
  else held.current = Math.min(leftMs, held.current ?? leftMs);
  return held.current;
}
