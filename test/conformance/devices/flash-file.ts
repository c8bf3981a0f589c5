// The memory file of an emulated board (firmware/ports/emulated/emulated-flash.h): who it is in the first sector, FF in its
// others, and a hole for what no agent reads.
import { truncateSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { pskOf } from '../credentials/injection.ts';
import type { BoardKind } from '../device-under-test.ts';

const SECTORS_BYTES = 4 * 0x10000;
const BLOCK_BYTES = 76;
const HWID_AT = 8;
const PSK_AT = 40;

/** `bytes` is the size of the whole memory. */
export function writeFlashFile(path: string, bytes: number, hwid: Uint8Array, kind: BoardKind): void {
  const block = Buffer.alloc(BLOCK_BYTES);
  block.write('KLBD', 0, 'latin1');
  block.writeUInt8(1, 4);
  block.writeUInt8(hwid.length, 5);
  block.set(hwid, HWID_AT);
  if (kind === 'psk') {
    block.writeUInt8(1, 6);
    block.set(pskOf(hwid), PSK_AT);
  }
  block.writeUInt32LE(crc32(block.subarray(0, BLOCK_BYTES - 4)), BLOCK_BYTES - 4);
  const memory = Buffer.alloc(SECTORS_BYTES, 0xff);
  memory.set(block);
  writeFileSync(path, memory, { mode: 0o600 });
  truncateSync(path, bytes);
}
