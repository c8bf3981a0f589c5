// The device agent on an emulated Cortex-M3 (firmware/README.md), built before by `npm run firmware`.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Board, BoardKind, DeviceUnderTest } from '../device-under-test.ts';
import { writeFlashFile } from './flash-file.ts';
import { programBoard } from './program-board.ts';

const IMAGE = fileURLToPath(new URL('../../../firmware/build/emcraft-sf2.elf', import.meta.url));
/** The machine's NOR memory has exactly this size. */
const FLASH_BYTES = 16 * 1024 * 1024;

export class EmulatedDevice implements DeviceUnderTest {
  readonly name = 'emulated';
  readonly lacks = {
    'lock-at-restart': 'its fuses act at once',
    'lock-not-burnt': 'its fuses hold',
    'weak-entropy': 'its random source does not fail',
    'store-bad': 'its memory keeps what is written',
    busy: 'it never asks for time',
  };
  readonly noPowerCut = null;
  readonly noBurning = null;
  readonly noFirmware = 'it takes no images';
  readonly #dir = mkdtempSync(join(tmpdir(), 'keyline-conformance-'));
  readonly #more: readonly string[];
  #boards = 0;

  /** `more`: further words for the emulator. */
  constructor(more: readonly string[] = []) {
    this.#more = more;
    if (!existsSync(IMAGE)) throw new Error(`${IMAGE} is not built: npm run firmware`);
  }

  async fresh(kind: BoardKind): Promise<Board> {
    const flash = join(this.#dir, `board-${++this.#boards}.img`);
    writeFlashFile(flash, FLASH_BYTES, randomBytes(8), kind);
    const machine = ['-M', 'emcraft-sf2', '-display', 'none', '-monitor', 'none', '-kernel', IMAGE];
    const memory = ['-drive', `if=mtd,format=raw,file=${flash}`];
    const line = ['-chardev', 'stdio,id=line,signal=off', '-serial', 'chardev:line'];
    const random = ['-chardev', 'pipe,id=random,path=/dev/urandom', '-serial', 'chardev:random'];
    return programBoard('qemu-system-arm', [...machine, ...memory, ...line, ...random, ...this.#more], flash);
  }

  async close(): Promise<void> {
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
