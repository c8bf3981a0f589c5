// Reads of a tty that end when it is gone. The library's own begins again when a read gives nothing (serialport/bindings-cpp
// issue 162), and of a tty that hung up every read gives nothing: an unplug while bytes come was never told, and took a core.
import { read } from 'node:fs';
import { promisify } from 'node:util';

/** What the library holds of an open port on Linux and macOS. */
interface Tty {
  readonly isOpen: boolean;
  readonly fd: number | null;
  readonly poller: { once(event: 'readable', heard: (error: Error | null) => void): unknown };
  read(buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }>;
}

const readFd = promisify(read);

/** Nothing to read now, or a signal came: the tty is there. */
const AGAIN = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR']);

/** Before the first read of a port that has just been opened. On Windows the library hears of an unplug. */
export function endWithTty(port: object | undefined): void {
  if (!isTty(port)) return;
  port.read = (buffer, offset, length) => readTty(port, buffer, offset, length);
}

function isTty(port: object | undefined): port is Tty {
  return port !== undefined && 'poller' in port && 'fd' in port && 'read' in port;
}

/** Rejects when the tty is gone; with `canceled` set, as the library's stream expects it, when it was closed here. */
async function readTty(tty: Tty, buffer: Buffer, offset: number, length: number) {
  while (tty.isOpen && tty.fd !== null) {
    try {
      const { bytesRead } = await readFd(tty.fd, buffer, offset, length, null);
      // A port is read without blocking: nothing there is EAGAIN, and no bytes are its end.
      if (bytesRead === 0 && tty.isOpen) throw new Error('the port is gone');
      if (bytesRead > 0) return { buffer, bytesRead };
    } catch (error) {
      if (!isToTryAgain(error)) throw error;
      if (tty.isOpen) await readable(tty);
    }
  }
  throw Object.assign(new Error('the port was closed'), { canceled: true });
}

function isToTryAgain(error: unknown): boolean {
  return error instanceof Error && 'code' in error && AGAIN.has(String(error.code));
}

function readable({ poller }: Tty): Promise<void> {
  return new Promise((resolve, reject) => {
    poller.once('readable', (error) => (error ? reject(error) : resolve()));
  });
}
