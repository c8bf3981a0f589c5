// The whole audit chain, held against every checkpoint that was signed: in the records, and in the backup folder. Reads
// only, also while a station writes.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChainHead, checkChain } from '../domain/audit-event.ts';
import { checkpointText, SignedCheckpoint } from '../domain/checkpoint.ts';
import { readCertificate } from '../pki/certificate-facts.ts';
import { verifySignature } from '../pki/p256.ts';
import { fromPem } from '../pki/pem.ts';
import type { AuditVerdict } from '../station/journal/journal-store.ts';
import { sha256Text } from '../station/records/recorder.ts';
import { CHECKPOINT_COPIES } from './backup-files.ts';
import { openQueries, type StationQueries } from './queries.ts';

/** Of the records at `database` and the checkpoints in `backup`, a folder. Throws as `openQueries`. */
export function checkAudit(database: string, backup: string): AuditVerdict {
  // Copies first: whatever they name is then in the records already, also while a station writes both.
  const copies = copiedCheckpoints(join(backup, CHECKPOINT_COPIES));
  const records = openQueries(database);
  try {
    return records.together(() => verdictOf(records, copies));
  } finally {
    records.close();
  }
}

function verdictOf(records: StationQueries, copies: readonly SignedCheckpoint[]): AuditVerdict {
  const pem = records.enrolment()?.stationCertificatePem ?? null;
  return judgeChain(records.auditEvents(), [...records.checkpoints(), ...copies], pem);
}

/** `pem`: the certificate of the key that signs checkpoints; null where there is none yet. */
export function judgeChain(
  events: Parameters<typeof checkChain>[0],
  checkpoints: readonly SignedCheckpoint[],
  pem: string | null,
): AuditVerdict {
  const forged = pem === null ? undefined : checkpoints.find((signed) => !isSigned(signed, pem));
  const known: ChainHead[] = checkpoints.map(({ checkpoint: { seq, head } }) => ({ seq, hash: head }));
  const verdict = checkChain(events, known, sha256Text);
  if (verdict.ok && forged) return { ok: false, events: verdict.events, firstBad: forged.checkpoint.seq };
  // A checkpoint and the event that tells of it are one transaction: without that event the end was cut off.
  if (verdict.ok && known.some(({ seq }) => seq === verdict.events))
    return { ok: false, events: verdict.events, missingAfter: verdict.events };
  return verdict;
}

/** The last line may be cut short by a power cut; a line that is no checkpoint pins nothing. */
function copiedCheckpoints(path: string): SignedCheckpoint[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [SignedCheckpoint.parse(JSON.parse(line))];
      } catch {
        return [];
      }
    });
}

function isSigned({ checkpoint, signature }: SignedCheckpoint, certificatePem: string): boolean {
  return isSignedBy(certificatePem, checkpointText(checkpoint), signature);
}

/** Whether the key of this certificate signed the text; `signature` is base64 of DER. */
export function isSignedBy(certificatePem: string, text: string, signature: string): boolean {
  const [der] = fromPem('CERTIFICATE', certificatePem) ?? [];
  const station = der && readCertificate(der);
  if (!station?.ok) return false;
  return verifySignature(
    station.facts.spki,
    new TextEncoder().encode(text),
    new Uint8Array(Buffer.from(signature, 'base64')),
  );
}
