// Virtual boards behind one socket of this computer, as a process of its own: whoever connects says in its first line which
// board, and is that board's serial line from then on; a closed connection is a cut cable and a board without power.
// Starts as `simulated-boards-child.ts STATE_DIR`, says its port, and ends with its standard input.
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { DeviceLine } from '../../../simulator/device-line.ts';
import type { DeviceTraits } from '../../../simulator/device-state.ts';
import { DeviceState } from '../../../simulator/device-state.ts';
import { FileDeviceStore, MemoryDeviceStore } from '../../../simulator/device-store.ts';
import { faultNamed } from '../../../simulator/faults/fault-list.ts';
import { SeededRandom } from '../../../simulator/seeded-random.ts';
import { systemClock } from '../../../simulator/system-clock.ts';
import { VirtualDevice } from '../../../simulator/virtual-device.ts';
import { plantedIn } from './simulated-mutants.ts';

const Wish = z.strictObject({
  file: z.string().regex(/^[a-z0-9-]+$/),
  hwid: z.string().regex(/^[0-9a-f]{12,64}$/),
  /** Kept in a file, for a board that comes back after its process was killed. */
  lasting: z.boolean(),
  /** Name of a fault of the simulator, or none. */
  fault: z.string().nullable(),
  /** PSK of this board, 64 hex digits, or none. */
  psk: z.string().nullable(),
  /** A planted mistake, or none: the suite must find it. */
  mutant: z.number().int().nullable(),
});
type Wish = z.infer<typeof Wish>;

const [stateDir = '.'] = process.argv.slice(2);
const IMAGE_HASH = 'c0'.repeat(32);

function lineOf({ file, lasting, hwid, fault: name, psk, mutant }: Wish): DeviceLine {
  const fault = name === null ? undefined : faultNamed(name);
  const store = lasting ? new FileDeviceStore(join(stateDir, `${file}.json`)) : new MemoryDeviceStore();
  const image = { version: '1.0.0', imageHash: IMAGE_HASH, fileSha256: null, identity: true };
  const description = { hwid, model: 'CF-1', hardwareRevision: 'A', image };
  const nothing = () => {};
  const tools = { random: new SeededRandom(file, 'fault'), fired: nothing, unplug: nothing, swap: () => false };
  const traits: Partial<DeviceTraits> = { ...fault?.traits, psk: psk === null ? null : Buffer.from(psk, 'hex') };
  // A board with a fault of its own keeps to that one.
  const planted = mutant === null || fault ? {} : plantedIn(mutant);
  const state = new DeviceState(
    description,
    store,
    { ...traits, ...planted.traits },
    { ...fault?.hooks?.(tools), ...planted.hooks },
  );
  return new DeviceLine(new VirtualDevice(state), systemClock, 0);
}

function serve(socket: Socket): void {
  let head = '';
  let line: DeviceLine | null = null;
  socket.on('error', () => {});
  socket.on('close', () => line?.unplug());
  socket.on('data', (bytes) => {
    if (line) {
      line.receive(bytes);
      return;
    }
    head += bytes.toString('latin1');
    const end = head.indexOf('\n');
    if (end < 0) return;
    line = lineOf(Wish.parse(JSON.parse(head.slice(0, end))));
    line.plug((said) => void socket.write(said));
    const more = Buffer.from(head.slice(end + 1), 'latin1');
    if (more.length > 0) line.receive(more);
  });
}

const server = createServer({ noDelay: true }, serve);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${address !== null && typeof address === 'object' ? address.port : 0}\n`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
