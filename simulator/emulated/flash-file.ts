// The memory of one emulated board, seen from outside the emulator: who the board is, written before its first start, and
// the record that its firmware keeps (firmware/ports/emulated/emulated-flash.h, firmware/core/store.h).
// Reads the private key as a thief with the flash chip would: an emulated board has no memory that hides one.
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { fromHex } from '../../domain/bytes.ts';
import { assert, KeylineError } from '../../domain/errors.ts';
import type { IdentityItemName } from '../../protocol/identity-group.ts';

/** What the machine's NOR has; QEMU takes a file of no other length. */
const FLASH_BYTES = 16 * 1024 * 1024;
const SECTOR_BYTES = 0x10000;
const BANKS = [2 * SECTOR_BYTES, 3 * SECTOR_BYTES] as const;
/** The board's own sectors; what lies behind them is read by nobody, so that a hole of the file stands for it. */
const USED_BYTES = 4 * SECTOR_BYTES;

const BLOCK = { bytes: 76, hwidBytesAt: 5, hasPskAt: 6, hwidAt: 8, pskAt: 40, pskBytes: 32 } as const;
const RECORD = {
  magic: 0x31524c4b,
  bytes: 340,
  sequenceAt: 4,
  itemBytesAt: 8,
  hasKeyAt: 21,
  privateKeyAt: 28,
  pointAt: 60,
  itemsAt: 448,
  itemUnit: 64,
} as const;
const ITEMS: readonly IdentityItemName[] = ['chain', 'anchor', 'leaf'];

/** Makes the file of a new board: erased but for its hardware id, hex, and the 32 bytes that make it open PSK mode only. */
export function makeFlashFile(path: string, hwid: string, psk: Uint8Array | null = null): void {
  const file = openSync(`${path}.new`, 'w', 0o600);
  try {
    const memory = Buffer.alloc(USED_BYTES, 0xff);
    memory.set(boardBlock(hwid, psk));
    writeSync(file, memory);
    ftruncateSync(file, FLASH_BYTES);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
}

function boardBlock(hwid: string, psk: Uint8Array | null): Uint8Array {
  const block = Buffer.alloc(BLOCK.bytes);
  const id = fromHex(hwid);
  block.write('KLBD', 'latin1');
  block[4] = 1;
  block[BLOCK.hwidBytesAt] = id.length;
  block.set(id, BLOCK.hwidAt);
  if (psk !== null) {
    assert(psk.length === BLOCK.pskBytes, 'a PSK is 32 bytes');
    block[BLOCK.hasPskAt] = 1;
    block.set(psk, BLOCK.pskAt);
  }
  block.writeUInt32LE(crc32(block.subarray(0, BLOCK.bytes - 4)), BLOCK.bytes - 4);
  return block;
}

/** What a board keeps in its flash file at the moment. Throws FILE_UNREADABLE. */
export class FlashFile {
  readonly #record: Buffer | null;

  constructor(path: string) {
    this.#record = newest(BANKS.map((at) => checked(read(path, at, SECTOR_BYTES))));
  }

  item(name: IdentityItemName): Uint8Array | null {
    const record = this.#record;
    if (record === null) return null;
    const { at, length } = extentOf(record, ITEMS.indexOf(name));
    return length === 0 ? null : Uint8Array.from(record.subarray(at, at + length));
  }

  /** There must be one. */
  privateKey(): KeyObject {
    const record = this.#record;
    assert(record !== null && record[RECORD.hasKeyAt] === 1, 'a key is used only where there is one');
    const part = (from: number) => record.subarray(from, from + 32).toString('base64url');
    const [d, x, y] = [RECORD.privateKeyAt, RECORD.pointAt + 1, RECORD.pointAt + 33].map(part);
    assert(d && x && y, 'a record has all its parts');
    return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', d, x, y }, format: 'jwk' });
  }
}

function read(path: string, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, bytes, 0, length, at);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new KeylineError('FILE_UNREADABLE', path, {}, error);
  }
  return bytes;
}

function extentOf(bank: Buffer, item: number): { at: number; length: number } {
  let at: number = RECORD.itemsAt;
  for (let i = 0; i < item; i++) at += Math.ceil(lengthOf(bank, i) / RECORD.itemUnit) * RECORD.itemUnit;
  return { at, length: lengthOf(bank, item) };
}

function lengthOf(bank: Buffer, item: number): number {
  return bank.readUInt32LE(RECORD.itemBytesAt + 4 * item);
}

/** The bank, or null where it holds no whole record. */
function checked(bank: Buffer): Buffer | null {
  if (bank.readUInt32LE(0) !== RECORD.magic || ITEMS.some((_, i) => lengthOf(bank, i) > SECTOR_BYTES / 4)) return null;
  let crc = 0;
  for (const [i] of ITEMS.entries()) {
    const { at, length } = extentOf(bank, i);
    crc = crc32(bank.subarray(at, at + length), crc);
  }
  const end = RECORD.bytes - 4;
  return crc32(bank.subarray(0, end), crc) === bank.readUInt32LE(end) ? bank : null;
}

function newest(banks: readonly (Buffer | null)[]): Buffer | null {
  const [a = null, b = null] = banks;
  if (a === null || b === null) return a ?? b;
  const ahead = (a.readUInt32LE(RECORD.sequenceAt) - b.readUInt32LE(RECORD.sequenceAt)) | 0;
  return ahead > 0 ? a : b;
}
