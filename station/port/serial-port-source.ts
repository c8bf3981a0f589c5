// The computer's own serial ports. On Linux from sysfs, since asking udev for each look would cost a tenth of a core;
// elsewhere from serialport's listing. Refuses nothing: what cannot be opened says so in `open`.
import { watch } from 'node:fs';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import type { Clock } from '../../domain/seams.ts';
import type { PortSource, PortSpot } from './byte-port.ts';
import { openSerial } from './open-serial.ts';
import { type SysTty, spotsFromListing, spotsFromSys } from './usb-position.ts';

/** serialport's listing costs 65 ms of CPU a call: one look in two seconds stays under 4 % of a core. */
const LISTING_PERIOD_MS = 2_000;
/** udev sets the rights of a new node a moment after the kernel made it: look soon, and once more when that is done. */
const LOOKS_AFTER_PLUG_MS = [100, 1_000] as const;

/** All USB ports, or only the one at `only`, which then need not be on USB. */
export function serialPortSource(clock: Clock, only: string | null, platform = process.platform): PortSource {
  const linux = platform === 'linux';
  return {
    list: async () => {
      const spots = linux ? spotsFromSys(await scanSysTtys()) : spotsFromListing(await SerialPort.list());
      return only === null ? spots : await pick(only, spots, linux);
    },
    watch: (changed) => (linux ? watchDev(clock, changed) : watchListing(clock, changed)),
    open: (spot) => openSerial(spot.path, clock),
  };
}

async function pick(only: string, spots: readonly PortSpot[], linux: boolean): Promise<PortSpot[]> {
  const target = linux ? await realpath(only).catch(() => null) : only;
  if (target === null) return [];
  const listed = spots.find((spot) => spot.path === target);
  return listed ? [listed] : linux ? [{ position: only, path: only }] : [];
}

async function scanSysTtys(root = '/sys/class/tty'): Promise<SysTty[]> {
  const names = await readdir(root).catch(() => []);
  return await Promise.all(
    // Consoles are many and never on USB: their names alone say so.
    names
      .filter((name) => !/^(?:tty[0-9]*|console|ptmx)$/.test(name))
      .map(async (name) => ({
        name,
        devicePath: await realpath(join(root, name, 'device')).catch(() => null),
        portNumber: await readFile(join(root, name, 'device', 'port_number'), 'utf8').then(
          (text) => text.trim(),
          () => null,
        ),
      })),
  );
}

function watchDev(clock: Clock, changed: () => void): () => void {
  const looks = new Set<() => void>();
  const watcher = watch('/dev', (event, name) => {
    // `change` also comes for every write to every tty; only a node that appears or goes is told as `rename`.
    if (event !== 'rename' || !name?.startsWith('tty')) return;
    for (const cancel of looks) cancel();
    looks.clear();
    for (const delayMs of LOOKS_AFTER_PLUG_MS) looks.add(clock.after(delayMs, changed));
  });
  return () => {
    for (const cancel of looks) cancel();
    watcher.close();
  };
}

function watchListing(clock: Clock, changed: () => void): () => void {
  let cancel = clock.after(LISTING_PERIOD_MS, look);
  function look(): void {
    cancel = clock.after(LISTING_PERIOD_MS, look);
    changed();
  }
  return () => cancel();
}
