// The simulator as the device under test: its boards live in a process of their own behind a socket. Boards whose power is
// cut live in another one, which a cut kills; one that stands by takes its place.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pskOf } from '../credentials/injection.ts';
import type { Board, BoardKind, ByteChannel, DeviceUnderTest } from '../device-under-test.ts';
import { hex } from '../wire/bytes.ts';

const CHILD = fileURLToPath(new URL('./simulated-boards-child.ts', import.meta.url));
/** A kind of board by the name of the simulator's fault. */
const FAULT_OF: Readonly<Record<BoardKind, string | null>> = {
  plain: null,
  psk: null,
  'lock-at-restart': 'lock-at-restart',
  'lock-not-burnt': 'lock-not-burnt',
  'weak-entropy': 'weak-entropy',
  'store-bad': 'store-bad',
  busy: 'busy',
};

class BoardsProcess {
  readonly #child: ChildProcess;
  readonly #port: Promise<number>;

  constructor(stateDir: string) {
    const child = spawn(process.execPath, [CHILD, stateDir], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child = child;
    this.#port = once(createInterface({ input: child.stdout }), 'line').then(([line]) => Number(line));
  }

  async connect(): Promise<Socket> {
    const socket = connect({ port: await this.#port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return socket;
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = once(this.#child, 'close');
    this.#child.kill(signal);
    await closed;
  }
}

export class SimulatedDevice implements DeviceUnderTest {
  readonly name = 'simulator';
  readonly lacks = {};
  readonly noPowerCut = null;
  readonly noBurning = null;
  readonly noFirmware = null;
  readonly #stateDir = mkdtempSync(join(tmpdir(), 'keyline-conformance-'));
  readonly #mutant: number | null;
  readonly #uncut = new BoardsProcess(this.#stateDir);
  #cut: BoardsProcess | null = null;
  #next: BoardsProcess | null = null;
  #boards = 0;

  constructor(mutant: number | null = null) {
    this.#mutant = mutant;
  }

  async fresh(kind: BoardKind, killable: boolean): Promise<Board> {
    const hwid = randomBytes(8);
    const psk = kind === 'psk' ? hex(pskOf(hwid)) : null;
    const lasting = killable;
    const wish = {
      lasting,
      file: `board-${++this.#boards}`,
      hwid: hex(hwid),
      fault: FAULT_OF[kind],
      psk,
      mutant: this.#mutant,
    };
    let socket: Socket | null = null;
    const unplug = async () => {
      const gone = socket;
      socket = null;
      if (gone === null || gone.destroyed) return;
      const closed = once(gone, 'close');
      gone.destroy();
      await closed;
    };
    return {
      open: async (): Promise<ByteChannel> => {
        await unplug();
        const opened = await (killable ? this.#killable() : this.#uncut).connect();
        opened.on('error', () => {});
        opened.write(`${JSON.stringify(wish)}\n`);
        socket = opened;
        return {
          write: (bytes) => void opened.write(bytes),
          listen: (heard) => void opened.on('data', heard),
        };
      },
      kill: async () => {
        await this.#cut?.end('SIGKILL');
        this.#cut = null;
        await unplug();
      },
      close: unplug,
    };
  }

  async close(): Promise<void> {
    for (const boards of [this.#uncut, this.#cut, this.#next]) await boards?.end('SIGTERM');
    rmSync(this.#stateDir, { recursive: true, force: true });
  }

  #killable(): BoardsProcess {
    this.#cut ??= this.#next ?? new BoardsProcess(this.#stateDir);
    if (this.#next === this.#cut) this.#next = null;
    this.#next ??= new BoardsProcess(this.#stateDir);
    return this.#cut;
  }
}
