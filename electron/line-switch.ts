// Which programs run behind the window: a real station alone, or a practice station with its bench. One change at a time,
// each ends what runs before it starts the other; practice that was opened from the real line leads back to it.
import type { LineMode } from './line-mode.ts';
import type { BenchArguments, StationArguments } from './parent-messages.ts';

interface Program<Arguments extends readonly unknown[]> {
  start(...args: Arguments): void;
  /** Settles when it has ended; at once where it does not run. */
  close(): Promise<void>;
}

export interface SwitchParts {
  readonly mode: LineMode;
  readonly station: Program<StationArguments>;
  readonly bench: Program<BenchArguments>;
  /** Nothing can be started again; with the last sentence. */
  readonly failed: (sentence: string) => void;
  /** Practice ended by itself, with this sentence; the real station is started again. */
  readonly cameBack: (sentence: string) => void;
}

export class LineSwitch {
  readonly #parts: SwitchParts;
  /** And for good once the window closes. */
  #changing = false;
  #closed = false;
  /** It practises, and came from a real station. */
  #again = false;

  constructor(parts: SwitchParts) {
    this.#parts = parts;
  }

  start(): void {
    const { mode, station, bench } = this.#parts;
    if (mode.mode === 'real') station.start(mode.dataDir, 'real');
    else if (mode.mode === 'practice') bench.start('practice', mode.slots);
    else bench.start('first-run', mode.dataDir);
  }

  /** The bench has made its folder. */
  prepared(dataDir: string): void {
    this.#parts.station.start(dataDir, 'practice');
  }

  /** From the real station to practice. Where there is only practice there is nothing to come back to, and nothing happens. */
  practise(): void {
    const { mode, bench } = this.#parts;
    if (mode.mode === 'practice') return;
    this.#change(() => {
      this.#again = true;
      bench.start('again', mode.dataDir);
    });
  }

  /** From practice to the real station in this folder. */
  leave(dataDir: string): void {
    this.#change(() => {
      this.#again = false;
      this.#parts.station.start(dataDir, 'real');
    });
  }

  /** Station or bench has ended and is not started again. */
  cannotGoOn(sentence: string): void {
    const { mode, failed, cameBack } = this.#parts;
    if (!this.#again || mode.mode === 'practice') return failed(sentence);
    this.leave(mode.dataDir);
    cameBack(sentence);
  }

  /** Boards in work finish first; nothing is started any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#end();
  }

  async #end(): Promise<void> {
    await this.#parts.station.close();
    await this.#parts.bench.close();
  }

  #change(begin: () => void): void {
    if (this.#changing || this.#closed) return;
    this.#changing = true;
    this.#end().then(
      () => {
        this.#changing = false;
        if (!this.#closed) begin();
      },
      (cause: Error) => this.#parts.failed(cause.message),
    );
  }
}
