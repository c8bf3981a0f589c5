// Opens a byte channel over TCP: practice where there are no ptys, emulators, serial servers.
import { connect } from 'node:net';
import { KeylineError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/seams.ts';
import type { BytePort } from './byte-port.ts';
import { openChannel } from './channel.ts';

/** A serial server in the same building answers in milliseconds; a host that is off would take minutes. */
const CONNECT_TIMEOUT_MS = 3_000;

export interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

/** `host:port`, the host of an IPv6 address in brackets; null when it is none. */
export function parseTcpAddress(text: string): TcpAddress | null {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9.-]{1,253})):([0-9]{1,5})$/.exec(text.trim());
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  return host !== undefined && port >= 1 && port <= 65_535 ? { host, port } : null;
}

/** Throws PULLED_OUT when nobody answers there. */
export async function openTcp({ host, port }: TcpAddress, clock: Clock): Promise<BytePort> {
  const path = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  const socket = connect({ host, port, noDelay: true });
  const channel = openChannel(
    path,
    { write: (bytes, done) => void socket.write(bytes, done), close: () => void socket.destroy() },
    clock,
  );
  socket.on('data', channel.received);
  socket.on('end', () => socket.destroy());
  socket.on('close', channel.ended);
  await new Promise<void>((opened, fail) => {
    const cancel = clock.after(CONNECT_TIMEOUT_MS, () => socket.destroy(new Error('no answer')));
    socket.once('connect', () => {
      cancel();
      opened();
    });
    // Later errors come before `close`, which tells all that is to be known.
    socket.on('error', (error) => {
      cancel();
      fail(new KeylineError('PULLED_OUT', 'nobody answers there', { path }, error));
    });
  });
  return channel.port;
}
