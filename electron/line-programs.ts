// The programs behind the window, by what it opens on: a station and, while it practises, the bench. Which of them run is
// line-switch.ts's; the page sees only its ports change.
import type { WebContents } from 'electron';
import { BenchHost } from './bench-host.ts';
import type { LineMode } from './line-mode.ts';
import { LineSwitch } from './line-switch.ts';
import type { Work } from './parent-messages.ts';
import { StationHost } from './station-host.ts';

export interface LineProgramEnds {
  work(work: Work): void;
  print(lotId: string): Promise<Uint8Array>;
  /** One of them cannot be started again; with its last sentence. */
  failed(sentence: string): void;
  /** Practice ended by itself, with this sentence; the real station is started again. */
  cameBack(sentence: string): void;
}

export class LinePrograms {
  readonly #station: StationHost;
  readonly #bench: BenchHost;
  readonly #switch: LineSwitch;

  constructor(mode: LineMode, program: (name: string) => string, { work, print, failed, cameBack }: LineProgramEnds) {
    const cannotGoOn = (sentence: string) => this.#switch.cannotGoOn(sentence);
    this.#station = new StationHost(program('station-process'), {
      ready: () => this.#bench.stationReady(),
      practise: () => this.#switch.practise(),
      failed: cannotGoOn,
      work,
      print,
    });
    this.#bench = new BenchHost(program('bench-process'), {
      prepared: (dataDir) => this.#switch.prepared(dataDir),
      leave: (dataDir) => this.#switch.leave(dataDir),
      failed: cannotGoOn,
    });
    this.#switch = new LineSwitch({ mode, station: this.#station, bench: this.#bench, failed, cameBack });
  }

  start(): void {
    this.#switch.start();
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
  close(): Promise<void> {
    return this.#switch.close();
  }
}
