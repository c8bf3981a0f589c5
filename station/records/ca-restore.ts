// What a restored station learns of its CAs from certificates that the service holds and its records do not. A CA that is
// on standby here has signed: it was made the active one after the backup, so the one before it is retired, for ever
// (ADR 16). Within a transaction of the caller's.
import { activeCa, type CaRow } from './ca-store.ts';
import type { RecordStore } from './record-store.ts';
import type { Append } from './recorder.ts';

/** A leaf starts at most this long before it is signed (local-issuer.ts). */
const BACKDATE_MS = 86_400_000;

/**
 * Follows a rotation: the CA that signed last is the active one; none is where it is not in the data folder. `lastSigned`:
 * of each CA that signed since the backup the latest notBefore of its leaves, UTC ms: signed then, or up to a day later.
 * True when the active one changed.
 */
export function followRotation(store: RecordStore, append: Append, lastSigned: ReadonlyMap<string, number>): boolean {
  const rows = new Map(store.cas().map((row) => [row.issuerId, row]));
  const active = activeCa(store);
  const since = [...lastSigned].filter(([issuerId, lastMs]) => {
    const row = rows.get(issuerId);
    return row ? row.role === 'standby' : !isBefore(lastMs, active);
  });
  const last = since.toSorted(([, a], [, b]) => b - a)[0]?.[0];
  if (last === undefined) return false;
  const here = rows.get(last);
  const over = [...(active ? [active.issuerId] : []), ...since.map(([issuerId]) => issuerId)];
  for (const issuerId of over) if (issuerId !== last && rows.has(issuerId)) store.setCaRole(issuerId, 'retired');
  if (here) store.setCaRole(last, 'active');
  append('ca-rotated', { name: here?.name ?? null, from: active?.issuerId ?? null, to: last, by: 'service' });
  return true;
}

/**
 * A CA that is not here may also be one that a person left before the backup was made: the active one has signed since, for
 * certain, on these records. In doubt it was left after: a retired CA signs nothing new.
 */
function isBefore(lastMs: number, active: CaRow | null): boolean {
  return active?.lastSignedMs != null && lastMs + BACKDATE_MS < active.lastSignedMs;
}
