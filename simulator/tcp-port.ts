// A slot's port where there are no ptys: a TCP listener on this computer and a file that names it. One client at a time,
// as with a serial port.
import { once } from 'node:events';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { assert } from '../domain/errors.ts';
import type { SlotPort } from './slot-port.ts';

/** `file` comes to hold `127.0.0.1:PORT`. */
export async function openTcpPort(file: string, onData: (bytes: Uint8Array) => void): Promise<SlotPort> {
  let client: Socket | null = null;
  const server = createServer({ noDelay: true }, (socket) => {
    if (client !== null) {
      socket.destroy();
      return;
    }
    client = socket;
    socket.on('data', onData);
    socket.on('error', () => {});
    socket.on('close', () => {
      client = null;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert(address !== null && typeof address === 'object', 'a TCP listener has an address');
  // Whoever watches the folder must never read half a name.
  writeFileSync(`${file}.new`, `127.0.0.1:${address.port}`);
  renameSync(`${file}.new`, file);
  return {
    write: (bytes) => void (client?.writable && client.write(bytes)),
    async close() {
      rmSync(file, { force: true });
      client?.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
