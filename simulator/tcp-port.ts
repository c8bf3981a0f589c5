// A slot's port where there are no ptys: a TCP listener on this computer and a file that names it. One client at a time,
// as with a serial port.
import { once } from 'node:events';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { assert } from '../domain/errors.ts';
import type { Clock } from '../domain/seams.ts';
import type { SlotPort } from './slot-port.ts';

/** A client that closes and opens again may be seen to open first; on one computer the difference is milliseconds. */
const REOPEN_MS = 100;

/** `file` comes to hold `127.0.0.1:PORT`. */
export async function openTcpPort(clock: Clock, file: string, onData: (bytes: Uint8Array) => void): Promise<SlotPort> {
  const clients = new Set<Socket>();
  let served: Socket | null = null;
  const serve = (socket: Socket) => {
    served = socket;
    socket.on('data', onData);
  };
  const server = createServer({ noDelay: true }, (socket) => {
    clients.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      clients.delete(socket);
      if (served === socket) served = null;
    });
    if (served === null) serve(socket);
    else {
      // Without a listener for its data the socket waits, and loses nothing.
      clock.after(REOPEN_MS, () => {
        if (served === null) serve(socket);
        else socket.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert(address !== null && typeof address === 'object', 'a TCP listener has an address');
  // Whoever watches the folder must never read half a name.
  writeFileSync(`${file}.new`, `127.0.0.1:${address.port}`);
  renameSync(`${file}.new`, file);
  return {
    write: (bytes) => void (served?.writable && served.write(bytes)),
    async close() {
      rmSync(file, { force: true });
      for (const client of clients) client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
