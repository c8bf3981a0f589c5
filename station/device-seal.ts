// Whether a device's last word still stands in the audit chain as it was written: the events around it are hashed anew,
// from the one before it to the next signed checkpoint, and have to meet it.
import type { DeviceRecord } from '../contract/devices-api.ts';
import type { AuditEvent } from '../domain/audit-event.ts';
import { isWholeSegment } from '../domain/chain-segment.ts';
import type { SignedCheckpoint } from '../domain/checkpoint.ts';
import type { DeviceBooks } from './device-books.ts';
import { sha256Text } from './records/recorder.ts';

/** A checkpoint comes every 100 events and at each lot's close; ten of them may be missing, as while the key was locked. */
const MOST_CHECKED = 1_000;

export function sealOf(
  books: Pick<DeviceBooks, 'eventsFrom' | 'checkpointAfter'>,
  epoch: number,
  { seq, hash }: Pick<AuditEvent, 'seq' | 'hash'>,
): NonNullable<DeviceRecord['seal']> {
  const from = Math.max(1, seq - 1);
  const events = books.eventsFrom(from, MOST_CHECKED);
  const end = nextCheckpoint(books, epoch, seq)?.checkpoint ?? null;
  const within = end !== null && end.seq < from + MOST_CHECKED ? { seq: end.seq, hash: end.head } : null;
  const here = events.find((event) => event.seq === seq);
  const next = events.find((event) => event.seq === seq + 1);
  return {
    ...{ seq, before: seq > 1 ? seq - 1 : null, after: next?.seq ?? null },
    whole: here?.hash === hash && isWholeSegment(events, within, sha256Text),
  };
}

/** Of whichever epoch: a restored station has more than one. */
function nextCheckpoint(
  books: Pick<DeviceBooks, 'checkpointAfter'>,
  epoch: number,
  seq: number,
): SignedCheckpoint | null {
  const found = Array.from({ length: epoch }, (_, before) => books.checkpointAfter(before + 1, seq));
  const there = found.filter((each) => each !== null);
  return there.toSorted((a, b) => a.checkpoint.seq - b.checkpoint.seq)[0] ?? null;
}
