// Where a serial port sits, physically, from what the system says about it. Pure: tested from written fixtures.
// The position names controller, hub ports and interface, never a tty number or the adapter's serial number.
import type { PortSpot } from './byte-port.ts';

/** One entry of /sys/class/tty. */
export interface SysTty {
  /** Such as `ttyUSB0`. */
  readonly name: string;
  /** Resolved path of the entry's `device`; null where there is none (consoles, ptys). */
  readonly devicePath: string | null;
  /** Content of `port_number`, of adapters with many ports behind one interface; null elsewhere. */
  readonly portNumber: string | null;
}

/** `usbN/`, hub ports, `N-P.P:config.interface` as the kernel writes them. */
const USB_INTERFACE = /\/([^/]+)\/usb[0-9]+\/(?:.*\/)?[0-9]+-([0-9.]+):([0-9]+\.[0-9]+)(?:\/|$)/;

/** Ports on USB, ordered by position. Built-in UARTs and consoles are left out: nobody plugs boards into them. */
export function spotsFromSys(ttys: readonly SysTty[]): PortSpot[] {
  const spots = ttys.flatMap(({ name, devicePath, portNumber }) => {
    const match = devicePath === null ? null : USB_INTERFACE.exec(devicePath);
    if (match === null) return [];
    const [, controller, hubPorts, usbInterface] = match;
    const tail = portNumber === null || portNumber === '0' ? '' : `-${portNumber}`;
    return [{ position: `${controller}-usb-${hubPorts}:${usbInterface}${tail}`, path: `/dev/${name}` }];
  });
  return inOrder(spots);
}

/** One entry of serialport's listing on Windows and macOS, where sysfs is missing. */
export interface ListedPort {
  readonly path: string;
  readonly locationId?: string | undefined;
  readonly pnpId?: string | undefined;
  readonly vendorId?: string | undefined;
}

/** Ports on USB by their location; by path where the system does not tell, or tells the same of two. */
export function spotsFromListing(ports: readonly ListedPort[]): PortSpot[] {
  const located = ports
    .filter((port) => port.vendorId)
    .map(({ path, locationId, pnpId }) => {
      const part = /&MI_([0-9A-F]{2})/i.exec(pnpId ?? '')?.[1];
      return { path, position: locationId ? `${locationId}${part ? `:${part}` : ''}` : path };
    });
  const count = Map.groupBy(located, (spot) => spot.position);
  return inOrder(
    located.map(({ path, position }) => ({
      path,
      position: (count.get(position)?.length ?? 0) > 1 ? `${position}/${path}` : position,
    })),
  );
}

/** By position, numbers by value: `slot-2` before `slot-10`. */
export function inOrder(spots: readonly PortSpot[]): PortSpot[] {
  const order = new Intl.Collator('en', { numeric: true });
  return [...spots].sort((a, b) => order.compare(a.position, b.position));
}
