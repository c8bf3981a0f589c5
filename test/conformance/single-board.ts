// The one board of a device maker's bench, taken from stage to stage by its own commands. Refuses to lose it: what burns or
// cuts power was left out before.
import { randomBytes } from 'node:crypto';
import type { Bench } from './bench.ts';
import { benchOf, bring } from './board-pool.ts';
import type { Case, Stage } from './case.ts';
import type { Board, DeviceUnderTest } from './device-under-test.ts';
import { LeftOut } from './left-out.ts';

export class SingleBoard {
  readonly #device: DeviceUnderTest;
  #board: Board | null = null;
  #bench: Bench | null = null;
  /** Where the board stands; null where a case may have left it anywhere. */
  #stage: Stage | null = null;

  constructor(device: DeviceUnderTest) {
    this.#device = device;
  }

  async run(wanted: Case, failed: (transcript: readonly string[]) => void): Promise<void> {
    const bench = await this.#brought(wanted);
    if (wanted.injects && !bench.caps.includes('inj')) throw new LeftOut('its caps do not list inj');
    const { contents } = bench;
    this.#stage = null;
    try {
      await wanted.run(bench);
    } catch (reason) {
      failed(bench.line.transcript);
      throw reason;
    }
    if (!wanted.keeps) return;
    bench.contents = contents;
    this.#stage = wanted.stage;
  }

  async close(): Promise<void> {
    await this.#board?.close();
  }

  async #brought({ kind, stage }: Case): Promise<Bench> {
    const present = this.#bench;
    if (present && this.#stage === stage) return present;
    if (present && stage !== 'blank') {
      await present.line.restart();
      const key = (await present.status()).get('spkiSha256');
      await present.keygen(randomBytes(16), key instanceof Uint8Array ? key : undefined);
      await bring(present, stage);
      return present;
    }
    if (present && this.#device.oneBoard?.noOther) throw new LeftOut(this.#device.oneBoard.noOther);
    await this.close();
    this.#board = await this.#device.fresh(kind, false);
    const bench = await benchOf(this.#board, kind, async () => {
      throw new LeftOut('there is one board');
    });
    this.#bench = bench;
    if (stage !== 'blank') await bench.keygen();
    await bring(bench, stage);
    return bench;
  }
}
