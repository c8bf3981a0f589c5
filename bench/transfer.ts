// Firmware transfer over a pty at 921600 baud, by the station's own client against the simulator process: image bytes a
// second, as a share of what the framing can carry (facts of the console transport: 93 raw bytes a line of 127).
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert } from '../domain/errors.ts';
import { buildImage } from '../protocol/mcuboot-image.ts';
import { SMP_OP } from '../protocol/smp-header.ts';
import { IMAGE_COMMAND, IMAGE_GROUP, ImageUploadResponse } from '../protocol/standard-groups.ts';
import { startSimulatorProcess } from '../simulator/simulator-process.ts';
import { systemClock } from '../station/clock.ts';
import { openKeylineDriver } from '../station/drivers/keyline/keyline-driver.ts';
import type { BytePort } from '../station/port/byte-port.ts';
import { portSourceFrom } from '../station/port/port-source.ts';
import { systemRandom } from '../station/random.ts';
import { upload } from '../station/smp/chunked-transfer.ts';
import { SmpClient } from '../station/smp/smp-client.ts';
import type { Figure } from './figure.ts';

const BAUD = 921_600;
/** Ten bits a byte, 93 packet bytes in each line of 127. */
const CEILING_BYTES_PER_SECOND = (BAUD / 10) * (93 / 127);
/** A large image that fits the slot of 512 KB. */
const BODY_BYTES = 420_000;
/** The simulator's buffer of 1024, less length and checksum of the packet. */
const MAX_MESSAGE_BYTES = 1020;
const TIMEOUTS = { timeoutMs: 2_000, firstTimeoutMs: 16_000 } as const;
const RUNS = { 1: 3, 4: 5 } as const;
/** Issue 2: a windowed transfer reaches this share of the framing ceiling. */
const LIMIT_PERCENT = 95;

export async function measureTransfer(): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'keyline-bench-'));
  const simulator = await startSimulatorProcess(
    {
      ...{ slots: 1, devices: 1, dir: join(dir, 'ports'), stateDir: join(dir, 'devices'), baud: BAUD, seed: 1 },
      ...{ faults: [], model: 'AQ-200', hardwareRevision: 'C', firmware: null },
    },
    () => {},
  );
  try {
    await simulator.insert(1, 0);
    const source = portSourceFrom(join(dir, 'ports'), 1, systemClock);
    const [spot] = await source.list();
    assert(spot, 'the board is at its port');
    const port = await source.open(spot);
    // The driver finds the board and is done; the runs talk over its port.
    await (await openKeylineDriver(async () => port, { clock: systemClock, random: systemRandom })).identify();
    const shares: Record<1 | 4, number[]> = { 1: [], 4: [] };
    for (const window of [4, 1] as const) {
      for (let run = 0; run < RUNS[window]; run++) shares[window].push(await transferShare(port, window));
    }
    await port.close();
    return [figure(4, simulator.transport, shares[4]), figure(1, simulator.transport, shares[1])];
  } finally {
    await simulator.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Uploads an image that the device has never seen; per cent of the ceiling. */
async function transferShare(port: BytePort, window: number): Promise<number> {
  const version = { major: 1, minor: 0, revision: 0, build: 0 };
  const bytes = buildImage({ version, body: new Uint8Array(randomBytes(BODY_BYTES)) });
  const sha = new Uint8Array(createHash('sha256').update(bytes).digest());
  const client = new SmpClient(port, { clock: systemClock, random: systemRandom });
  const startedMs = performance.now();
  const end = await upload(client, {
    ...{ bytes, window, maxMessageBytes: MAX_MESSAGE_BYTES, ...TIMEOUTS },
    request: (off, data) => ({
      ...{ op: SMP_OP.write, group: IMAGE_GROUP, command: IMAGE_COMMAND.upload },
      payload: off === 0 ? { off, data, len: bytes.length, sha, image: 0 } : { off, data },
    }),
    offsetIn: (payload) => ImageUploadResponse.safeParse(payload).data?.off ?? null,
  });
  const seconds = (performance.now() - startedMs) / 1000;
  assert(end.end === 'complete' && end.payload.match === true, 'the image arrived whole');
  return (100 * bytes.length) / seconds / CEILING_BYTES_PER_SECOND;
}

function figure(window: 1 | 4, transport: 'pty' | 'tcp', values: readonly number[]): Figure {
  return {
    name: `Transfer: ${transport}, window ${window}`,
    unit: '% of the framing ceiling',
    values,
    each: 'run',
    limit: window === 1 ? null : { bound: 'at least', value: LIMIT_PERCENT },
    judged: 'median',
    means:
      `Image bytes a second at ${BAUD} baud with a buffer of 1024 bytes, from the first request to the device's last answer, ` +
      `which checks and stores the image; against ${Math.round(CEILING_BYTES_PER_SECOND)} bytes a second, 93 of each 127 ` +
      'bytes of line. SMP headers, CBOR and checksums count as loss.',
  };
}
