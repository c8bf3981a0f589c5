// Labels on record: what a lot's boards get, which are due, and each copy that left for a printer. db/ implements it.
import type { LabelSize } from '../../domain/label.ts';

export interface LabelRow {
  readonly certificateId: number;
  readonly lotId: string;
  readonly deviceSerial: string;
  readonly spkiSha256: string;
  readonly model: string;
  readonly revision: string;
  readonly size: LabelSize;
  readonly dueMs: number;
  /** The last number given to a copy; 0 before the first. */
  readonly copies: number;
  /** When a copy was last known to be out, and who had it printed. */
  readonly printedMs: number | null;
  readonly printedBy: string | null;
  readonly scannedMs: number | null;
}

export interface PassedCertificate {
  readonly certificateId: number;
  readonly lotId: string;
  readonly spkiSha256: string;
}

/** A lot's labels: one a board that passed. */
export interface LabelCounts {
  readonly due: number;
  readonly printed: number;
  readonly scannedBack: number;
  /** Boards with a second copy or more. */
  readonly again: number;
}

export interface LabelStore {
  /** Null: the lot's boards get none. */
  lotLabel(lotId: string): LabelSize | null;
  insertLotLabel(lotId: string, size: LabelSize): void;

  label(certificateId: number): LabelRow | null;
  /** Of the board's certificate that is not void. */
  labelOfSerial(deviceSerial: string): LabelRow | null;
  /** The certificate, not void, of a board that passed; null where no board with that serial did. */
  passedCertificate(deviceSerial: string): PassedCertificate | null;
  insertLabel(row: { certificateId: number; lotId: string; size: LabelSize; dueMs: number }): void;
  /** Without a copy that is known to be out, the oldest first; those of void certificates are not among them. */
  waitingLabels(limit: number): readonly LabelRow[];
  waitingLabelCount(): number;
  labelCounts(lotId: string): LabelCounts;

  insertCopy(row: { certificateId: number; copy: number; actorId: string; intendedMs: number }): void;
  /** `printed` sets the label's own moment too. */
  endCopy(certificateId: number, copy: number, state: 'printed' | 'unsure', endedMs: number): void;
  /** Copies that were sent, or about to be, when the station ended. */
  openCopies(): readonly { readonly certificateId: number; readonly copy: number }[];
  setLabelScanned(certificateId: number, scannedMs: number): void;
}
