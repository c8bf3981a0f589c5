// The device agent as a Linux process (firmware/README.md), built before by `npm run firmware`.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Board, BoardKind, DeviceUnderTest } from '../device-under-test.ts';
import { writeFlashFile } from './flash-file.ts';
import { programBoard } from './program-board.ts';

const BUILD = fileURLToPath(new URL('../../../firmware/build/', import.meta.url));
const FLASH_BYTES = 256 * 1024;
const OPTIONS_OF: Readonly<Partial<Record<BoardKind, readonly string[]>>> = {
  'lock-at-restart': ['--lock-at-restart'],
  'lock-not-burnt': ['--lock-fails'],
  'weak-entropy': ['--stuck-random'],
};

export class HostDevice implements DeviceUnderTest {
  readonly name: string;
  readonly lacks = {
    'store-bad': 'its memory is a file that keeps what is written',
    busy: 'it never asks for time',
  };
  readonly noPowerCut = null;
  readonly noBurning = null;
  readonly noFirmware = 'it takes no images';
  readonly #program: string;
  readonly #dir = mkdtempSync(join(tmpdir(), 'keyline-conformance-'));
  #boards = 0;

  /** Of a planted fault where one is given, in its own folder. */
  constructor(fault: number | null = null) {
    this.name = fault === null ? 'host' : `host, fault ${fault}`;
    this.#program = join(BUILD, fault === null ? '' : `fault-${fault}`, 'keyline-host');
    if (!existsSync(this.#program)) throw new Error(`${this.#program} is not built: npm run firmware`);
  }

  async fresh(kind: BoardKind): Promise<Board> {
    const flash = join(this.#dir, `board-${++this.#boards}.img`);
    writeFlashFile(flash, FLASH_BYTES, randomBytes(8), kind);
    return programBoard(this.#program, ['--flash', flash, ...(OPTIONS_OF[kind] ?? [])], flash);
  }

  async close(): Promise<void> {
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
