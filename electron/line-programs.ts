// The programs behind the window, by what it opens on: a station and, while it practises, the bench. Leaving the first run
// ends both and opens the real station; the page sees only its ports change.
import type { WebContents } from 'electron';
import { BenchHost } from './bench-host.ts';
import type { LineMode } from './line-mode.ts';
import type { Work } from './parent-messages.ts';
import { StationHost } from './station-host.ts';

export interface LineProgramEnds {
  work(work: Work): void;
  print(lotId: string): Promise<Uint8Array>;
  /** One of them cannot be started again; with its last sentence. */
  failed(sentence: string): void;
}

export class LinePrograms {
  readonly #mode: LineMode;
  readonly #failed: (sentence: string) => void;
  readonly #station: StationHost;
  readonly #bench: BenchHost | null;
  #leaving = false;

  constructor(mode: LineMode, program: (name: string) => string, { work, print, failed }: LineProgramEnds) {
    this.#failed = failed;
    this.#station = new StationHost(program('station-process'), {
      ready: () => this.#bench?.stationReady(),
      work,
      print,
      failed,
    });
    this.#mode = mode;
    this.#bench = mode.mode === 'real' ? null : this.#benchOf(mode, program('bench-process'));
  }

  start(): void {
    if (this.#mode.mode === 'real') this.#station.start(this.#mode.dataDir, 'real');
    this.#bench?.start();
  }

  #benchOf(mode: Exclude<LineMode, { mode: 'real' }>, file: string): BenchHost {
    return new BenchHost(file, mode.mode === 'practice' ? ['practice', mode.slots] : ['first-run', mode.dataDir], {
      prepared: (dataDir) => this.#station.start(dataDir, 'practice'),
      leave: (dataDir) => void this.#leave(dataDir).catch((cause: Error) => this.#failed(cause.message)),
      failed: this.#failed,
    });
  }

  /** A page that has just loaded. */
  join(screen: WebContents): void {
    this.#station.join(screen);
    this.#bench?.join(screen);
  }

  /** A page that is only printed: it needs no bench. */
  joinStation(screen: WebContents): void {
    this.#station.join(screen);
  }

  /** Boards in work finish first. */
  async close(): Promise<void> {
    await this.#station.close();
    await this.#bench?.close();
  }

  async #leave(dataDir: string): Promise<void> {
    if (this.#leaving) return;
    this.#leaving = true;
    await this.close();
    this.#station.start(dataDir, 'real');
  }
}
