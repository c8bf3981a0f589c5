import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emulatedFirmware } from './emulated-firmware.ts';
import { FlashFile, makeFlashFile } from './flash-file.ts';

let dir: string;
let path: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-flash-'));
  path = join(dir, 'board.img');
  makeFlashFile(path, '4b01020304050607');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { d = '', x = '', y = '' } = privateKey.export({ format: 'jwk' });

/** Writes what the firmware would: a record of this number, with a key and a chain, into a bank. */
function writeRecord(bank: number, sequence: number, chain: Uint8Array): void {
  const bytes = Buffer.alloc(448 + chain.length, 0xff);
  bytes.fill(0, 0, 340);
  bytes.writeUInt32LE(0x31524c4b, 0);
  bytes.writeUInt32LE(sequence, 4);
  bytes.writeUInt32LE(chain.length, 8);
  bytes[20] = 1;
  bytes[21] = 1;
  Buffer.from(d, 'base64url').copy(bytes, 28);
  Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).copy(bytes, 60);
  bytes.set(chain, 448);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 336), crc32(chain)), 336);
  const flash = readFileSync(path);
  flash.set(bytes, (2 + bank) * 0x10000);
  writeFileSync(path, flash);
}

describe('the flash file of an emulated board', () => {
  it('is a memory of 16 MB: its board’s sectors are erased behind the name of the board', () => {
    const flash = readFileSync(path);
    expect(statSync(path).size).toBe(16 * 1024 * 1024);
    expect(flash.subarray(0, 16).toString('hex')).toBe('4b4c424401080000' + '4b01020304050607');
    expect(flash.subarray(76, 4 * 0x10000).every((byte) => byte === 0xff)).toBe(true);
    expect(new FlashFile(path).item('chain')).toBeNull();
  });

  it('has the PSK of its board where it has one, and zeros where not', () => {
    expect(readFileSync(path).subarray(40, 72)).toEqual(Buffer.alloc(32));
    makeFlashFile(path, '4b01020304050607', new Uint8Array(32).fill(7));
    const block = readFileSync(path).subarray(0, 76);
    expect(block.subarray(4, 8).toString('hex')).toBe('01080100');
    expect(block.subarray(40, 72)).toEqual(Buffer.alloc(32, 7));
    expect(block.readUInt32LE(72)).toBe(crc32(block.subarray(0, 72)));
  });

  it('gives the newer of two records, its items and its key', () => {
    writeRecord(0, 0xffffffff, Uint8Array.of(1));
    writeRecord(1, 0, Uint8Array.of(2, 3));
    const kept = new FlashFile(path);
    expect(kept.item('chain')).toEqual(Uint8Array.of(2, 3));
    expect(kept.item('leaf')).toBeNull();
    expect(
      kept.privateKey().equals(createPrivateKey({ key: privateKey.export({ format: 'jwk' }), format: 'jwk' })),
    ).toBe(true);
  });

  it('gives nothing of a record whose bytes differ from its checksum', () => {
    writeRecord(0, 1, Uint8Array.of(1));
    const flash = readFileSync(path);
    flash[2 * 0x10000 + 448] = 9;
    writeFileSync(path, flash);
    expect(new FlashFile(path).item('chain')).toBeNull();
  });

  it('is refused where there is none, and so is firmware that was not built', () => {
    expect(() => new FlashFile(join(dir, 'none.img'))).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
    expect(() => emulatedFirmware(dir)).toThrow(expect.objectContaining({ code: 'EMULATOR_MISSING' }));
  });
});
