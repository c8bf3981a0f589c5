// The check of a stretch of the audit chain: that each event carries the right hash over the one before it, and that the
// stretch ends where a signed checkpoint says. Pure.
import { type AuditEvent, auditHash, type ChainHead, type TextDigest } from './audit-event.ts';

/** Whether these events, in order of `seq`, are whole, and meet `end` where it lies among them. */
export function isWholeSegment(events: readonly AuditEvent[], end: ChainHead | null, sha256: TextDigest): boolean {
  let before: AuditEvent | null = null;
  for (const event of events) {
    if (before !== null && (event.seq !== before.seq + 1 || event.prevHash !== before.hash)) return false;
    if (event.hash !== auditHash(event, sha256)) return false;
    if (end !== null && event.seq === end.seq && event.hash !== end.hash) return false;
    before = event;
  }
  return before !== null && (end === null || before.seq >= end.seq);
}
