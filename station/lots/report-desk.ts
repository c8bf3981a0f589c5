// Reports of lots: on a close the facts are written, signed with the station's key and put on record; a window prints them.
// The files come first and the audit event after them: a power cut between the two leaves a report that the next start puts
// on record, and one before them a lot whose report the next start makes. A signed report never changes.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { canonicalJson } from '../../domain/audit-event.ts';
import { checkLotReport, type ReportTools } from '../../domain/check-lot-report.ts';
import { assert, KeylineError } from '../../domain/errors.ts';
import {
  type PdfSeal,
  pdfSealText,
  REPORT_FILES,
  type ReportSeal,
  reportIdOf,
  sealText,
} from '../../domain/lot-report.ts';
import { boardsIn, lotReportCsv } from '../../domain/lot-report-csv.ts';
import { type Recorder, STATION_ACTOR, sha256Text } from '../records/recorder.ts';
import type { LotEvent, LotPageStore } from './lot-page-store.ts';
import { lotReport } from './lot-report-facts.ts';
import type { ReportFiles } from './report-files.ts';

/** Closed lots looked at when a station starts: what a power cut may have left, and lots of an older Keyline, the newest. */
const MOST_AT_START = 8;

/** What a station signs reports with. */
export interface StationSeal {
  /** Base64 of its key's SubjectPublicKeyInfo, DER; of its certificate, null while it is not enrolled. */
  readonly spki: string;
  readonly certificate: string | null;
  /** Base64 of the DER signature over UTF-8 text. */
  readonly sign: (text: string) => string;
}

/** Prints the page of a lot's report as a PDF; rejects where that fails. */
export type Print = (lotId: string) => Promise<Uint8Array>;

export interface ReportParts {
  readonly recorder: Recorder;
  readonly store: LotPageStore;
  readonly files: ReportFiles;
  /** Null while the station's key is locked. */
  readonly seal: () => StationSeal | null;
  readonly isSigned: ReportTools['isSigned'];
  /** Null where no window prints. */
  readonly print: Print | null;
  readonly log: { warn(fields: object, message: string): void };
  readonly onBug: (bug: unknown) => void;
}

export interface SignedReport {
  readonly reportId: string;
  readonly reportSha256: string;
  readonly signedMs: number;
  readonly folder: string | null;
  readonly printed: boolean;
}

