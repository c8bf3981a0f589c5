// The emulated board: the firmware itself, on a Cortex-M3 in QEMU, before a station and through power cuts.
import { createHash, createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PracticeAnswer } from '../../contract/cli.ts';
import { fromHex, toHex } from '../../domain/bytes.ts';
import { OS_COMMAND, OS_GROUP } from '../../protocol/standard-groups.ts';
import { missingFirmwareTools } from '../../scripts/firmware-tools.ts';
import { emulatedFirmware } from '../../simulator/emulated/emulated-firmware.ts';
import { EmulatedLine } from '../../simulator/emulated/emulated-line.ts';
import { FlashFile, makeFlashFile } from '../../simulator/emulated/flash-file.ts';
import { keylineJson } from '../system/keyline-process.ts';
import { BoardClient } from './board-client.ts';

const HWID = '4b0102030405060708';
const hwid = Uint8Array.from(fromHex(HWID));
const nonce = (fill: number) => new Uint8Array(16).fill(fill);
const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());

let dir: string;
let boards = 0;
let board: BoardClient;

/** A new board, switched on. */
async function newBoard(more: readonly string[] = [], psk: Uint8Array | null = null): Promise<BoardClient> {
  const flash = join(dir, `board-${++boards}.img`);
  makeFlashFile(flash, HWID, psk);
  board = new BoardClient(new EmulatedLine(emulatedFirmware().elf, flash, more));
  await board.on();
  return board;
}

/** The board's 64 KB of RAM, as the emulator's monitor gives it. */
async function readRam(monitor: string): Promise<Buffer> {
  const file = join(dir, 'ram.bin');
  const socket = connect(monitor);
  let said = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    said += text;
    // The prompt comes back when it is done.
    if (said.endsWith('(qemu) ') && said.includes('pmemsave')) socket.end();
  });
  socket.write(`pmemsave 0x20000000 0x10000 "${file}"\n`);
  await once(socket, 'close');
  return readFileSync(file);
}

async function makeKey(fill: number, was?: Uint8Array): Promise<Uint8Array> {
  const answer = await board.write('keygen', { hwid, alg: 'P-256', nonce: nonce(fill), ...(was && { was }) });
  expect(answer.rc).toBe(0);
  const { spki } = answer.payload;
  if (!(spki instanceof Uint8Array)) throw new Error('no key');
  return spki;
}

describe.runIf(missingFirmwareTools().length === 0)('an emulated board', () => {
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'keyline-emulated-'));
  });
  afterEach(() => board?.off());
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test('says who it is, that it is none, and measures the image that was built', async () => {
    await newBoard();
    const { payload } = await board.read('status');
    const { version, imageHash } = emulatedFirmware();
    expect(payload).toMatchObject({
      v: 1,
      hwid,
      model: 'KL-SF2',
      hwrev: 'A',
      fw: version,
      life: 0,
      dbg: true,
      sim: true,
    });
    const images = await board.ask(false, 1, 0, {});
    expect(images.payload).toMatchObject({
      images: [{ slot: 0, active: true, hash: Uint8Array.from(fromHex(imageHash)) }],
    });
  });

  test('opens PSK mode only where it was made with a PSK', async () => {
    await newBoard();
    expect((await board.read('status')).payload.caps).toEqual(['gen', 'inj']);
    await board.off();
    await newBoard([], new Uint8Array(32).fill(7));
    expect((await board.read('status')).payload.caps).toEqual(['gen', 'inj', 'psk']);
  });

  test('restarts by the reset command: the port stays, RAM goes, the key stays', async () => {
    await newBoard();
    const spki = await makeKey(1);
    const item = { hwid, item: 'chain', off: 0, data: new Uint8Array(9), len: 20, sha: new Uint8Array(32) };
    expect((await board.write('item', item)).payload).toEqual({ off: 9 });
    const process = board.line.pid;
    expect((await board.ask(true, OS_GROUP, OS_COMMAND.reset, {})).rc).toBe(0);
    await board.awake();
    expect(board.line.pid).toBe(process);
    const rest = { hwid, item: 'chain', off: 9, data: new Uint8Array(9) };
    expect((await board.write('item', rest)).payload).toEqual({ off: 0 });
    expect(await makeKey(1)).toEqual(spki);
  });

  test('keeps the old key or the new one when it is killed in the middle of a change', async () => {
    await newBoard();
    let spki = await makeKey(0);
    const seen = { old: 0, new: 0 };
    for (let round = 1; round <= 12; round++) {
      board.send(true, 19276, 1, { hwid, alg: 'P-256', nonce: nonce(round), was: sha256(spki) });
      await board.off(20 * round);
      await board.on();
      const { payload } = await board.read('status');
      const { spkiSha256, life } = payload;
      if (!(spkiSha256 instanceof Uint8Array)) throw new Error('the key is gone');
      expect(life).toBe(1);
      const isOld = toHex(spkiSha256) === toHex(sha256(spki));
      seen[isOld ? 'old' : 'new']++;
      spki = await makeKey(isOld ? round + 100 : round, isOld ? spkiSha256 : undefined);
      if (!isOld) expect(sha256(spki)).toEqual(spkiSha256);
    }
    expect(seen.old + seen.new).toBe(12);
  });

  test('never says its private key, which whoever has its flash file can read', async () => {
    await newBoard();
    const spki = await makeKey(3);
    await board.read('csr', { sn: 'A', off: 0 });
    await board.read('prove', { nonce: new Uint8Array(32) });
    const key = new FlashFile(board.line.flash).privateKey();
    expect(createPublicKey(key).export({ format: 'der', type: 'spki' })).toEqual(Buffer.from(spki));
    const secret = Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url');
    expect(secret).toHaveLength(32);
    expect(board.heard.length).toBeGreaterThan(3);
    for (const message of board.heard) expect(Buffer.from(message).includes(secret)).toBe(false);
  });

  test('has no private key in its RAM between two commands', async () => {
    const monitor = join(dir, 'monitor');
    await newBoard(['-monitor', `unix:${monitor},server=on,wait=off`]);
    await makeKey(3);
    await board.read('csr', { sn: 'A', off: 0 });
    await board.read('prove', { nonce: new Uint8Array(32) });
    const ram = await readRam(monitor);
    const secret = Buffer.from(
      new FlashFile(board.line.flash).privateKey().export({ format: 'jwk' }).d ?? '',
      'base64url',
    );
    // As the protocol writes it, and as a bignum of a little endian machine keeps it.
    for (const form of [secret, Buffer.from(secret).reverse()]) {
      for (let at = 0; at < 32; at += 8) expect(ram.includes(form.subarray(at, at + 8))).toBe(false);
    }
    // The look itself sees what is there: the point of the key.
    const { spki } = (await board.write('keygen', { hwid, alg: 'P-256', nonce: nonce(3) })).payload;
    expect(spki instanceof Uint8Array && ram.includes(Buffer.from(spki.subarray(27, 91)))).toBe(true);
  });

  test.each([
    ['on-chip', 3],
    ['injected', 2],
    ['injected-psk', 2],
  ])('a practice lot of them with keys %s is made, registered and let in', async (keyMode, devices) => {
    const order = ['practice', '--firmware', '--devices', String(devices), '--slots', '2', '--key-mode', keyMode];
    const { answer, exitCode } = await keylineJson(PracticeAnswer, [...order, '--data', join(dir, keyMode)]);
    const all = { devices, passed: devices, made: devices, registered: devices, authenticated: devices };
    expect(answer).toMatchObject({ ...all, waiting: 0 });
    expect(exitCode).toBe(0);
  });
});
