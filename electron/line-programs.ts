// The programs behind the window, by what it opens on: a station and, while it practises, the bench. Going to the real line
// ends both and opens the real station, and Settings leads back to practice; the page sees only its ports change.
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
  readonly #bench: BenchHost;
  /** From the real line to practice or back: one at a time, and none once the window closes. */
  #changing = false;
  /** It came to practice from a real station. */
  #again = false;

  constructor(mode: LineMode, program: (name: string) => string, { work, print, failed }: LineProgramEnds) {
    this.#failed = failed;
    this.#mode = mode;
    this.#station = new StationHost(program('station-process'), {
      ready: () => this.#bench.stationReady(),
      practise: () => this.#change(() => this.#practise()),
      failed: (sentence) => this.#cannotGoOn(sentence),
      work,
      print,
    });
    this.#bench = new BenchHost(program('bench-process'), {
      prepared: (dataDir) => this.#station.start(dataDir, 'practice'),
      leave: (dataDir) => this.#change(() => this.#leave(dataDir)),
      failed: (sentence) => this.#cannotGoOn(sentence),
    });
  }

  start(): void {
    if (this.#mode.mode === 'real') this.#station.start(this.#mode.dataDir, 'real');
    else if (this.#mode.mode === 'practice') this.#bench.start('practice', this.#mode.slots);
    else this.#bench.start('first-run', this.#mode.dataDir);
  }

  /** A page that has just loaded. */
  join(screen: WebContents): void {
    this.#station.join(screen);
    this.#bench.join(screen);
  }

  /** A page that is only printed: it needs no bench. */
  joinStation(screen: WebContents): void {
    this.#station.join(screen);
  }

  /** Boards in work finish first. */
  async close(): Promise<void> {
    this.#changing = true;
    await this.#end();
  }

  async #end(): Promise<void> {
    await this.#station.close();
    await this.#bench.close();
  }

  #change(work: () => Promise<void>): void {
    if (this.#changing) return;
    this.#changing = true;
    work().catch((cause: Error) => this.#failed(cause.message));
  }

  /** Without a real station there is none to come back to. */
  async #practise(): Promise<void> {
    if (this.#mode.mode === 'practice') return;
    await this.#end();
    this.#changing = false;
    this.#again = true;
    this.#bench.start('again', this.#mode.dataDir);
  }

  async #leave(dataDir: string): Promise<void> {
    await this.#end();
    this.#changing = false;
    this.#again = false;
    this.#station.start(dataDir, 'real');
  }

  /** Practice that was opened from the real line leads back to it. */
  #cannotGoOn(sentence: string): void {
    if (!this.#again || this.#mode.mode === 'practice') return this.#failed(sentence);
    const { dataDir } = this.#mode;
    this.#change(() => this.#leave(dataDir));
  }
}
