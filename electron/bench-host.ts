// The practice bench's process as main sees it: it prepares the data folder, works beside the station, and serves the
// window's own port to it while the window practises.
import type { WebContents } from 'electron';
import { type ChildProgram, onNode24 } from './child-program.ts';
import { type BenchArguments, FromBench, type ToBench } from './parent-messages.ts';
import { PortRelay } from './port-relay.ts';

/** Boards and service leave their ports in less than a second each. */
const CLOSE_LIMIT_MS = 10_000;

export interface BenchEnds {
  prepared(dataDir: string): void;
  /** The person goes to the real line in this folder. */
  leave(dataDir: string): void;
  failed(sentence: string): void;
}

export class BenchHost {
  readonly #ends: BenchEnds;
  readonly #file: string;
  #child: ChildProgram | null = null;
  readonly #relay = new PortRelay('bench:port', (message) => this.#send(message));
  #sentence = 'The practice bench has ended.';
  #closed: (() => void) | null = null;

  constructor(file: string, ends: BenchEnds) {
    this.#ends = ends;
    this.#file = file;
  }

  /** After `close` another one may follow. */
  start(...args: BenchArguments): void {
    this.#child = onNode24(this.#file, args, {
      hear: (message) => this.#hear(message),
      ended: () => this.#ended(),
    });
  }

  /** A page that has just loaded. */
  join(screen: WebContents): void {
    this.#relay.join(screen);
  }

  /** A station stands in the data folder: at the start, and again after each restart. */
  stationReady(): void {
    this.#send({ type: 'station-ready' });
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    const limit = setTimeout(() => child.kill(), CLOSE_LIMIT_MS);
    await new Promise<void>((resolve) => {
      this.#closed = resolve;
      this.#send({ type: 'close' });
    });
    clearTimeout(limit);
  }

  #send(message: ToBench): void {
    this.#child?.send(message);
  }

  #hear(message: unknown): void {
    const { data } = FromBench.safeParse(message);
    if (data?.type === 'prepared') {
      this.#ends.prepared(data.dataDir);
      this.#relay.up();
    }
    if (data?.type === 'data') this.#relay.hear(data);
    if (data?.type === 'leave') this.#ends.leave(data.dataDir);
    if (data?.type === 'failed') this.#sentence = data.sentence;
  }

  #ended(): void {
    this.#child = null;
    this.#relay.down();
    if (this.#closed) {
      this.#closed();
      this.#closed = null;
    } else this.#ends.failed(this.#sentence);
  }
}
