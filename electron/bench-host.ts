// The practice bench's process as main sees it: it prepares the data folder, then works beside the station.
import { type ChildProgram, onNode24 } from './child-program.ts';
import { FromBench, type ToBench } from './parent-messages.ts';

/** Boards and service leave their ports in less than a second each. */
const CLOSE_LIMIT_MS = 10_000;

export interface BenchEnds {
  prepared(dataDir: string): void;
  failed(sentence: string): void;
}

export class BenchHost {
  readonly #child: ChildProgram;
  #sentence = 'The practice bench has ended.';
  #closed: (() => void) | null = null;
  #alive = true;

  constructor(file: string, { prepared, failed }: BenchEnds) {
    this.#child = onNode24(file, [], {
      hear: (message) => {
        const { data } = FromBench.safeParse(message);
        if (data?.type === 'prepared') prepared(data.dataDir);
        if (data?.type === 'failed') this.#sentence = data.sentence;
      },
      ended: () => {
        this.#alive = false;
        if (this.#closed) this.#closed();
        else failed(this.#sentence);
      },
    });
  }

  /** A station stands in the data folder: at the start, and again after each restart. */
  stationReady(): void {
    this.#child.send({ type: 'station-ready' } satisfies ToBench);
  }

  async close(): Promise<void> {
    if (!this.#alive) return;
    const limit = setTimeout(() => this.#child.kill(), CLOSE_LIMIT_MS);
    await new Promise<void>((resolve) => {
      this.#closed = resolve;
      this.#child.send({ type: 'close' } satisfies ToBench);
    });
    clearTimeout(limit);
  }
}
