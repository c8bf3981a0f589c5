// Whether a lot's report is what its station signed: seal, table, PDF, and that its counts are those of its boards. Says in
// one sentence what is wrong. Whose key that is, others judge. Pure: digest and signature check are handed in.
import type { TextDigest } from './audit-event.ts';
import { LotReport, PdfSeal, pdfSealText, ReportSeal, STANDS, sealText } from './lot-report.ts';

/** The files as they were read; null where one is not there. */
export interface ReportTexts {
  readonly report: string | null;
  readonly csv: string | null;
  readonly seal: string | null;
  readonly pdf: Uint8Array | null;
  readonly pdfSeal: string | null;
}

export interface ReportTools {
  readonly sha256: TextDigest;
  readonly sha256Bytes: (bytes: Uint8Array) => string;
  /** Whether the key signed the text; key as SubjectPublicKeyInfo and signature as DER, both Base64. */
  readonly isSigned: (spki: string, text: string, signature: string) => boolean;
}

export type CheckedReport =
  | { readonly ok: true; readonly report: LotReport; readonly seal: ReportSeal; readonly printed: boolean }
  | { readonly ok: false; readonly reason: string };

/** Never throws; the reason is a sentence for people. */
export function checkLotReport(texts: ReportTexts, tools: ReportTools): CheckedReport {
  const refused = (reason: string): CheckedReport => ({ ok: false, reason });
  if (texts.report === null) return refused('There is no report.');
  if (texts.seal === null) return refused('The report is not signed: its signature file is missing.');
  const seal = ReportSeal.safeParse(json(texts.seal)).data;
  if (!seal) return refused('The signature file is no signature of a lot report.');
  if (!tools.isSigned(seal.spki, sealText(seal), seal.signature))
    return refused('The signature is not that of the key it names.');
  if (tools.sha256(texts.report) !== seal.reportSha256) return refused('The report was changed after it was signed.');
  if (texts.csv === null) return refused('The table of boards is missing.');
  if (tools.sha256(texts.csv) !== seal.csvSha256)
    return refused('The table of boards was changed after it was signed.');
  const report = LotReport.safeParse(json(texts.report)).data;
  if (!report) return refused('The report is not written as this version of Keyline reads it.');
  if (report.stationId !== seal.stationId || report.lot.lotId !== seal.lotId)
    return refused('The signature is that of another lot.');
  const wrong = pdfFault(texts, seal, tools) ?? countFault(report);
  return wrong === null ? { ok: true, report, seal, printed: texts.pdf !== null } : refused(wrong);
}

function pdfFault({ pdf, pdfSeal }: ReportTexts, seal: ReportSeal, tools: ReportTools): string | null {
  if (pdf === null) return pdfSeal === null ? null : 'The PDF is missing, and its signature is there.';
  if (pdfSeal === null) return 'The PDF is not signed.';
  const sealed = PdfSeal.safeParse(json(pdfSeal)).data;
  if (!sealed || !tools.isSigned(seal.spki, pdfSealText(sealed), sealed.signature))
    return 'The signature of the PDF is not that of the key that signed the report.';
  if (sealed.reportSha256 !== seal.reportSha256) return 'The PDF is that of another report.';
  if (tools.sha256Bytes(pdf) !== sealed.pdfSha256) return 'The PDF was changed after it was signed.';
  return null;
}

/** A station that signs what is not so is not believed either. */
function countFault({ lot, counts, boards, issuers }: LotReport): string | null {
  const { notStarted, beyond } = counts;
  const standing = STANDS.reduce((sum, stands) => sum + counts[stands], 0);
  if (standing + notStarted !== lot.quantity + beyond || (notStarted > 0 && beyond > 0))
    return 'The counts do not add up to the quantity.';
  for (const stands of STANDS)
    if (boards.filter((board) => board.stands === stands).length !== counts[stands])
      return 'The counts are not those of the boards.';
  for (const key of ['deviceSerial', 'fingerprint'] as const) {
    const values = boards.flatMap((board) => board[key] ?? []);
    if (new Set(values).size !== values.length)
      return key === 'deviceSerial' ? 'Two boards have one serial.' : 'Two boards have one certificate.';
  }
  if (new Set(boards.map(({ hardwareType, hwid }) => `${hardwareType} ${hwid}`)).size !== boards.length)
    return 'A board is counted twice.';
  const known = new Set(issuers);
  for (const { stands, deviceSerial, fingerprint, issuerId } of boards) {
    if ((stands === 'passed' || stands === 'revoked') && (deviceSerial === null || fingerprint === null))
      return 'A board passed without a serial or a certificate.';
    if (issuerId !== null && !known.has(issuerId))
      return 'A board was signed for by a CA that the report does not name.';
  }
  return null;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
