// A slot's port as a pty, held by one socat process that talks to this one over a UNIX socket: master and slave of a pty
// in one process can hang under load. The link outlives the station's closing and re-opening, and ends with its process.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { KeylineError } from '../domain/errors.ts';
import type { Clock } from '../domain/seams.ts';
import { type SlotPort, withinOpenTime } from './slot-port.ts';

/** Whether this machine can make ptys for us. */
export function hasSocat(): boolean {
  return process.platform === 'linux' && spawnSync('socat', ['-V'], { stdio: 'ignore' }).status === 0;
}

/** `socketPath` must be free and below 108 bytes, the limit of the system. Throws PORTS_INVALID. */
export async function openPtyPort(
  clock: Clock,
  link: string,
  socketPath: string,
  onData: (bytes: Uint8Array) => void,
): Promise<SlotPort> {
  const server = createServer();
  server.listen(socketPath);
  await once(server, 'listening');
  // -t0: it ends at once with the other end, so that a killed run's link is gone before the next run makes its own.
  const socat = spawn('socat', ['-t0', `PTY,raw,echo=0,link=${link}`, `UNIX-CONNECT:${socketPath}`], {
    stdio: 'ignore',
  });
  const exited = once(socat, 'exit');
  // Without this listener a socat that cannot start would end the process; `exited` tells all that is needed.
  const failed = new Promise<never>((_, reject) => {
    const refuse = () => reject(new KeylineError('PORTS_INVALID', `no pty at ${link}`));
    socat.once('error', refuse);
    socat.once('exit', refuse);
  });
  // socat makes the link before it connects: once it is here the port can be found.
  const connected = once(server, 'connection').then(([socket]: Socket[]) => socket);
  failed.catch(() => {});
  try {
    const socket = await withinOpenTime(clock, link, Promise.race([connected, failed]));
    if (socket === undefined) throw new KeylineError('PORTS_INVALID', `no pty at ${link}`);
    socket.on('data', onData);
    // The other end is our own process: its death is seen as `close`.
    socket.on('error', () => {});
    return {
      write: (bytes) => void (socket.writable && socket.write(bytes)),
      async close() {
        socat.kill('SIGTERM');
        await exited;
        rmSync(link, { force: true });
        socket.destroy();
        server.close();
      },
    };
  } catch (error) {
    socat.kill('SIGKILL');
    server.close();
    throw error;
  }
}
