// Boards in the stages that cases ask for: a board that its case kept serves the next, one that it spoilt goes. Holds at
// most one board a stage and kind.
import { Bench, refused } from './bench.ts';
import type { Case, Stage } from './case.ts';
import { Conversation } from './conversation.ts';
import type { Board, BoardKind, DeviceUnderTest } from './device-under-test.ts';
import { IDENTITY, RC, READ, STATUS } from './wire/message.ts';

interface Kept {
  readonly board: Board;
  readonly bench: Bench;
}

export class BoardPool {
  readonly #device: DeviceUnderTest;
  readonly #kept = new Map<string, Kept>();

  constructor(device: DeviceUnderTest) {
    this.#device = device;
  }

  /** Runs the case on a board of its stage. Rejects as the case does; the board is gone then. */
  async run(wanted: Case, failed: (transcript: readonly string[]) => void): Promise<void> {
    const name = `${wanted.kind}/${wanted.stage}`;
    const kept = wanted.cuts ? undefined : this.#kept.get(name);
    this.#kept.delete(kept ? name : '');
    const used = kept ?? (await this.#make(wanted.kind, wanted.stage, wanted.cuts));
    // What the board held before: a case that keeps its board may have written beside it.
    const { contents } = used.bench;
    let good = false;
    try {
      await wanted.run(used.bench);
      good = true;
    } finally {
      if (!good) failed(used.bench.line.transcript);
      if (good && wanted.keeps && !wanted.cuts && !this.#kept.has(name)) {
        used.bench.contents = contents;
        this.#kept.set(name, used);
      } else await used.board.close();
    }
  }

  async close(): Promise<void> {
    for (const { board } of this.#kept.values()) await board.close();
    this.#kept.clear();
  }

  async #make(kind: BoardKind, stage: Stage, killable: boolean): Promise<Kept> {
    const board = await this.#device.fresh(kind, killable);
    try {
      const line = new Conversation(board);
      await line.open();
      const { payload } = await line.ask({ op: READ, group: IDENTITY, command: STATUS, payload: {} });
      const bench = new Bench(line, kind, payload, async (ask) => {
        const other = await this.#make(kind, 'blank', false);
        try {
          return await ask(other.bench);
        } finally {
          await other.board.close();
        }
      });
      await bring(bench, stage);
      return { board, bench };
    } catch (reason) {
      await board.close();
      throw reason;
    }
  }
}

async function bring(bench: Bench, stage: Stage): Promise<void> {
  if (stage === 'blank') return;
  await bench.keygen();
  if (stage === 'keyed') return;
  await bench.enrol();
  if (stage === 'locking') refused(await bench.lock(), RC.LOCK_PENDING);
  if (stage === 'locked') await bench.lockFully();
}
