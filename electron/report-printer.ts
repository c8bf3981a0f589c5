// The station's way to a report's PDF: main opens the page where nobody sees it and prints it, which this process cannot.
// Main's answer has a limit: it may be lost, and the next report and the station's end wait for it.
import { KeylineError } from '../domain/errors.ts';
import type { Clock } from '../domain/seams.ts';
import type { FromStation } from './parent-messages.ts';

/** Main gives up after a minute (print-report.ts). */
const ANSWER_MS = 75_000;

export class ReportPrinter {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #send: (message: FromStation) => void;
  readonly #asked = new Map<number, (pdf: string | null) => void>();
  #last = 0;

  constructor(clock: Pick<Clock, 'after'>, send: (message: FromStation) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** PDF of one lot's report. Throws REPORT_UNPRINTED. */
  readonly print = async (lotId: string): Promise<Uint8Array> => {
    this.#last += 1;
    const job = this.#last;
    const { promise, resolve } = Promise.withResolvers<string | null>();
    this.#asked.set(job, resolve);
    const cancel = this.#clock.after(ANSWER_MS, () => resolve(null));
    this.#send({ type: 'print-report', job, lotId });
    const pdf = await promise;
    cancel();
    this.#asked.delete(job);
    if (pdf === null) throw new KeylineError('REPORT_UNPRINTED');
    return new Uint8Array(Buffer.from(pdf, 'base64'));
  };

  /** Main's answer: the PDF in Base64, or null where it was not printed. */
  answered(job: number, pdf: string | null): void {
    this.#asked.get(job)?.(pdf);
  }
}
