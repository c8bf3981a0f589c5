// The exported audit journal: JSON lines, the first says whose it is, then every checkpoint, then every event, the
// last is the station's signature over all before it. Anybody can check it without the station (`keyline audit verify --file`).
import { z } from 'zod';
import { AuditEvent, type AuditEventType, canonicalJson } from './audit-event.ts';
import { SignedCheckpoint } from './checkpoint.ts';
import { Name, Sha256Hex, TimeMs } from './ids.ts';

export const JournalHead = z.strictObject({
  keyline: z.literal('journal-1'),
  stationId: Name,
  practice: z.boolean(),
  epoch: z.number().int().min(1),
  writtenMs: TimeMs,
  /** SubjectPublicKeyInfo, base64 of DER, of the key that signed it and the checkpoints. */
  stationKey: z.base64().min(1).max(1024),
  /** PEM, of that key, as the security service gave it; null before enrolment. */
  stationCertificate: z.string().min(1).max(65_536).nullable(),
});
export type JournalHead = z.infer<typeof JournalHead>;

/** Any type passes: the chain's check has to find a changed event, not to stumble over it. */
const AnyEvent = AuditEvent.extend({
  type: z.custom<AuditEventType>((value) => typeof value === 'string'),
  timeMs: z.number(),
});

export const JournalLine = z.union([
  z.strictObject({ event: AnyEvent }),
  z.strictObject({ checkpoint: SignedCheckpoint }),
]);
export type JournalLine = z.infer<typeof JournalLine>;

export const JournalSeal = z.strictObject({
  lines: z.number().int().min(1),
  /** SHA-256 over all lines before, each with its line end. */
  sha256: Sha256Hex,
  /** Base64 of the DER ECDSA-SHA256 signature over `journalSealText`. */
  signature: z.base64().min(1).max(200),
});
export type JournalSeal = z.infer<typeof JournalSeal>;

/** The text that the station's key signs. */
export function journalSealText({ lines, sha256 }: Pick<JournalSeal, 'lines' | 'sha256'>): string {
  return `keyline-journal-v1\n${canonicalJson({ lines, sha256 })}`;
}
