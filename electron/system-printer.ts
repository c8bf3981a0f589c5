// The station's way to the printers of this computer: it asks main, which alone can reach them. First whether the printer
// is there, then the label; main's answer has a limit.
import { KeylineError } from '../domain/errors.ts';
import type { Clock } from '../domain/seams.ts';
import type { LabelPrinters } from '../station/labels/label-printers.ts';
import type { FromStation, PrintOrder } from './parent-messages.ts';

/** A spooler answers within a second; a printer that sleeps may take some more. */
const ANSWER_MS = 30_000;

export class SystemPrinter {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #send: (message: FromStation) => void;
  readonly #asked = new Map<number, (done: boolean) => void>();
  #last = 0;

  constructor(clock: Pick<Clock, 'after'>, send: (message: FromStation) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  readonly print: NonNullable<LabelPrinters['system']> = async (printer, job) => {
    if (!(await this.#ask({ printer, label: null }))) throw new KeylineError('PRINTER_AWAY', 'no such printer here');
    if (job === null) return;
    const { svg, widthMm, heightMm, intend } = job;
    intend();
    if (!(await this.#ask({ printer, label: { svg, widthMm, heightMm } })))
      throw new KeylineError('PRINTER_AWAY', 'the system did not take it');
  };

  /** Main's answer to one of the questions. */
  answered(order: number, done: boolean): void {
    this.#asked.get(order)?.(done);
  }

  async #ask(order: Omit<PrintOrder, 'order'>): Promise<boolean> {
    this.#last += 1;
    const number = this.#last;
    try {
      return await new Promise<boolean>((resolve) => {
        const cancel = this.#clock.after(ANSWER_MS, () => resolve(false));
        this.#asked.set(number, (done) => {
          cancel();
          resolve(done);
        });
        this.#send({ type: 'print-label', order: number, ...order });
      });
    } finally {
      this.#asked.delete(number);
    }
  }
}
