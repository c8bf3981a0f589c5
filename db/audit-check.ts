// The whole audit chain, held against every checkpoint that was signed: in the records, and in the backup folder. Reads
// only, also while a station writes.
import { type ChainHead, checkChain } from '../domain/audit-event.ts';
import type { SignedCheckpoint } from '../domain/checkpoint.ts';
import { readCertificate } from '../pki/certificate-facts.ts';
import { verifySignature } from '../pki/p256.ts';
import { fromPem } from '../pki/pem.ts';
import type { AuditVerdict } from '../station/journal/journal-store.ts';
import { isCheckpointOf } from '../station/records/checkpoint-signature.ts';
import { sha256Text } from '../station/records/recorder.ts';
import { copiedCheckpoints } from './checkpoint-copies.ts';
import { openQueries, type StationQueries } from './queries.ts';

/** Of the records at `database` and the checkpoints in `backup`, a folder. Throws as `openQueries`. */
export function checkAudit(database: string, backup: string): AuditVerdict {
  // Copies first: whatever they name is then in the records already, also while a station writes both.
  const copies = copiedCheckpoints(backup);
  const records = openQueries(database);
  try {
    return records.together(() => verdictOf(records, copies));
  } finally {
    records.close();
  }
}

function verdictOf(records: StationQueries, copies: readonly SignedCheckpoint[]): AuditVerdict {
  const pem = records.enrolment()?.stationCertificatePem ?? null;
  // Of a life that a restore ended, only what the backup holds is in the chain; its later checkpoints lie in the folder.
  const restores = records.restores();
  const standing = copies.filter(
    ({ checkpoint }) =>
      !restores.some(({ epoch, backupSeq }) => checkpoint.epoch < epoch && checkpoint.seq > backupSeq),
  );
  return judgeChain(records.auditEvents(), [...records.checkpoints(), ...standing], pem === null ? null : spkiOf(pem));
}

/** `spki`: of the key that signs checkpoints; null where it is not known. */
export function judgeChain(
  events: Parameters<typeof checkChain>[0],
  checkpoints: readonly SignedCheckpoint[],
  spki: Uint8Array | null,
): AuditVerdict {
  const forged = spki === null ? undefined : checkpoints.find((signed) => !isCheckpointOf(spki, signed));
  const known: ChainHead[] = checkpoints.map(({ checkpoint: { seq, head } }) => ({ seq, hash: head }));
  const verdict = checkChain(events, known, sha256Text);
  if (verdict.ok && forged) return { ok: false, events: verdict.events, firstBad: forged.checkpoint.seq };
  // A checkpoint and the event that tells of it are one transaction: without that event the end was cut off.
  if (verdict.ok && known.some(({ seq }) => seq === verdict.events))
    return { ok: false, events: verdict.events, missingAfter: verdict.events };
  return verdict;
}

/** Whether this key signed the text; `signature` is base64 of DER. */
export function isSignedBy(spki: Uint8Array, text: string, signature: string): boolean {
  return verifySignature(spki, new TextEncoder().encode(text), new Uint8Array(Buffer.from(signature, 'base64')));
}

/** Of the first certificate of a PEM text; of no length, which signed nothing, where it holds none. */
export function spkiOf(pem: string): Uint8Array {
  const [der] = fromPem('CERTIFICATE', pem) ?? [];
  const station = der && readCertificate(der);
  return station?.ok ? station.facts.spki : new Uint8Array();
}
