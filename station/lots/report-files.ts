// The folder of a lot's reports in the data folder. db/ implements it.
import type { ReportTexts } from '../../domain/check-lot-report.ts';

export interface SignedTexts {
  readonly report: string;
  readonly csv: string;
  readonly seal: string;
}

export interface ReportFiles {
  /** Folder of the lot's signed report; null where there is none. */
  signedIn(lotId: string): string | null;
  /** What lies there, null for each file that does not. */
  read(lotId: string): ReportTexts;
  /** Whole or without its seal; durable before it returns. Throws DISK_FULL. */
  keep(lotId: string, texts: SignedTexts): void;
  /** Beside a signed report, once: the PDF first, its seal after it. Throws DISK_FULL. */
  keepPdf(lotId: string, pdf: Uint8Array, seal: string): void;
  /** A file of the lot as it is now, in the place of an older one; its path. Throws DISK_FULL. */
  keepSoFar(lotId: string, ending: 'csv' | 'pdf', bytes: Uint8Array): string;
}
