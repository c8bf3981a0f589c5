// Reports of lots in the data folder: `reports/<lot>/`. The signature is written last, so that a report that a power cut
// broke is none.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeylineError } from '../domain/errors.ts';
import { KEPT_BY_WINDOWS } from '../domain/ids.ts';
import { REPORT_FILES, ReportSeal } from '../domain/lot-report.ts';
import type { ReportFiles } from '../station/lots/report-files.ts';
import type { DataFolder } from './data-folder.ts';
import { syncFolder, writeWhole } from './whole-file.ts';

const { report, csv, seal, pdf, pdfSeal } = REPORT_FILES;

export function reportFiles({ reports }: Pick<DataFolder, 'reports'>): ReportFiles {
  const folderOf = (lotId: string) => join(reports, folderName(reports, lotId));
  const text = (folder: string, name: string) => {
    const path = join(folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : null;
  };
  const write = (lotId: string, files: readonly (readonly [string, string | Uint8Array])[]) => {
    const folder = folderOf(lotId);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const [name, bytes] of files) writeWhole(join(folder, name), bytes);
      syncFolder(reports);
    } catch (cause) {
      throw new KeylineError('DISK_FULL', cause instanceof Error ? cause.message : folder, {}, cause);
    }
    return folder;
  };
  return {
    signedIn(lotId) {
      const folder = folderOf(lotId);
      return existsSync(join(folder, seal)) ? folder : null;
    },
    read(lotId) {
      const folder = folderOf(lotId);
      const printed = join(folder, pdf);
      return {
        ...{ report: text(folder, report), csv: text(folder, csv), seal: text(folder, seal) },
        pdf: existsSync(printed) ? new Uint8Array(readFileSync(printed)) : null,
        pdfSeal: text(folder, pdfSeal),
      };
    },
    keep(lotId, texts) {
      write(lotId, [
        [report, texts.report],
        [csv, texts.csv],
        [seal, texts.seal],
      ]);
    },
    keepPdf(lotId, bytes, sealed) {
      write(lotId, [
        [pdf, bytes],
        [pdfSeal, sealed],
      ]);
    },
    keepSoFar(lotId, ending, bytes) {
      const name = `so-far.${ending}`;
      return join(write(lotId, [[name, bytes]]), name);
    },
  };
}

/**
 * The lot's own name, where it names a folder of its own on every system: two lots may differ by capitals alone, and some
 * names are devices or lose their last point on Windows. Such a lot's folder has the digest of its name as well.
 */
function folderName(reports: string, lotId: string): string {
  const other = `${lotId}-${createHash('sha256').update(lotId).digest('hex').slice(0, 8)}`;
  const [first = ''] = lotId.toLowerCase().split('.');
  if (lotId.endsWith('.') || KEPT_BY_WINDOWS.test(first)) return other;
  const path = join(reports, lotId, seal);
  if (!existsSync(path)) return lotId;
  const sealed = ReportSeal.safeParse(parsed(readFileSync(path, 'utf8'))).data;
  return sealed === undefined || sealed.lotId === lotId ? lotId : other;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
