// Whether a device's last word still stands in the audit chain as it was written: the events around it are hashed anew,
// from the one before it to the next checkpoint, which has to meet them and to be signed by this station's key.
import type { DeviceRecord } from '../contract/devices-api.ts';
import type { AuditEvent } from '../domain/audit-event.ts';
import { isWholeSegment } from '../domain/chain-segment.ts';
import type { DeviceBooks } from './device-books.ts';
import { MOST_UNSEALED, nextCheckpoint } from './next-checkpoint.ts';
import { isCheckpointOf } from './records/checkpoint-signature.ts';
import { sha256Text } from './records/recorder.ts';

interface SealOrder {
  readonly books: Pick<DeviceBooks, 'eventsFrom' | 'checkpointAfter'>;
  /** The station's. */
  readonly epoch: number;
  /** Of the station's key, DER; null while nobody can say which that is. */
  readonly spki: Uint8Array | null;
}

type Seal = NonNullable<DeviceRecord['seal']>;

export function sealOf({ books, epoch, spki }: SealOrder, { seq, hash }: Pick<AuditEvent, 'seq' | 'hash'>): Seal {
  const from = Math.max(1, seq - 1);
  const events = books.eventsFrom(from, MOST_UNSEALED);
  const signed = nextCheckpoint(books, epoch, seq);
  const end = signed !== null && signed.checkpoint.seq < from + MOST_UNSEALED ? signed : null;
  const within = end && { seq: end.checkpoint.seq, hash: end.checkpoint.head };
  const here = events.find((event) => event.seq === seq);
  const next = events.find((event) => event.seq === seq + 1);
  const fits = here?.hash === hash && isWholeSegment(events, within, sha256Text);
  const isForged = end !== null && spki !== null && !isCheckpointOf(spki, end);
  return {
    ...{ seq, before: seq > 1 ? seq - 1 : null, after: next?.seq ?? null },
    // Who can write the records can hash them anew: without a signature that was checked nothing vouches for them.
    state: !fits || isForged ? 'broken' : end !== null && spki !== null ? 'whole' : 'open',
  };
}
