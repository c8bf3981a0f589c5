// `report verify`: whether the signed reports of lots are what their stations signed. Reads files, and the records of the
// data folder where there are any; asks no station.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { ReportVerifyAnswer } from '../../contract/cli.ts';
import { openQueries } from '../../db/queries.ts';
import { checkLotReport, type ReportTexts } from '../../domain/check-lot-report.ts';
import { KeylineError } from '../../domain/errors.ts';
import { Sha256Hex } from '../../domain/ids.ts';
import { REPORT_FILES, reportIdOf } from '../../domain/lot-report.ts';
import { reportSigned } from '../../station/lot-desks.ts';
import { sha256Text } from '../../station/records/recorder.ts';
import { example, execute, fitting, type Registry } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import { type Anchors, keyFault } from '../report-key.ts';
import type { CommonOptions, Use } from '../surroundings.ts';

/** A report of 1,000,000 boards takes some 500 MB: no text of Node is longer. */
const MOST_BYTES = 512 * 1024 * 1024;

interface VerifyOptions extends CommonOptions {
  readonly stationKey?: string;
  readonly serviceCa?: string;
}

export function registerReport(root: Command, registry: Registry): void {
  const report = example(root.command('report').description('check signed reports of lots'), 'help report verify');
  const verify = report
    .command('verify')
    .description('check signature, table, PDF and counts of signed reports')
    .argument('<file...>', 'report.json of a lot, or its folder')
    .option(
      '--station-key <sha256>',
      'the key that must have signed: SHA-256 of its SubjectPublicKeyInfo',
      fitting(Sha256Hex, '64 hex digits'),
    )
    .option('--service-ca <file>', "the security service's CA, which must have certified that key (PEM)");
  example(verify, 'report verify reports/WO-48213 --service-ca service-ca.pem').action((files: string[]) => {
    const options = verify.optsWithGlobals<VerifyOptions>();
    return execute(registry, options, (use) => verifyReports(use, files, options));
  });
}

async function verifyReports(use: Use, files: readonly string[], options: VerifyOptions): Promise<ExitCode> {
  const records = existsSync(use.folder.stationDatabase) ? openQueries(use.folder.stationDatabase) : null;
  const anchors: Anchors = {
    stationKey: options.stationKey ?? null,
    serviceCa: options.serviceCa === undefined ? null : readText(resolve(options.serviceCa)),
    records,
  };
  try {
    const reports = files.map((file) => verdictOf(resolve(file), anchors));
    tell(
      use,
      ReportVerifyAnswer,
      { ok: reports.every(({ ok }) => ok), reports },
      reports.map(({ says }) => says),
    );
    return reports.every(({ ok }) => ok) ? 0 : 3;
  } finally {
    records?.close();
  }
}

function verdictOf(file: string, anchors: Anchors): { file: string; ok: boolean; says: string } {
  const checked = checkLotReport(textsAt(file), {
    sha256: sha256Text,
    sha256Bytes: (bytes) => createHash('sha256').update(bytes).digest('hex'),
    isSigned: reportSigned,
  });
  const fault = checked.ok ? keyFault(checked.seal, checked.report, anchors) : checked.reason;
  if (!checked.ok || fault !== null) return { file, ok: false, says: `${file}: ${fault}` };
  const { report, seal, printed } = checked;
  const { passed, revoked, inRework, failed, noVerdict, scrapped, notStarted } = report.counts;
  const counts = [
    ...[`${passed} passed`, `${revoked} revoked`, `${inRework} in re-work`, `${failed} failed`],
    ...[`${noVerdict} without a verdict`, `${scrapped} scrapped`, `${notStarted} not started`],
  ].join(', ');
  const pdf = printed ? 'with its PDF' : 'without a PDF';
  const id = reportIdOf(seal.reportSha256);
  return { file, ok: true, says: `${file}: Report ${id} of lot ${seal.lotId} is whole, ${pdf}: ${counts}.` };
}

/** A folder stands for the report in it; the other files lie beside it. */
function textsAt(path: string): ReportTexts {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const folder = isFolder ? path : join(path, '..');
  const beside = (name: string) => {
    const found = join(folder, name);
    return existsSync(found) ? readBytes(found) : null;
  };
  const text = (name: string) => beside(name)?.toString('utf8') ?? null;
  return {
    report: isFolder ? text(REPORT_FILES.report) : readText(path),
    ...{ csv: text(REPORT_FILES.csv), seal: text(REPORT_FILES.seal) },
    ...{ pdf: beside(REPORT_FILES.pdf), pdfSeal: text(REPORT_FILES.pdfSeal) },
  };
}

function readText(file: string): string {
  return readBytes(file).toString('utf8');
}

function readBytes(file: string): Buffer {
  try {
    if (statSync(file).size > MOST_BYTES) throw new Error('it is too long');
    return readFileSync(file);
  } catch (cause) {
    throw new KeylineError('FILE_UNREADABLE', cause instanceof Error ? cause.message : file, {}, cause);
  }
}
