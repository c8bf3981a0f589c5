// How long to wait after the n-th failure in a row: doubling, with jitter, bounded, never shorter than the service asked.
import type { Random } from '../../domain/seams.ts';

const FIRST_MS = 1_000;
/** A service that comes back is noticed within this time. */
const LONGEST_MS = 300_000;

/** `failures` from 1. Half of the time is fixed, half is chance, so that many stations do not come back in step. */
export function backOffMs(failures: number, retryAfterMs: number, random: Random): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  const [high = 0, low = 0] = random.bytes(2);
  const chance = (high * 256 + low) / 65_536;
  return Math.max(retryAfterMs, Math.round(full / 2 + (full / 2) * chance));
}
