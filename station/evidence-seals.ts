// The stretches of the audit chain that pin a device's events: each from the first event that no earlier stretch holds to
// the next checkpoint. Events of other boards between them stand there whole: a hash is over the event itself, so nothing
// shorter could be checked. They hold ids and digests, no names.
import type { AuditEvent } from '../domain/audit-event.ts';
import type { SignedCheckpoint } from '../domain/checkpoint.ts';
import type { DeviceBooks } from './device-books.ts';
import { MOST_UNSEALED, nextCheckpoint } from './next-checkpoint.ts';

/** Of all stretches together, some 4 MB: a device with thirty attempts, each on a day of its own, has fewer. */
const MOST_EVENTS = 10_000;

interface EvidenceSeal {
  /** In order of `seq`, without a gap; the last one is what the checkpoint names. */
  readonly events: readonly AuditEvent[];
  readonly checkpoint: SignedCheckpoint;
}

/** `own`: of the device, in order of `seq`. What follows the last checkpoint, or is too far before the next, is in none. */
export function evidenceSeals(
  books: Pick<DeviceBooks, 'eventsFrom' | 'checkpointAfter'>,
  epoch: number,
  own: readonly Pick<AuditEvent, 'seq'>[],
): EvidenceSeal[] {
  const seals: EvidenceSeal[] = [];
  let [until, count] = [0, 0];
  for (const { seq } of own) {
    if (seq <= until) continue;
    const signed = nextCheckpoint(books, epoch, seq);
    if (signed === null) break;
    const length = signed.checkpoint.seq - seq + 1;
    if (length > MOST_UNSEALED) continue;
    if (count + length > MOST_EVENTS) break;
    seals.push({ events: books.eventsFrom(seq, length), checkpoint: signed });
    [until, count] = [signed.checkpoint.seq, count + length];
  }
  return seals;
}
