// Which checkpoints a bundle brings: all of them while they fit, later those from the one on that a receipt said the service
// holds. What a receipt said counts for that service alone.
import { z } from 'zod';
import { Pinned } from '../../domain/carried-file.ts';
import type { SignedCheckpoint } from '../../domain/checkpoint.ts';
import { KeylineError } from '../../domain/errors.ts';
import { sha256Text } from '../records/recorder.ts';
import type { CarryStore } from './carry-store.ts';

/** 1,000,000 events, some 100,000 boards: 5 MB of a bundle. */
const MOST_CHECKPOINTS = 10_000;

const KEY = 'carriedCheckpoint';
const Kept = z.strictObject({ pinned: Pinned, serviceCaSha256: z.string() });

/** Oldest first; the rest leaves in the next bundle, once the receipt of this one was read. Throws RECORDS_DAMAGED. */
export function checkpointsToCarry(store: CarryStore, serviceCaPem: string): readonly SignedCheckpoint[] {
  // From the first, so that a service that was put back to an older copy can follow.
  const all = store.checkpointsFrom(1, 0, MOST_CHECKPOINTS + 1);
  if (all.length <= MOST_CHECKPOINTS) return all;
  const pinned = keptOf(store, serviceCaPem);
  return pinned ? store.checkpointsFrom(pinned.epoch, pinned.seq, MOST_CHECKPOINTS) : all.slice(0, MOST_CHECKPOINTS);
}

/** What a receipt says that the service holds; an older receipt changes nothing. Throws DISK_FULL, RECORDS_DAMAGED. */
export function keepPinned(store: CarryStore, serviceCaPem: string, pinned: Pinned): void {
  const kept = keptOf(store, serviceCaPem);
  if (kept && (kept.epoch > pinned.epoch || (kept.epoch === pinned.epoch && kept.seq >= pinned.seq))) return;
  store.saveSetting(KEY, JSON.stringify({ pinned, serviceCaSha256: sha256Text(serviceCaPem) }));
}

function keptOf(store: CarryStore, serviceCaPem: string): Pinned | null {
  const text = store.setting(KEY);
  if (text === null) return null;
  const kept = Kept.safeParse(JSON.parse(text));
  if (!kept.success) throw new KeylineError('RECORDS_DAMAGED', `setting ${KEY}: ${kept.error.issues[0]?.message}`);
  return kept.data.serviceCaSha256 === sha256Text(serviceCaPem) ? kept.data.pinned : null;
}
