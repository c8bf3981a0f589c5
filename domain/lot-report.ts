// The signed report of a lot: the facts of each of its boards, in canonical JSON, and the seal over it and its table. What
// it must be to be believed stands in check-lot-report.ts. Pure.
import { z } from 'zod';
import { canonicalJson } from './audit-event.ts';
import { DeviceSerial, HardwareId, Name, Sha256Hex, TimeMs } from './ids.ts';

const Count = z.number().int().min(0);
const Base64 = z.base64().min(1);

/** Where a board stands when the report is made: none is in work then. */
export const STANDS = ['passed', 'revoked', 'inRework', 'failed', 'noVerdict', 'scrapped'] as const;

/** A report from before boards could be re-worked and scrapped counts none of them. */
const Later = Count.default(0);

export const ReportBoard = z.strictObject({
  hwid: HardwareId,
  hardwareType: z.string().max(64),
  stands: z.enum(STANDS),
  /** Why, where it did not pass. */
  code: z.string().max(64).nullable(),
  slot: Name,
  /** Tries in this lot. */
  jobs: Count,
  endedMs: TimeMs,
  deviceSerial: DeviceSerial.nullable(),
  certificateSerialNumber: z.string().max(40).nullable(),
  /** SHA-256 of its certificate. */
  fingerprint: Sha256Hex.nullable(),
  issuerId: Sha256Hex.nullable(),
});
export type ReportBoard = z.infer<typeof ReportBoard>;

export const LotReport = z.strictObject({
  keyline: z.literal('lot-report-1'),
  stationId: Name,
  practice: z.boolean(),
  /** 1 at first, one more after each restore. */
  epoch: z.number().int().min(1),
  madeMs: TimeMs,
  lot: z.strictObject({
    ...{ lotId: Name, orderId: Name, quantity: z.number().int().min(1), spare: Count, serialRange: z.string().max(80) },
    ...{ model: z.string(), revisions: z.array(z.string()), recipeName: z.string(), recipeVersion: z.string() },
    ...{ recipeSha256: Sha256Hex, firmwareVersion: z.string(), firmwareSha256: Sha256Hex },
    ...{ createdMs: TimeMs, closedMs: TimeMs },
  }),
  /** passed + revoked + inRework + failed + noVerdict + scrapped + notStarted = quantity + beyond. */
  counts: z.strictObject({
    ...{ passed: Count, revoked: Later, inRework: Later, failed: Count, noVerdict: Count, scrapped: Later },
    ...{ notStarted: Count, beyond: Count },
  }),
  /** SHA-256 of the certificates of the CAs that signed for its boards. */
  issuers: z.array(Sha256Hex),
  /** What was done with the lot; a person stands as their random id. */
  events: z.array(
    z.strictObject({ seq: Count, timeMs: TimeMs, actorId: z.string().max(64), type: z.string().max(64) }),
  ),
  /** End of the station's audit chain when this was read. */
  audit: z.strictObject({ seq: Count, head: Sha256Hex }),
  boards: z.array(ReportBoard),
});
export type LotReport = z.infer<typeof LotReport>;

/** The file beside the report that signs it. */
export const ReportSeal = z.strictObject({
  keyline: z.literal('lot-report-seal-1'),
  stationId: Name,
  lotId: Name,
  reportSha256: Sha256Hex,
  csvSha256: Sha256Hex,
  /** Base64 of the station key's SubjectPublicKeyInfo, DER. */
  spki: Base64.max(512),
  /** Base64 of the certificate that the security service gave this key, DER; null where the station is not enrolled. */
  certificate: Base64.max(5464).nullable(),
  /** Base64 of the DER ECDSA-SHA256 signature over `sealText`. */
  signature: Base64.max(200),
});
export type ReportSeal = z.infer<typeof ReportSeal>;

/** The file beside the PDF, which is printed later than the report is signed. */
export const PdfSeal = z.strictObject({
  keyline: z.literal('lot-report-pdf-seal-1'),
  reportSha256: Sha256Hex,
  pdfSha256: Sha256Hex,
  /** Base64 of the DER ECDSA-SHA256 signature over `pdfSealText`, by the key that signed the report. */
  signature: Base64.max(200),
});
export type PdfSeal = z.infer<typeof PdfSeal>;

type Sealed = Pick<ReportSeal, 'stationId' | 'lotId' | 'reportSha256' | 'csvSha256'>;

/** The text that is signed. */
export function sealText({ stationId, lotId, reportSha256, csvSha256 }: Sealed): string {
  return `keyline-lot-report-v1\n${canonicalJson({ stationId, lotId, reportSha256, csvSha256 })}`;
}

/** The text that is signed. */
export function pdfSealText({ reportSha256, pdfSha256 }: Pick<PdfSeal, 'reportSha256' | 'pdfSha256'>): string {
  return `keyline-lot-report-pdf-v1\n${canonicalJson({ reportSha256, pdfSha256 })}`;
}

/** First four hex digits of its SHA-256, by which people call it. */
export function reportIdOf(reportSha256: string): string {
  return reportSha256.slice(0, 4).toUpperCase();
}

/** Names of the files in a lot's folder. */
export const REPORT_FILES = {
  report: 'report.json',
  csv: 'report.csv',
  seal: 'report.sig',
  pdf: 'report.pdf',
  pdfSeal: 'report.pdf.sig',
} as const;
