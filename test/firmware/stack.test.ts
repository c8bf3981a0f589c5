// How much stack the agent takes: its RAM is painted before it starts, and what lost its paint was used.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingFirmwareTools } from '../../scripts/firmware-tools.ts';
import { type Bench, ok, sha256 } from '../conformance/bench.ts';
import { benchOf } from '../conformance/board-pool.ts';
import { newKeyPair } from '../conformance/credentials/key-pair.ts';
import { EmulatedDevice } from '../conformance/devices/emulated-device.ts';
import { injectionOf, openSession, sealFor, send, took } from '../conformance/injector.ts';
import { CSR, PROVE } from '../conformance/wire/message.ts';
import { RAM, readRam, withMonitor } from './monitor.ts';

/** What docs/porting.md promises, and what a port is told to give it. */
const MOST_BYTES = 4.5 * 1024;
const PAINT = 0xa5;

/** Behind all that the image itself has in RAM, which ends below 12 KB. */
const PAINTED_FROM = 0x4000;

/** Bytes from the lowest painted one that was written to, to the end of the RAM. */
function used(ram: Buffer): number {
  return ram.length - ram.findIndex((byte, at) => at >= PAINTED_FROM && byte !== PAINT);
}

/** Everything that an agent does, to the lock. */
async function wholeLife(bench: Bench): Promise<void> {
  await bench.keygen();
  const { scalar, spki } = newKeyPair();
  const session = await openSession(bench, sha256(bench.spki));
  await took(bench, await send(bench, injectionOf(await sealFor(bench, session, scalar))), spki);
  await bench.readWhole((off) => bench.read(CSR, { sn: 'CF-STACK', off }));
  ok(await bench.read(PROVE, { nonce: randomBytes(32) }));
  await bench.enrol();
  ok(await bench.read(PROVE, { nonce: randomBytes(32) }));
  await bench.lockFully();
}

describe.runIf(missingFirmwareTools().length === 0)('the agent on a Cortex-M3', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'keyline-stack-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test.each(['plain', 'psk'] as const)(
    `takes at most ${MOST_BYTES} bytes of stack in its whole life (%s)`,
    async (kind) => {
      const [paint, monitor] = [join(dir, 'paint.bin'), join(dir, kind)];
      writeFileSync(paint, Buffer.alloc(RAM.bytes - PAINTED_FROM, PAINT));
      const device = new EmulatedDevice([
        '-device',
        `loader,file=${paint},addr=${RAM.at + PAINTED_FROM},force-raw=on`,
        ...withMonitor(monitor),
      ]);
      try {
        const board = await device.fresh(kind);
        await wholeLife(await benchOf(board, kind, () => Promise.reject(new Error('one board'))));
        const bytes = used(await readRam(monitor, join(dir, 'ram.bin')));
        await board.close();
        expect(bytes).toBeGreaterThan(1024);
        expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
      } finally {
        await device.close();
      }
    },
  );
});
