// A directory of links: the practice bench and emulators. A link that appears is a board plugged in, one that goes is
// an unplug; its name is the position. A file NAME.tcp that holds host:port is a board reached over TCP.
import { watch } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { KeylineError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/seams.ts';
import type { PortSource, PortSpot } from './byte-port.ts';
import { openSerial } from './open-serial.ts';
import { openTcp, parseTcpAddress } from './open-tcp.ts';
import { inOrder } from './usb-position.ts';

const TCP_SUFFIX = '.tcp';
/** An address is shorter than this; a larger file is something else. */
const MAX_ADDRESS_BYTES = 300;

export function directoryPortSource(clock: Clock, directory: string): PortSource {
  return {
    list: async () => {
      const names = await readdir(directory).catch(() => []);
      const spots = await Promise.all(names.map((name) => spotOf(directory, name)));
      return inOrder(spots.filter((spot) => spot !== null));
    },
    watch: (changed) => {
      const watcher = watch(directory, () => changed());
      // The directory itself went away: all boards are unplugged, and nothing more will be told.
      watcher.on('error', () => changed());
      return () => watcher.close();
    },
    open: async (spot) => {
      if (!spot.path.endsWith(TCP_SUFFIX)) return await openSerial(spot.path, clock);
      const address = await readAddress(spot.path);
      if (address === null) throw new KeylineError('PULLED_OUT', 'no address in the file', { path: spot.path });
      return await openTcp(address, clock);
    },
  };
}

/** Null for what is no board: dangling links, other files, addresses not yet written. */
async function spotOf(directory: string, name: string): Promise<PortSpot | null> {
  const path = join(directory, name);
  if (name.endsWith(TCP_SUFFIX)) {
    return (await readAddress(path)) && { position: name.slice(0, -TCP_SUFFIX.length), path };
  }
  const node = await stat(path).catch(() => null);
  return node?.isCharacterDevice() ? { position: name, path } : null;
}

async function readAddress(path: string) {
  const node = await stat(path).catch(() => null);
  if (!node?.isFile() || node.size > MAX_ADDRESS_BYTES) return null;
  return parseTcpAddress(await readFile(path, 'utf8').catch(() => ''));
}
