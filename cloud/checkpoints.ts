// The point up to which a station's audit chain is pinned here. Only a checkpoint that extends the last is taken:
// anything else means that two stations, or an old copy, work under one name (CERTAINTY.md, Restore).
import { Buffer } from 'node:buffer';
import type { CheckpointAnswer } from '../contract/security-service.ts';
import { CHAIN_START } from '../domain/audit-event.ts';
import { type Checkpoint, checkpointText, type SignedCheckpoint } from '../domain/checkpoint.ts';
import { verifySignature } from '../pki/p256.ts';
import { refuse } from './refuse.ts';
import type { RegistrationStore, StationRow } from './registration-store.ts';
import type { Service } from './service-context.ts';

/** Refuses with CHECKPOINT_REFUSED, STATION_FORKED. */
export function takeCheckpoint({ store }: Service, station: StationRow, signed: SignedCheckpoint): CheckpointAnswer {
  const { checkpoint, signature } = signed;
  const message = new TextEncoder().encode(checkpointText(checkpoint));
  const ours = checkpoint.stationId === station.stationId;
  if (!ours || !verifySignature(station.spki, message, Buffer.from(signature, 'base64'))) refuse('CHECKPOINT_REFUSED');
  return store.transaction((): CheckpointAnswer => {
    const last = store.lastCheckpoint(station.stationId)?.checkpoint ?? null;
    // Signatures differ from one signing to the next; what is signed must not.
    if (last && checkpointText(last) === checkpointText(checkpoint)) return { result: 'unchanged' };
    if (!extendsLast(store, checkpoint, last)) refuse('STATION_FORKED');
    store.insertCheckpoint(signed);
    return { result: 'created' };
  });
}

function extendsLast(store: RegistrationStore, next: Checkpoint, last: Checkpoint | null): boolean {
  if (next.seq <= next.prevSeq) return false;
  const fromStart = next.prevSeq === 0 && next.prevHead === CHAIN_START;
  if (!last) return fromStart;
  if (next.epoch === last.epoch) return next.prevSeq === last.seq && next.prevHead === last.head;
  // A restore goes on, in a new epoch, from any point that was pinned here.
  return next.epoch > last.epoch && (fromStart || store.hasCheckpoint(next.stationId, next.prevSeq, next.prevHead));
}
