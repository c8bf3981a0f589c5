// Audit events: immutable facts in a hash chain. Order is `seq`, never time. Pure: the digest is handed in.
import { z } from 'zod';
import { Sha256Hex, TimeMs } from './ids.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export const AuditEventType = z.enum([
  'station-created',
  'station-enrolled',
  'ca-created',
  'psk-imported',
  'ca-requested',
  'ca-imported',
  'ca-adopted',
  'ca-rotated',
  'ca-limited',
  'issuer-claimed',
  'issuer-registered',
  'lot-created',
  'lot-released',
  'lot-held',
  'lot-closed',
  'report-signed',
  'report-printed',
  'line-started',
  'card-answered',
  'slot-switched-off',
  'slot-switched-on',
  'slots-taught',
  'job-started',
  'job-resumed',
  'job-retried',
  'job-quarantined',
  'job-crashed',
  'job-passed',
  'job-failed',
  'job-errored',
  'job-aborted',
  'device-seen',
  'device-seen-again',
  'serial-reserved',
  'serial-freed',
  'firmware-intended',
  'firmware-loaded',
  'firmware-measured',
  'key-intended',
  'key-made',
  'key-discarded',
  'injection-intended',
  'key-injected',
  'key-voided',
  'certificate-intended',
  'certificate-signed',
  'certificate-installed',
  'certificate-live',
  'certificate-voided',
  'identity-verified',
  'lock-intended',
  'device-locked',
  'registration-accepted',
  'registration-refused',
  'checkpoint-signed',
  'records-copied',
  'copies-planned',
  'station-restored',
  'lot-abandoned',
  'serials-read',
  'device-adopted',
  'device-reworked',
  'device-scrapped',
  'identity-revoked',
  'identity-checked',
  'row-decided',
  'registration-resent',
  'signing-unlocked',
  'signing-refused',
  'signing-tested',
  'lot-label-chosen',
  'labels-set',
  'label-intended',
  'label-printed',
  'label-unsure',
  'label-scanned',
  'label-mismatched',
  'label-tested',
  'person-added',
  'person-signed-in',
  'person-signed-out',
  'journal-exported',
  'bundle-written',
  'person-changed',
  'person-erased',
  'recipe-imported',
]);
export type AuditEventType = z.infer<typeof AuditEventType>;

export const AuditEvent = z.object({
  /** 1, 2, 3, ... without a gap. */
  seq: z.number().int().min(1),
  timeMs: TimeMs,
  /** A person's random id, or `station`. Never a name. */
  actorId: z.string().min(1).max(64),
  type: AuditEventType,
  /** Ids and digests only; canonical JSON. */
  body: z.string(),
  /** Hash of the event before; 64 zeros for the first. */
  prevHash: Sha256Hex,
  hash: Sha256Hex,
});
export type AuditEvent = z.infer<typeof AuditEvent>;

/** SHA-256 of UTF-8 text as 64 hex digits. */
export type TextDigest = (text: string) => string;

export const CHAIN_START = '0'.repeat(64);

/** JSON with sorted keys and no white space: one text for one value. */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Hash that an event must carry: over its predecessor's hash and every field of its own. */
export function auditHash(event: Omit<AuditEvent, 'hash'>, sha256: TextDigest): string {
  return sha256(canonicalJson([event.prevHash, event.seq, event.timeMs, event.actorId, event.type, event.body]));
}

/** The point up to which a chain is known elsewhere. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

export type ChainVerdict =
  | { ok: true; events: number; head: ChainHead }
  | { ok: false; events: number; firstBad: number }
  | { ok: false; events: number; missingAfter: number };

/**
 * Checks a whole chain in order of `seq`, then against heads that left the station earlier.
 * `firstBad` names the first event that was changed, inserted or follows a gap;
 * `missingAfter` the last event present when a known head lies beyond it.
 */
export function checkChain(
  events: Iterable<AuditEvent>,
  known: readonly ChainHead[],
  sha256: TextDigest,
): ChainVerdict {
  const knownAt = new Map(known.map((head) => [head.seq, head.hash]));
  let head: ChainHead = { seq: 0, hash: CHAIN_START };
  for (const event of events) {
    const expected = knownAt.get(event.seq);
    const whole =
      event.seq === head.seq + 1 &&
      event.prevHash === head.hash &&
      event.hash === auditHash(event, sha256) &&
      (expected === undefined || expected === event.hash);
    if (!whole) return { ok: false, events: head.seq, firstBad: head.seq + 1 };
    head = { seq: event.seq, hash: event.hash };
  }
  if (known.some((point) => point.seq > head.seq)) return { ok: false, events: head.seq, missingAfter: head.seq };
  return { ok: true, events: head.seq, head };
}
