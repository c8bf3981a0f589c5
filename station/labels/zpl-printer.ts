// One label to a ZPL printer over TCP (port 9100). The printer is asked how it stands before anything is sent, and again
// until it has nothing left: only then a copy is called printed. Every wait has an end.
import { connect, type Socket } from 'node:net';
import { KeylineError } from '../../domain/errors.ts';
import { ZPL_STATUS } from '../../domain/label-zpl.ts';
import { pause } from '../../domain/seams.ts';
import type { LabelPrinters, PrintClock } from './label-printers.ts';
import { MAX_STATUS_CHARS, readZplStatus, type ZplStatus } from './zpl-status.ts';

/** A printer in the same building answers in milliseconds; one that is off would take minutes. */
const CONNECT_MS = 3_000;
/** Printers answer ~HS within a second, also while they print. */
const STATUS_MS = 3_000;
/** From the last byte to paper: two seconds for a label of this size, some more to warm up. */
const PRINT_MS = 20_000;
const ASK_EVERY_MS = 250;

export function zplPrinter(clock: PrintClock & Parameters<typeof pause>[0]): LabelPrinters['network'] {
  return async ({ host, port }, job) => {
    const line = new PrinterLine(connect({ host, port, noDelay: true }), clock);
    try {
      await line.opened();
      refuse(await line.status());
      if (job === null) return;
      job.intend();
      await line.send(job.zpl);
      const endMs = clock.monotonicMs() + PRINT_MS;
      for (;;) {
        const status = await line.status();
        refuse(status);
        if (status.left === 0) return;
        if (clock.monotonicMs() >= endMs) throw away('it took the label and does not print');
        await pause(clock, ASK_EVERY_MS);
      }
    } finally {
      line.close();
    }
  };
}

function refuse({ paperOut, ribbonOut, headOpen, paused }: ZplStatus): void {
  if (paperOut) throw new KeylineError('LABELS_EMPTY');
  if (ribbonOut) throw new KeylineError('LABELS_EMPTY', 'its ribbon is out');
  if (headOpen) throw away('its head is open');
  if (paused) throw away('it is paused');
}

function away(why: string): KeylineError {
  return new KeylineError('PRINTER_AWAY', why);
}

/** The connection, with one question at a time. */
class PrinterLine {
  readonly #socket: Socket;
  readonly #clock: PrintClock;
  /** Settles with why it is over; never rejects. */
  readonly #over: Promise<KeylineError>;
  readonly #opened: Promise<null>;
  #heard = '';
  #wake: () => void = () => {};

  constructor(socket: Socket, clock: PrintClock) {
    this.#socket = socket;
    this.#clock = clock;
    this.#over = new Promise((resolve) => {
      // An error tells why before `close` tells that.
      socket.on('error', () => resolve(away('nobody answers there')));
      socket.on('end', () => resolve(away('it ended the connection')));
      socket.on('close', () => resolve(away('it ended the connection')));
    });
    this.#opened = new Promise((resolve) => socket.once('connect', () => resolve(null)));
    socket.on('data', (bytes) => {
      this.#heard = (this.#heard + bytes.toString('latin1')).slice(-MAX_STATUS_CHARS);
      this.#wake();
    });
  }

  opened(): Promise<null> {
    return this.#within(CONNECT_MS, this.#opened, 'nobody answers there');
  }

  async send(text: string): Promise<void> {
    const sent = new Promise<null>((resolve) => this.#socket.write(text, 'ascii', () => resolve(null)));
    await this.#within(STATUS_MS, sent, 'it takes nothing');
  }

  async status(): Promise<ZplStatus> {
    this.#heard = '';
    const answer = new Promise<ZplStatus>((resolve) => {
      this.#wake = () => {
        const status = readZplStatus(this.#heard);
        if (status !== null) resolve(status);
      };
    });
    await this.send(`${ZPL_STATUS}\n`);
    return this.#within(STATUS_MS, answer, 'it does not say how it stands');
  }

  async #within<T>(limitMs: number, work: Promise<T>, late: string): Promise<T> {
    let cancel = () => {};
    const limit = new Promise<KeylineError>((resolve) => {
      cancel = this.#clock.after(limitMs, () => resolve(away(late)));
    });
    const first = await Promise.race([work, this.#over, limit]);
    cancel();
    if (first instanceof KeylineError) throw first;
    return first;
  }

  close(): void {
    this.#socket.destroy();
  }
}