export class ReportDesk {
  readonly #parts: ReportParts;
  readonly #tools: ReportTools;
  /** One PDF at a time: each takes a window of its own. */
  #printing: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(parts: ReportParts) {
    this.#parts = parts;
    this.#tools = {
      sha256: sha256Text,
      sha256Bytes: (bytes) => createHash('sha256').update(bytes).digest('hex'),
      isSigned: parts.isSigned,
    };
  }

  /** The lot's signed report as the records have it; null for none. */
  of(lotId: string): SignedReport | null {
    const { store, files } = this.#parts;
    const events = store.lotEvents(lotId);
    const signed = signedEvent(events);
    if (signed === null) return null;
    const { reportSha256, timeMs } = signed;
    const printed = events.some((event) => event.type === 'report-printed' && event.reportSha256 === reportSha256);
    return {
      reportId: reportIdOf(reportSha256),
      reportSha256,
      signedMs: timeMs,
      folder: files.signedIn(lotId),
      printed,
    };
  }

  /**
   * Signs the report of a closed lot, once. Throws LOT_UNKNOWN, LOT_STATE, SIGNER_LOCKED, DISK_FULL; then the lot stays
   * closed and its report is made at the next start or on demand.
   */
  sign(actorId: string, lotId: string): void {
    const { recorder, seal } = this.#parts;
    const lot = recorder.store.lot(lotId);
    if (!lot) throw new KeylineError('LOT_UNKNOWN', lotId);
    if (lot.state !== 'closed') throw new KeylineError('LOT_STATE', `${lotId} is ${lot.state}`);
    const known = this.of(lotId);
    if (known !== null && known.folder !== null) return;
    const own = seal();
    if (own === null) throw new KeylineError('SIGNER_LOCKED');
    const left = this.#leftOver(lotId, own);
    if (left !== null) return this.#record(actorId, left);
    const sealed = this.#write(lotId, own);
    this.#record(actorId, sealed);
  }

  /** A whole report of this lot under this station's own key, that a power cut kept from the records. */
  #leftOver(lotId: string, own: StationSeal): ReportSeal | null {
    if (this.#parts.files.signedIn(lotId) === null) return null;
    const found = checkLotReport({ ...this.#parts.files.read(lotId), pdf: null, pdfSeal: null }, this.#tools);
    return found.ok && found.seal.lotId === lotId && found.seal.spki === own.spki ? found.seal : null;
  }

  #write(lotId: string, own: StationSeal): ReportSeal {
    const { recorder, store, files } = this.#parts;
    const report = store.atOnce(() => lotReport(recorder.store, store, lotId, recorder.clock.nowMs()));
    const text = `${canonicalJson(report)}\n`;
    const csv = lotReportCsv(report.boards);
    const sealed = { stationId: report.stationId, lotId, reportSha256: sha256Text(text), csvSha256: sha256Text(csv) };
    const { spki, certificate, sign } = own;
    const signature = sign(sealText(sealed));
    const seal: ReportSeal = { keyline: 'lot-report-seal-1', ...sealed, spki, certificate, signature };
    files.keep(lotId, { report: text, csv, seal: `${JSON.stringify(seal)}\n` });
    return seal;
  }

  #record(actorId: string, { lotId, reportSha256, csvSha256, spki }: ReportSeal): void {
    const spkiSha256 = createHash('sha256').update(Buffer.from(spki, 'base64')).digest('hex');
    this.#parts.recorder.commit(actorId, (append) =>
      append('report-signed', { lotId, reportSha256, csvSha256, spkiSha256 }),
    );
  }

  /**
   * Prints a signed report that was not printed yet; one that was stays as it is. Settles without a PDF where no window
   * prints. Rejects with SIGNER_LOCKED, PRINT_FAILED, DISK_FULL.
   */
  async print(lotId: string): Promise<void> {
    const { print } = this.#parts;
    if (print === null || this.of(lotId)?.printed !== false) return;
    const pdf = await this.#inTurn(() => print(lotId));
    const { recorder, files, seal } = this.#parts;
    const signed = this.of(lotId);
    const own = seal();
    if (own === null) throw new KeylineError('SIGNER_LOCKED');
    if (signed === null || signed.printed || signed.folder === null) return;
    const sealed = { reportSha256: signed.reportSha256, pdfSha256: this.#tools.sha256Bytes(pdf) };
    const signature = own.sign(pdfSealText(sealed));
    const text: PdfSeal = { keyline: 'lot-report-pdf-seal-1', ...sealed, signature };
    files.keepPdf(lotId, pdf, `${JSON.stringify(text)}\n`);
    recorder.commit(STATION_ACTOR, (append) => append('report-printed', { lotId, ...sealed }));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#printing.then(work);
    this.#printing = turn.catch(() => {});
    return turn;
  }

  /** After a close, and at the start of a station: never throws, since the lot is closed whatever happens here. */
  async signAndPrint(actorId: string, lotId: string): Promise<void> {
    try {
      this.sign(actorId, lotId);
      await this.print(lotId);
    } catch (error) {
      if (!(error instanceof KeylineError)) return this.#parts.onBug(error);
      this.#parts.log.warn({ code: error.code, lotId }, 'a report was not made');
    }
  }

  /** What a power cut left: one lot after the other. */
  async catchUp(): Promise<void> {
    if (this.#parts.seal() === null) return;
    for (const lotId of this.#parts.store.unreported(MOST_AT_START))
      if (!this.#closed) await this.signAndPrint(STATION_ACTOR, lotId);
  }

  /** The boards of a lot as a table: the signed one of a closed lot, else as they are now. Throws LOT_UNKNOWN, DISK_FULL. */
  exportCsv(lotId: string): { file: string; boards: number } {
    const { recorder, store, files } = this.#parts;
    const lot = recorder.store.lot(lotId);
    if (!lot) throw new KeylineError('LOT_UNKNOWN', lotId);
    const folder = lot.state === 'closed' ? files.signedIn(lotId) : null;
    const { csv } = folder === null ? { csv: null } : files.read(lotId);
    // What the file holds: a board that came back after a restore is on the page of its lot and not in what was signed.
    if (folder !== null && csv !== null) return { file: join(folder, REPORT_FILES.csv), boards: boardsIn(csv) };
    const boards = store.lotBoards(lotId).map(({ place, outcome: _, ...board }) => ({ ...board, stands: place }));
    const bytes = new TextEncoder().encode(lotReportCsv(boards));
    return { file: files.keepSoFar(lotId, 'csv', bytes), boards: boards.length };
  }

  /** As the lot is now, unsigned. Throws as `exportCsv`, PRINT_FAILED. */
  async soFar(lotId: string): Promise<{ csv: string; pdf: string | null }> {
    const { files, print } = this.#parts;
    const { file: csv } = this.exportCsv(lotId);
    const pdf = print && (await this.#inTurn(() => print(lotId)));
    return { csv, pdf: pdf && files.keepSoFar(lotId, 'pdf', pdf) };
  }

  /** Waits for what is being printed. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#printing;
  }
}

function signedEvent(events: readonly LotEvent[]): { readonly reportSha256: string; readonly timeMs: number } | null {
  const signed = events.findLast(({ type }) => type === 'report-signed');
  if (signed === undefined) return null;
  assert(signed.reportSha256, 'a signed report is on record by its digest');
  return { reportSha256: signed.reportSha256, timeMs: signed.timeMs };
}
