// `audit verify`: walks the whole audit chain and holds it against every checkpoint that was signed, in the records and
// in the backup folder; or, with `--file`, checks a journal that was exported, without its station. Reads only.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { AuditAnswer } from '../../contract/cli.ts';
import { checkAudit } from '../../db/audit-check.ts';
import { checkJournalFile } from '../../db/journal-file-check.ts';
import { KeylineError } from '../../domain/errors.ts';
import { sha256Hex } from '../../pki/p256.ts';
import type { AuditVerdict } from '../../station/journal/journal-store.ts';
import { example, execute, type Registry } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import type { CommonOptions, Use } from '../surroundings.ts';

interface VerifyOptions extends CommonOptions {
  readonly file?: string;
  readonly certificate?: string;
}

export function registerAudit(root: Command, registry: Registry): void {
  const audit = example(root.command('audit').description('check the audit log'), 'help audit verify');
  const verify = audit
    .command('verify')
    .description('check every event and every checkpoint')
    .option('--file <journal>', 'a journal that was exported, in place of the records')
    .option('--certificate <pem>', "with --file: the station's certificate, as the security service gave it");
  example(verify, 'audit verify --json').action(() => {
    const options = verify.optsWithGlobals<VerifyOptions>();
    return execute(registry, options, async (use) => {
      if (options.file !== undefined) return verifyFile(use, resolve(options.file), options.certificate ?? null);
      if (options.certificate !== undefined) throw new KeylineError('USAGE', '--certificate goes with --file');
      return verifyRecords(use);
    });
  });
}

function verifyRecords(use: Use): ExitCode {
  const verdict = checkAudit(use.folder.stationDatabase, use.folder.backup);
  tell(use, AuditAnswer, answerOf(verdict), [verdictText(verdict)]);
  return verdict.ok ? 0 : 3;
}

function verifyFile(use: Use, file: string, certificate: string | null): ExitCode {
  const pem = certificate === null ? null : readCertificatePem(resolve(certificate));
  const { head, sealed, verdict } = checkJournalFile(file, pem);
  const whole = verdict.ok && sealed;
  tell(
    use,
    AuditAnswer,
    {
      ...answerOf(verdict),
      ok: whole,
      sealed,
      stationKeySha256: sha256Hex(new Uint8Array(Buffer.from(head.stationKey, 'base64'))),
    },
    [
      verdictText(verdict),
      sealed ? `The file is as station ${head.stationId} signed it.` : 'The file is not as its station signed it.',
      ...(pem === null
        ? ['It was checked by the key that it brings along. Name the certificate of its station with --certificate.']
        : []),
    ],
  );
  return whole ? 0 : 3;
}

function readCertificatePem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new KeylineError('FILE_UNREADABLE', path, {}, cause);
  }
}

function answerOf({ ok, events, firstBad, missingAfter }: AuditVerdict) {
  return {
    ...{ ok, events },
    ...(firstBad !== undefined && { firstBad }),
    ...(missingAfter !== undefined && { missingAfter }),
  };
}

function verdictText({ ok, events, firstBad, missingAfter }: AuditVerdict): string {
  if (ok) return `The audit log is whole: ${events} events.`;
  if (firstBad !== undefined) return `The audit log was changed: event ${firstBad} is not what it was.`;
  return `The audit log was cut: events after ${missingAfter} are missing.`;
}
