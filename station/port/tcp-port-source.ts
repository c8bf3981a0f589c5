// Consecutive TCP ports of one host, one board each. Nobody tells when a board appears there, so every look is a try.
import type { Clock } from '../../domain/seams.ts';
import type { PortSource } from './byte-port.ts';
import { openTcp, parseTcpAddress, type TcpAddress } from './open-tcp.ts';

/** A person who plugs a board waits no longer than this for it to be seen. */
const LOOK_PERIOD_MS = 1_000;

/** `count` spots from `first.port` on. Spots are listed whether or not somebody listens there: `open` tells. */
export function tcpPortSource(clock: Clock, first: TcpAddress, count: number): PortSource {
  const spots = Array.from({ length: count }, (_, i) => {
    const host = first.host.includes(':') ? `[${first.host}]` : first.host;
    const path = `${host}:${first.port + i}`;
    return { position: `tcp://${path}`, path };
  });
  return {
    list: async () => spots,
    watch: (changed) => {
      let cancel = clock.after(LOOK_PERIOD_MS, look);
      function look(): void {
        cancel = clock.after(LOOK_PERIOD_MS, look);
        changed();
      }
      return () => cancel();
    },
    open: async (spot) => await openTcp(parseTcpAddress(spot.path) ?? first, clock),
  };
}
