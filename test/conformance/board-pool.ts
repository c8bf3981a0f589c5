// Boards in the stages that cases ask for: a board that its case kept serves the next; one that it changed, and that can
// still take another key, is restarted and brought up again. Holds at most one board a stage and kind, and one to bring up.
import { randomBytes } from 'node:crypto';
import { Bench, type FreshBench, refused } from './bench.ts';
import type { Case, Stage } from './case.ts';
import { Conversation } from './conversation.ts';
import type { Board, BoardKind, DeviceUnderTest } from './device-under-test.ts';
import { LeftOut } from './left-out.ts';
import { IDENTITY, LIFE, RC, READ, STATUS } from './wire/message.ts';

interface Kept {
  readonly board: Board;
  readonly bench: Bench;
}

export class BoardPool {
  readonly #device: DeviceUnderTest;
  readonly #kept = new Map<string, Kept>();
  /** By kind: changed by its case, and neither locked nor about to be. */
  readonly #changed = new Map<BoardKind, Kept>();

  constructor(device: DeviceUnderTest) {
    this.#device = device;
  }

  /** Runs the case on a board of its stage. Rejects as the case does; the board is gone then. */
  async run(wanted: Case, failed: (transcript: readonly string[]) => void): Promise<void> {
    const name = `${wanted.kind}/${wanted.stage}`;
    const kept = wanted.cuts ? undefined : this.#kept.get(name);
    this.#kept.delete(kept ? name : '');
    const used = kept ?? (await this.#broughtUp(wanted)) ?? (await this.#make(wanted.kind, wanted.stage, wanted.cuts));
    // What the board held before: a case that keeps its board may have written beside it.
    const { contents } = used.bench;
    if (wanted.injects && !used.bench.caps.includes('inj')) {
      await used.board.close();
      throw new LeftOut('its caps do not list inj');
    }
    let good = false;
    try {
      await wanted.run(used.bench);
      good = true;
    } finally {
      if (!good) failed(used.bench.line.transcript);
      if (good && wanted.keeps && !wanted.cuts && !this.#kept.has(name)) {
        used.bench.contents = contents;
        this.#kept.set(name, used);
      } else if (good && !wanted.cuts && !wanted.firmware && !this.#changed.has(wanted.kind))
        this.#changed.set(wanted.kind, used);
      else await used.board.close();
    }
  }

  async close(): Promise<void> {
    for (const { board } of [...this.#kept.values(), ...this.#changed.values()]) await board.close();
    this.#kept.clear();
    this.#changed.clear();
  }

  /** A changed board in the stage that is wanted, by a new key; null where there is none that can take one. */
  async #broughtUp({ kind, stage, cuts }: Case): Promise<Kept | null> {
    const changed = this.#changed.get(kind);
    if (changed === undefined || cuts || stage === 'blank') return null;
    this.#changed.delete(kind);
    const { bench, board } = changed;
    await bench.line.restart();
    const status = await bench.status();
    const key = status.get('spkiSha256');
    if (status.get('life') === LIFE.locked || !(key instanceof Uint8Array)) {
      await board.close();
      return null;
    }
    await bench.keygen(randomBytes(16), key);
    await bring(bench, stage);
    return changed;
  }

  async #make(kind: BoardKind, stage: Stage, killable: boolean): Promise<Kept> {
    const board = await this.#device.fresh(kind, killable);
    try {
      const bench = await benchOf(board, kind, async (ask) => {
        const other = await this.#make(kind, 'blank', false);
        try {
          return await ask(other.bench);
        } finally {
          await other.board.close();
        }
      });
      if (stage !== 'blank') await bench.keygen();
      await bring(bench, stage);
      return { board, bench };
    } catch (reason) {
      await board.close();
      throw reason;
    }
  }
}

/** The power on, and what the board says of itself. */
export async function benchOf(board: Board, kind: BoardKind, another: FreshBench): Promise<Bench> {
  const line = new Conversation(board);
  await line.open();
  const { payload } = await line.ask({ op: READ, group: IDENTITY, command: STATUS, payload: {} });
  return new Bench(line, kind, payload, another);
}

/** From a key on; a blank board stays as it is. */
export async function bring(bench: Bench, stage: Stage): Promise<void> {
  if (stage === 'blank' || stage === 'keyed') return;
  await bench.enrol();
  if (stage === 'locking') refused(await bench.lock(), RC.LOCK_PENDING);
  if (stage === 'locked') await bench.lockFully();
}
