// What prints labels, as the station needs it. Each asks `intend` right before the first byte of the label leaves: what is
// recorded there may be on paper from then on.
import type { Clock } from '../../domain/seams.ts';

export interface PrintJob {
  /** ZPL II, ASCII. */
  readonly zpl: string;
  readonly svg: string;
  readonly widthMm: number;
  readonly heightMm: number;
  /** Called at most once, before anything is sent. What it throws ends the printing with nothing sent. */
  readonly intend: () => void;
}

export interface LabelPrinters {
  /**
   * Settles when the printer has nothing of it left to print, within half a minute; without a job when it has said that it
   * could, within 10 s. Throws LABELS_EMPTY, PRINTER_AWAY.
   */
  network(address: { readonly host: string; readonly port: number }, job: PrintJob | null): Promise<void>;
  /** Likewise, on a printer of this computer; null where no window is there to reach it. */
  readonly system: ((name: string, job: PrintJob | null) => Promise<void>) | null;
}

export type PrintClock = Pick<Clock, 'after' | 'monotonicMs'>;
