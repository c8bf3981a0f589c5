// `audit verify`: walks the whole audit chain and holds it against every checkpoint that was signed, in the records and
// in the backup folder. Reads only, also while a station writes.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { AuditAnswer } from '../../contract/cli.ts';
import { CHECKPOINT_COPIES } from '../../db/backup-files.ts';
import { openQueries, type StationQueries } from '../../db/queries.ts';
import { type ChainHead, checkChain } from '../../domain/audit-event.ts';
import { checkpointText, SignedCheckpoint } from '../../domain/checkpoint.ts';
import { readCertificate } from '../../pki/certificate-facts.ts';
import { verifySignature } from '../../pki/p256.ts';
import { fromPem } from '../../pki/pem.ts';
import { sha256Text } from '../../station/records/recorder.ts';
import { example, execute, type Registry } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import type { Use } from '../surroundings.ts';

export function registerAudit(root: Command, registry: Registry): void {
  const audit = example(root.command('audit').description('check the audit log'), 'help audit verify');
  const verify = audit.command('verify').description('check every event and every checkpoint');
  example(verify, 'audit verify --json').action(() => execute(registry, verify.optsWithGlobals(), verifyChain));
}

async function verifyChain(use: Use): Promise<ExitCode> {
  // Copies first: whatever they name is then in the records already, also while a station writes both.
  const copies = copiedCheckpoints(join(use.folder.backup, CHECKPOINT_COPIES));
  const records = openQueries(use.folder.stationDatabase);
  try {
    const verdict = records.together(() => verdictOf(records, copies));
    tell(use, AuditAnswer, verdict, [verdictText(verdict)]);
    return verdict.ok ? 0 : 3;
  } finally {
    records.close();
  }
}

interface Verdict {
  ok: boolean;
  events: number;
  firstBad?: number;
  missingAfter?: number;
}

function verdictOf(records: StationQueries, copies: readonly SignedCheckpoint[]): Verdict {
  const pem = records.enrolment()?.stationCertificatePem ?? null;
  const checkpoints = [...records.checkpoints(), ...copies];
  const forged = pem === null ? undefined : checkpoints.find((signed) => !isSigned(signed, pem));
  const known: ChainHead[] = checkpoints.map(({ checkpoint: { seq, head } }) => ({ seq, hash: head }));
  const verdict = checkChain(records.auditEvents(), known, sha256Text);
  if (verdict.ok && forged) return { ok: false, events: verdict.events, firstBad: forged.checkpoint.seq };
  const { ok, events } = verdict;
  // A checkpoint and the event that tells of it are one transaction: without that event the end was cut off.
  if (ok && known.some(({ seq }) => seq === events)) return { ok: false, events, missingAfter: events };
  return {
    ok,
    events,
    ...('firstBad' in verdict && { firstBad: verdict.firstBad }),
    ...('missingAfter' in verdict && { missingAfter: verdict.missingAfter }),
  };
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

function isSigned({ checkpoint, signature }: SignedCheckpoint, stationCertificatePem: string): boolean {
  const [der] = fromPem('CERTIFICATE', stationCertificatePem) ?? [];
  const station = der && readCertificate(der);
  if (!station?.ok) return false;
  const text = new TextEncoder().encode(checkpointText(checkpoint));
  return verifySignature(station.facts.spki, text, new Uint8Array(Buffer.from(signature, 'base64')));
}

function verdictText({ ok, events, firstBad, missingAfter }: Verdict): string {
  if (ok) return `The audit log is whole: ${events} events.`;
  if (firstBad !== undefined) return `The audit log was changed: event ${firstBad} is not what it was.`;
  return `The audit log was cut: events after ${missingAfter} are missing.`;
}
