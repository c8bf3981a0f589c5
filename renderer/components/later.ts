// Does work once after a time: the window's own timer, for what takes its time from outside.

/** The answer calls it off. */
export function later(waitMs: number, work: () => void): () => void {
  const timer = setTimeout(work, waitMs);
  return () => clearTimeout(timer);
}
