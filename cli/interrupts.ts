// How a command is told to end: Ctrl+C, the polite end of a process, or the end of the program that started it over a
// channel. One end may be told twice: a terminal and a supervisor tell all processes of a command, and a parent that runs
// it under Node 24 (scripts/node-24.mjs) passes on what it was told itself.
import type { Clock } from '../domain/seams.ts';

/** A parent passes it on within milliseconds; a person who presses again has read what the first press said. */
const SAME_END_MS = 500;

const WAYS = ['SIGINT', 'SIGTERM', 'disconnect'] as const;

interface Told {
  on(way: (typeof WAYS)[number], listener: () => void): unknown;
  off(way: (typeof WAYS)[number], listener: () => void): unknown;
}

/** Calls `act` at each of them; the answer stops that. */
export function onInterrupts(told: Told, { monotonicMs }: Pick<Clock, 'monotonicMs'>, act: () => void): () => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  const listener = () => {
    const nowMs = monotonicMs();
    if (nowMs - lastMs < SAME_END_MS) return;
    lastMs = nowMs;
    act();
  };
  for (const way of WAYS) told.on(way, listener);
  return () => {
    for (const way of WAYS) told.off(way, listener);
  };
}
