// Takes away what a write that failed has left.
import { rmSync } from 'node:fs';

/** Never throws over what went wrong before: whoever writes that file again begins anew. */
export function clearAway(partial: string): void {
  try {
    rmSync(partial, { force: true });
  } catch {
    // The disk has gone, or gives nothing back either.
  }
}
