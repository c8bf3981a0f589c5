// The checkpoint that pins an event of the audit chain: the first one at or after it, of whichever epoch, since a restored
// station has more than one.
import type { SignedCheckpoint } from '../domain/checkpoint.ts';
import type { DeviceBooks } from './device-books.ts';

/**
 * Events that are read up to it. One comes every 100 events and at each lot's close; ten of them may be missing, as while
 * the key was locked.
 */
export const MOST_UNSEALED = 1_000;

/** `epoch`: the station's. Its signature is not checked here. */
export function nextCheckpoint(
  books: Pick<DeviceBooks, 'checkpointAfter'>,
  epoch: number,
  seq: number,
): SignedCheckpoint | null {
  const found = Array.from({ length: epoch }, (_, before) => books.checkpointAfter(before + 1, seq));
  const there = found.filter((each) => each !== null);
  return there.toSorted((a, b) => a.checkpoint.seq - b.checkpoint.seq)[0] ?? null;
}
