// The station's process as main sees it: started, waited for with a bound, started again when it dies, and joined to the
// screens by its relay. What it was last known to have in work stays so until the next process tells.
import { statSync } from 'node:fs';
import type { WebContents } from 'electron';
import { dataFolderAt } from '../db/data-folder.ts';
import { type ChildProgram, node24, startChild } from './child-program.ts';
import { FromStation, type PrintOrder, type StationArguments, type ToStation, type Work } from './parent-messages.ts';
import { PortRelay } from './port-relay.ts';
import { printPage } from './print-page.ts';

/**
 * Opening keys takes a second, a slow disk some more: a station that is not there by then, and by what its records take,
 * is not coming.
 */
const READY_LIMIT_MS = 30_000;

/**
 * 2 MB of records a second: every start reads them all, and an update reads, copies and checks them some ten times, which
 * leaves 20 MB a second to the disk. A station that is ended within that begins anew, and never comes.
 */
const RECORDS_BYTES_PER_MS = 2_000;

/** Starts in a row that may end before the station is ready. */
const MAX_STARTS = 3;

/** Longest that a board in work takes to its end, retries included (as the stillness of a practice run). */
const CLOSE_LIMIT_MS = 180_000;

/**
 * Longest that a board which is still in its lock is waited for beyond that: twice what a lock (10 s), its restart (three
 * resets of 15 s) and the third proof take at most. A station that hangs tells of its lock for ever.
 */
const LOCK_LIMIT_MS = 120_000;
const LOOK_AGAIN_MS = 1_000;

export interface StationHostEnds {
  ready(): void;
  work(work: Work): void;
  /** A report's page as a PDF. Rejects where it cannot be printed. */
  print(lotId: string): Promise<Uint8Array>;
  /** A person goes to the practice bench. */
  practise(): void;
  /** It does not start; with its last sentence. */
  failed(sentence: string): void;
}

const UNANSWERED = 'The station does not answer.';
const IDLE: Work = { working: 0, locking: 0 };

export class StationHost {
  readonly #file: string;
  readonly #ends: StationHostEnds;
  readonly #relay = new PortRelay('station:port', (message) => this.#send(message));
  #arguments: StationArguments = ['', 'real'];
  #child: ChildProgram | null = null;
  #starts = 0;
  #sentence = UNANSWERED;
  #work = IDLE;
  #readyLimit: NodeJS.Timeout | undefined;
  #closed: (() => void) | null = null;

  constructor(file: string, ends: StationHostEnds) {
    this.#file = file;
    this.#ends = ends;
  }

  /** A station on this data folder, which is there. After `close` another one may follow. */
  start(...args: StationArguments): void {
    this.#arguments = args;
    this.#starts = 0;
    this.#sentence = UNANSWERED;
    this.#launch();
  }

  #launch(): void {
    this.#starts += 1;
    const child = startChild(this.#file, [...this.#arguments, node24()], {
      hear: (message) => this.#hear(message),
      ended: () => this.#ended(),
    });
    this.#child = child;
    this.#readyLimit = setTimeout(() => child.kill(), readyLimitMs(this.#arguments[0]));
  }

  /** A page that has just loaded. */
  join(screen: WebContents): void {
    this.#relay.join(screen);
  }

  /** Lets boards in work finish. Settles when the process has ended. */
  async close(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    let limit: NodeJS.Timeout;
    const strike = (leftMs: number) => {
      if (this.#work.locking === 0 || leftMs <= 0) return child.kill();
      limit = setTimeout(strike, LOOK_AGAIN_MS, leftMs - LOOK_AGAIN_MS);
    };
    limit = setTimeout(strike, CLOSE_LIMIT_MS, LOCK_LIMIT_MS);
    await new Promise<void>((resolve) => {
      this.#closed = resolve;
      this.#send({ type: 'close' });
    });
    clearTimeout(limit);
  }

  #send(message: ToStation): void {
    this.#child?.send(message);
  }

  #hear(message: unknown): void {
    const { data } = FromStation.safeParse(message);
    if (data?.type === 'ready') this.#becomeReady();
    if (data?.type === 'work') this.#tellWork(data.work);
    if (data?.type === 'print-report') void this.#printReport(data.job, data.lotId);
    if (data?.type === 'practise') this.#ends.practise();
    if (data?.type === 'failed') this.#sentence = data.sentence;
    if (data?.type === 'data') this.#relay.hear(data);
    if (data?.type === 'print-label') void this.#printLabel(data);
  }

  #tellWork(work: Work): void {
    this.#work = work;
    this.#ends.work(work);
  }

  async #printLabel(order: PrintOrder): Promise<void> {
    this.#send({ type: 'label-printed', order: order.order, done: await printPage(order) });
  }

  /** A program that has ended meanwhile has nobody who waits for it. */
  async #printReport(job: number, lotId: string): Promise<void> {
    const pdf = await this.#ends.print(lotId).catch(() => null);
    this.#send({ type: 'report-printed', job, pdf: pdf && Buffer.from(pdf).toString('base64') });
  }

  #becomeReady(): void {
    clearTimeout(this.#readyLimit);
    this.#starts = 0;
    this.#relay.up();
    this.#ends.ready();
  }

  /** What is recorded is recorded, and the next process resumes. */
  #ended(): void {
    clearTimeout(this.#readyLimit);
    this.#child = null;
    this.#relay.down();
    if (this.#closed) {
      this.#tellWork(IDLE);
      this.#closed();
      this.#closed = null;
    } else if (this.#starts < MAX_STARTS) {
      this.#launch();
    } else {
      this.#tellWork(IDLE);
      this.#ends.failed(this.#sentence);
    }
  }
}

/** Of the start of the station in this data folder. What cannot be looked at the station itself tells of. */
function readyLimitMs(dataDir: string): number {
  try {
    return READY_LIMIT_MS + statSync(dataFolderAt(dataDir).stationDatabase).size / RECORDS_BYTES_PER_MS;
  } catch {
    return READY_LIMIT_MS;
  }
}
