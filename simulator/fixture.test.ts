// Real ports: a pty through socat where this machine has it, and TCP everywhere.
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeFrame, FrameDecoder } from '../protocol/smp-frame.ts';
import { SMP_OP } from '../protocol/smp-header.ts';
import { decodeSmpMessage, encodeSmpMessage } from '../protocol/smp-message.ts';
import { DeviceLine } from './device-line.ts';
import { Fixture, type Transport } from './fixture.ts';
import { hasSocat } from './pty-port.ts';
import { systemClock } from './system-clock.ts';
import { TestDevice } from './test-device.ts';

let dir = '';
let fixture: Fixture | null = null;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-ports-'));
});
afterEach(async () => {
  await fixture?.close();
  fixture = null;
  rmSync(dir, { recursive: true });
});

function start(transport: Transport): Fixture {
  fixture = new Fixture({ slots: 2, dir, clock: systemClock, transport });
  return fixture;
}

const newLine = () => new DeviceLine(new TestDevice().device, systemClock, 0);
const ECHO = encodeFrame(
  encodeSmpMessage({ op: SMP_OP.write, version: 1, group: 0, sequence: 1, command: 0 }, { d: 'are you there' }),
);

/** Asks until the device has started; `exchange` sends and hears what came within a moment. */
async function echoes(exchange: () => Promise<Uint8Array>): Promise<boolean> {
  const decoder = new FrameDecoder(2048);
  for (let tries = 0; tries < 500; tries++) {
    for (const item of decoder.push(await exchange())) {
      const decoded = item.kind === 'message' ? decodeSmpMessage(item.message) : null;
      if (decoded && !('refused' in decoded) && decoded.payload.r === 'are you there') return true;
    }
  }
  return false;
}

async function overPty(path: string): Promise<boolean> {
  const file = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  try {
    return await echoes(async () => {
      writeSync(file, ECHO);
      await new Promise((resolve) => systemClock.after(20, () => resolve(null)));
      const heard = Buffer.alloc(4096);
      try {
        return heard.subarray(0, readSync(file, heard));
      } catch {
        return new Uint8Array(0);
      }
    });
  } finally {
    closeSync(file);
  }
}

async function overTcp(file: string): Promise<boolean> {
  const [host, port] = readFileSync(file, 'utf8').split(':');
  const socket = connect(Number(port), host);
  const heard: Uint8Array[] = [];
  socket.on('data', (bytes: Uint8Array) => heard.push(bytes));
  try {
    return await echoes(async () => {
      socket.write(ECHO);
      await new Promise((resolve) => systemClock.after(20, () => resolve(null)));
      return Buffer.concat(heard.splice(0));
    });
  } finally {
    socket.destroy();
  }
}

describe('a slot as a pty', () => {
  it.runIf(hasSocat())('the port comes with the device, outlives closing, and goes with the device', async () => {
    const bench = start('pty');
    const path = join(dir, 'slot-01');
    expect(existsSync(path)).toBe(false);
    await bench.insert(1, newLine());
    expect(await overPty(path)).toBe(true);
    expect(await overPty(path)).toBe(true);
    await bench.eject(1);
    expect(readdirSync(dir)).toEqual([]);
    await bench.insert(1, newLine());
    expect(await overPty(path)).toBe(true);
  });
});

describe('a slot as a TCP port', () => {
  it('a file names the port as long as the device is in', async () => {
    const bench = start('tcp');
    const file = join(dir, 'slot-02.tcp');
    await bench.insert(2, newLine());
    expect(await overTcp(file)).toBe(true);
    expect(await overTcp(file)).toBe(true);
    await bench.eject(2);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('a swap keeps the port', async () => {
    const bench = start('tcp');
    const first = newLine();
    await bench.insert(1, first);
    const name = readFileSync(join(dir, 'slot-01.tcp'), 'utf8');
    const second = newLine();
    bench.swap(1, second);
    expect(bench.slotOf(first)).toBeNull();
    expect(bench.lineIn(1)).toBe(second);
    expect(readFileSync(join(dir, 'slot-01.tcp'), 'utf8')).toBe(name);
    expect(await overTcp(join(dir, 'slot-01.tcp'))).toBe(true);
  });

  it('refuses a second device in a slot, one device in two slots, and a slot that is not there', async () => {
    const bench = start('tcp');
    const line = newLine();
    await bench.insert(1, line);
    await expect(bench.insert(1, newLine())).rejects.toThrow(/occupied/);
    await expect(bench.insert(2, line)).rejects.toThrow(/another slot/);
    expect(() => bench.insert(3, newLine())).toThrow(/no slot 3/);
    await bench.eject(2);
  });
});

describe('a folder of ports', () => {
  it('loses what a killed run left, and nothing else', () => {
    symlinkSync('/dev/pts/99999', join(dir, 'slot-01'));
    writeFileSync(join(dir, 'slot-02.tcp'), '127.0.0.1:1');
    writeFileSync(join(dir, 'notes.txt'), 'mine');
    start('tcp');
    expect(readdirSync(dir)).toEqual(['notes.txt']);
  });
});
